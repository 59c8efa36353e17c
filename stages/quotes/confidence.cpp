#include "stages/quotes/confidence.h"

#include <array>

namespace copydesk::quotes {
namespace {

struct Share {
  Rule rule;
  std::uint32_t frame;
  bool speech;
  float right;
};

struct RuleShare {
  Rule rule;
  float right;
};

/// Classes that were met at least 40 times.
constexpr std::array kShares{
    Share{Rule::kQuotedThenCue, kQuoted, true, 0.98F},
    Share{Rule::kQuotedThenCue, kQuoted, false, 0.85F},
    Share{Rule::kCueThenQuoted, kQuoted, true, 0.92F},
    Share{Rule::kCueThenQuoted, kQuoted, false, 0.83F},
    Share{Rule::kTranscript, kParenthetical, false, 0.52F},
    Share{Rule::kAccordingTo, kParenthetical, false, 0.84F},
    Share{Rule::kQuotedAlone, kQuoted, false, 0.54F},
    Share{Rule::kParenthetical, kParenthetical, true, 0.87F},
    Share{Rule::kParenthetical, kParenthetical, false, 0.69F},
    Share{Rule::kComplement, kBareClause, true, 0.87F},
    Share{Rule::kComplement, kThatClause, true, 0.91F},
    Share{Rule::kComplement, kObject, false, 0.56F},
    Share{Rule::kComplement, kObject, true, 0.60F},
    Share{Rule::kComplement, kInfinitive, false, 0.65F},
    Share{Rule::kComplement, kThatClause, false, 0.86F},
    Share{Rule::kComplement, kBareClause, false, 0.73F},
    Share{Rule::kComplement, kToldClause, true, 0.87F},
    Share{Rule::kComplement, kRaising, false, 0.56F},
    Share{Rule::kComplement, kToldClause, false, 0.65F},
    Share{Rule::kComplement, kObjectInfinitive, false, 0.61F},
    Share{Rule::kComplement, kObjectOf, true, 0.83F},
    Share{Rule::kComplement, kWhClause, true, 0.79F},
    Share{Rule::kComplement, kWhClause, false, 0.73F},
    Share{Rule::kComplement, kCalled, true, 0.79F},
    Share{Rule::kComplement, kObjectOf, false, 0.68F},
    Share{Rule::kComplement, kObjectAs, false, 0.68F},
    Share{Rule::kComplement, kObjectFor, false, 0.76F},
    Share{Rule::kComplement, kAbout, false, 0.69F},
    Share{Rule::kComplement, kInfinitive, true, 0.79F},
    Share{Rule::kComplement, kObjectInfinitive, true, 0.83F},
    Share{Rule::kComplement, kFor, true, 0.78F},
    Share{Rule::kComplement, kPassiveInfinitive, false, 0.74F},
    Share{Rule::kComplement, kFor, false, 0.56F},
    Share{Rule::kComplement, kObjectAs, true, 0.89F},
    Share{Rule::kComplement, kObjectFor, true, 0.88F},
    Share{Rule::kComplement, kOn, true, 0.73F},
    Share{Rule::kComplement, kAbout, true, 0.58F},
    Share{Rule::kComplement, kCalled, false, 0.60F},
    Share{Rule::kComplement, kTo, false, 0.70F},
    Share{Rule::kComplement, kGerund, true, 0.56F},
    Share{Rule::kComplement, kQuoted, true, 0.80F},
    Share{Rule::kNounCue, kInfinitive, false, 0.63F},
    Share{Rule::kNounCue, kAbout, false, 0.61F},
    Share{Rule::kNounCue, kThatClause, false, 0.74F},
    Share{Rule::kNounCue, kFor, false, 0.54F},
    Share{Rule::kNounCue, kOf, false, 0.63F},
    Share{Rule::kNounCue, kTo, false, 0.51F},
};

/// For the other classes of a rule.
constexpr std::array kRuleShares{
    RuleShare{Rule::kComplement, 0.76F},    RuleShare{Rule::kParenthetical, 0.85F},
    RuleShare{Rule::kCueThenQuoted, 0.91F}, RuleShare{Rule::kQuotedAlone, 0.54F},
    RuleShare{Rule::kAccordingTo, 0.84F},   RuleShare{Rule::kNounCue, 0.63F},
    RuleShare{Rule::kTranscript, 0.59F},    RuleShare{Rule::kQuotedThenCue, 0.97F},
};

}  // namespace

float confidence_of(const Candidate& candidate, const Cue& cue) {
  const bool speech = cue.speech && candidate.rule != Rule::kNounCue;
  for (const Share& share : kShares) {
    if (share.rule == candidate.rule && share.frame == candidate.frame && share.speech == speech) return share.right;
  }
  for (const RuleShare& share : kRuleShares) {
    if (share.rule == candidate.rule) return share.right;
  }
  return 0.5F;
}

}  // namespace copydesk::quotes
