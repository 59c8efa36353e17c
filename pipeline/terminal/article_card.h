// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "pipeline/terminal/enriched_record.h"

namespace copydesk::terminal {

struct CardStyle {
  bool colours = false;    ///< ANSI colours, for terminals
  std::size_t width = 96;  ///< columns, at least 40
  std::size_t quotes = 8;  ///< the most that are shown; what is left out is counted
};

/// An enriched record as people like to read it: the headline, what to beware of (recalled, embargoed, an older
/// version, a repeat), who and what it is about, and who said what. Nothing of the record reaches the terminal but as
/// text (printable.h).
[[nodiscard]] std::string article_card(const EnrichedRecord& record, const CardStyle& style);

/// Each quote on lines of its own: who, then what. For `copydesk tap --quotes`.
[[nodiscard]] std::string quote_lines(const EnrichedRecord& record, const CardStyle& style);

/// How much there is to see on such a card: more named speakers, more of their direct quotes, none left
/// out for lack of room. 0 where nobody is quoted by name, and for what is under an embargo.
[[nodiscard]] std::size_t card_interest(const EnrichedRecord& record);

}  // namespace copydesk::terminal
