// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stages/result.h"

namespace copydesk::terminal {

/// What people look at in a record of the output topic (docs/record.md). The texts are as the record has them, so not
/// fit for a terminal as they are.
struct EnrichedRecord {
  struct Entity {
    std::string type{};
    std::string name{};
    std::string role{};
    std::vector<std::string> aliases{};
    std::uint64_t mentions = 0;
    bool unnamed = false;  ///< "officials": a source without a name
  };
  struct Quote {
    std::string type{};  ///< "direct", "indirect", "mixed"
    std::string text{};
    std::string speaker{};       ///< the name, else the words of the text; empty: not said who
    bool speaker_named = false;  ///< by a name that the article has for it
  };
  std::string id;
  std::string version;
  std::string status;  ///< "usable", "withheld", "canceled"
  std::string headline;
  std::string text{};
  std::string published;
  std::string embargoed;
  std::string duplicate_of;
  bool superseded = false;
  std::vector<Entity> entities;
  std::vector<Quote> quotes;

  [[nodiscard]] bool recalled() const { return status == "withheld" || status == "canceled"; }
  /// Also where the stated end of the embargo is no time.
  [[nodiscard]] bool under_embargo() const;
};

/// Reads a record. An error where it is no JSON object with the schema `copydesk/enriched-article/1`, so also for the
/// ninjs objects of `output.format: ninjs`.
[[nodiscard]] Result<EnrichedRecord> read_enriched(std::string_view record);

}  // namespace copydesk::terminal
