// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <set>
#include <string>
#include <string_view>

#include "pipeline/terminal/enriched_record.h"

namespace copydesk::terminal {

/// Which records `copydesk tap` shows. Everything that is given must hold. Names and texts are found anywhere in what
/// they are looked for in, whether written large or small (Unicode's simple case mapping).
struct RecordFilter {
  std::string id{};                     ///< the article's, exactly
  std::string person{};                 ///< in the name, or another form of the name, of a person
  std::string about{};                  ///< likewise, of anybody or anything
  std::string search{};                 ///< in headline or text
  std::set<std::string> types{};        ///< it has an entity of one of these types ("PERSON", "ORG", …)
  std::string speaker{};                ///< these three, of one and the same quote: in who says it,
  std::string said{};                   ///< in what is said,
  std::set<std::string> quote_types{};  ///< and its type is one of these ("direct", "indirect", "mixed")
  bool quoted = false;                  ///< it has such a quote, whatever the three are

  [[nodiscard]] bool matches(const EnrichedRecord& record) const;
  /// Of one quote: `speaker`, `said` and `quote_types` hold.
  [[nodiscard]] bool matches(const EnrichedRecord::Quote& quote) const;
  /// Without any wish: even what is no record of ours is shown.
  [[nodiscard]] bool takes_all() const;

 private:
  [[nodiscard]] bool asks_for_quotes() const {
    return quoted || !speaker.empty() || !said.empty() || !quote_types.empty();
  }
};

/// True where `text` has `part` in it, whatever the case of letters.
[[nodiscard]] bool contains_ignoring_case(std::string_view text, std::string_view part);

}  // namespace copydesk::terminal
