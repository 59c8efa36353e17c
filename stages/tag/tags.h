// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace copydesk::tag {

// clang-format off
/// Part of speech in the Penn Treebank's tag set, as the tagger predicts it.
enum class Tag : std::uint8_t {
  kCC, kCD, kDT, kEX, kFW, kIN, kJJ, kJJR, kJJS, kLS, kMD, kNN, kNNS, kNNP, kNNPS, kPDT, kPOS, kPRP, kPRPS, kRB, kRBR,
  kRBS, kRP, kSYM, kTO, kUH, kVB, kVBD, kVBG, kVBN, kVBP, kVBZ, kWDT, kWP, kWPS, kWRB, kPunct,
};

inline constexpr std::array<std::string_view, 37> kTagNames{
    "CC", "CD", "DT", "EX", "FW", "IN", "JJ", "JJR", "JJS", "LS", "MD", "NN", "NNS", "NNP", "NNPS", "PDT", "POS", "PRP",
    "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$",
    "WRB", "PUNCT"};
// clang-format on

[[nodiscard]] constexpr std::string_view name_of(Tag tag) noexcept {
  return kTagNames[static_cast<std::size_t>(tag)];
}

[[nodiscard]] constexpr bool is_noun(Tag tag) noexcept {
  return tag == Tag::kNN || tag == Tag::kNNS || tag == Tag::kNNP || tag == Tag::kNNPS;
}

/// The layer made by `tag`: one part of speech per token. Empty where the analysis is not full.
struct Tags {
  std::span<const Tag> of;
};

}  // namespace copydesk::tag
