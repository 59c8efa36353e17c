// SPDX-License-Identifier: Apache-2.0
#include "stages/quotes/confidence.h"

#include <algorithm>
#include <array>

namespace copydesk::quotes {
namespace {

struct Share {
  Rule rule;
  bool speech;  ///< the cue is a verb of speech
  float right;
};

constexpr std::array kShares{
    Share{Rule::kQuotedThenCue, true, 0.98F}, Share{Rule::kQuotedThenCue, false, 0.87F},
    Share{Rule::kCueThenQuoted, true, 0.93F}, Share{Rule::kCueThenQuoted, false, 0.84F},
    Share{Rule::kTranscript, false, 0.80F},   Share{Rule::kBlock, false, 0.50F},
    Share{Rule::kAccordingTo, false, 0.84F},  Share{Rule::kQuotedAlone, false, 0.52F},
    Share{Rule::kParenthetical, true, 0.88F}, Share{Rule::kParenthetical, false, 0.64F},
};

/// Upper ends of the classes of a cue's rate, in percent, and of the content's length, in tokens.
constexpr std::array<std::uint32_t, 5> kRates{50, 65, 80, 90, 101};
constexpr std::array<std::uint32_t, 4> kLengths{4, 8, 15, 0xFFFFFFFF};

/// Of what a cue reports: the share that is right, by rate and length.
constexpr std::array<std::array<float, kLengths.size()>, kRates.size()> kReported{{
    {0.48F, 0.45F, 0.50F, 0.64F},
    {0.54F, 0.55F, 0.67F, 0.67F},
    {0.59F, 0.73F, 0.79F, 0.78F},
    {0.74F, 0.79F, 0.89F, 0.91F},
    {0.83F, 0.84F, 0.91F, 0.93F},
}};

template <std::size_t size>
std::size_t class_of(std::uint32_t value, const std::array<std::uint32_t, size>& ends) {
  return static_cast<std::size_t>(std::upper_bound(ends.begin(), ends.end() - 1, value) - ends.begin());
}

}  // namespace

float confidence_of(const Candidates& candidates, const Candidate& candidate, const syntax::Cue& cue) {
  if (candidate.rule == Rule::kComplement || candidate.rule == Rule::kNounCue) {
    std::uint32_t size = 0;
    for (std::uint32_t i = 0; i < candidate.span_count; ++i) {
      size += candidates.spans[candidate.first_span + i].size();
    }
    return kReported[class_of(cue.rate(candidate.frame), kRates)][class_of(size, kLengths)];
  }
  for (const Share& share : kShares) {
    if (share.rule == candidate.rule && share.speech == cue.speech) return share.right;
  }
  for (const Share& share : kShares) {
    if (share.rule == candidate.rule) return share.right;
  }
  return 0.5F;
}

}  // namespace copydesk::quotes
