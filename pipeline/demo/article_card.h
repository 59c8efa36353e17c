#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace copydesk {

struct CardStyle {
  bool colours = false;    ///< ANSI colours, for terminals
  std::size_t width = 96;  ///< columns, at least 40
};

/// An enriched record as people like to read it: the headline, who and what it is about, and who said what. Empty
/// where `record` is none.
[[nodiscard]] std::string article_card(std::string_view record, const CardStyle& style);

/// How much there is to see on such a card: more named speakers, more of their direct quotes, none left
/// out for lack of room. 0 where nobody is quoted by name.
[[nodiscard]] std::size_t card_interest(std::string_view record);

}  // namespace copydesk
