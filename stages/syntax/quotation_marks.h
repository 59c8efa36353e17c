// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "stages/span.h"
#include "stages/tokenize/tokens.h"

namespace copydesk::syntax {

/// Text between quotation marks, within one paragraph.
struct Region {
  TokenRange tokens;          ///< with its marks
  bool closed = false;        ///< a closing mark stands at its end; else it runs to the end of the paragraph
  bool continued = false;     ///< its paragraph ends inside the quotation and the next one opens with a mark again
  bool continuation = false;  ///< the paragraph before it was `continued`
  bool single = false;        ///< marked by single quotation marks
};

/// Finds the outermost quotations: curly, straight and German double marks, `''` and ``` `` ```, guillemets, and single
/// marks that are no apostrophes. Regions are in order and do not overlap. A mark that nothing closes ends with its
/// paragraph; a mark after a digit (inches, seconds) opens nothing. Linear in the number of tokens.
class QuotationMarks {
 public:
  void find(const tokenize::Tokens& tokens, std::string_view text, std::vector<Region>& regions);

 private:
  enum class Mark : std::uint8_t { kNone, kOpen, kClose, kEither, kSingleOpen, kSingleClose, kSingleEither };

  static Mark mark_at(const tokenize::Tokens& tokens, std::string_view text, std::uint32_t token);
  void paragraph(const tokenize::Tokens& tokens, std::string_view text, TokenRange range, std::vector<Region>& regions);
  static std::uint32_t closing_single(const tokenize::Tokens& tokens, std::string_view text, std::uint32_t open,
                                      std::uint32_t end);
};

}  // namespace copydesk::syntax
