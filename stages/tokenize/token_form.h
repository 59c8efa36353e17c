// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

namespace copydesk::tokenize {

/// What a token's bytes alone tell: its hash, and the flags of TokenFlag but for those of its surroundings
/// (quotation marks, blanks, sentences, paragraphs, clitics).
struct TokenForm {
  std::uint64_t lower_hash = 0;
  std::uint16_t flags = 0;
};

/// The form of the token text[begin, end), which is not empty. `text` is valid UTF-8.
[[nodiscard]] TokenForm token_form(std::string_view text, std::uint32_t begin, std::uint32_t end) noexcept;

/// The same for a word by itself, as tools that train on tokenised corpora need it.
[[nodiscard]] inline TokenForm token_form(std::string_view word) noexcept {
  return token_form(word, 0, static_cast<std::uint32_t>(word.size()));
}

}  // namespace copydesk::tokenize
