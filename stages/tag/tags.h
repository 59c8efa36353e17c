#pragma once
#include <cstdint>
#include <span>

namespace copydesk {

/// Part of speech in the Penn Treebank's tag set, as the tagger predicts it.
enum class Tag : std::uint8_t {
  kCC, kCD, kDT, kEX, kFW, kIN, kJJ, kJJR, kJJS, kLS, kMD, kNN, kNNS, kNNP, kNNPS, kPDT, kPOS, kPRP, kPRPS, kRB, kRBR,
  kRBS, kRP, kSYM, kTO, kUH, kVB, kVBD, kVBG, kVBN, kVBP, kVBZ, kWDT, kWP, kWPS, kWRB, kPunct,
};

/// The layer made by `tag`: one part of speech per token. Empty where the analysis is not full.
struct Tags {
  std::span<const Tag> of;
};

}  // namespace copydesk
