#include "stages/quotes/confidence.h"

#include <array>

namespace copydesk::quotes {
namespace {

struct Share {
  Rule rule;
  std::uint32_t frame;
  bool speech;
  bool half;  ///< the cue reports in this frame only now and then
  float right;
};

struct RuleShare {
  Rule rule;
  float right;
};

/// Classes that were met at least 40 times.
constexpr std::array kShares{
    Share{Rule::kQuotedThenCue, kQuoted, true, false, 0.98F},
    Share{Rule::kQuotedThenCue, kQuoted, false, false, 0.86F},
    Share{Rule::kCueThenQuoted, kQuoted, true, false, 0.93F},
    Share{Rule::kCueThenQuoted, kQuoted, false, false, 0.84F},
    Share{Rule::kTranscript, kParenthetical, false, false, 0.74F},
    Share{Rule::kAccordingTo, kParenthetical, false, false, 0.84F},
    Share{Rule::kQuotedAlone, kQuoted, false, false, 0.53F},
    Share{Rule::kParenthetical, kParenthetical, true, false, 0.88F},
    Share{Rule::kParenthetical, kParenthetical, false, false, 0.63F},
    Share{Rule::kComplement, kBareClause, true, false, 0.87F},
    Share{Rule::kComplement, kThatClause, true, false, 0.91F},
    Share{Rule::kComplement, kObject, true, false, 0.67F},
    Share{Rule::kComplement, kThatClause, false, false, 0.82F},
    Share{Rule::kComplement, kBareClause, false, false, 0.78F},
    Share{Rule::kComplement, kObject, false, true, 0.65F},
    Share{Rule::kComplement, kRaising, false, false, 0.55F},
    Share{Rule::kComplement, kInfinitive, false, false, 0.72F},
    Share{Rule::kComplement, kToldClause, true, false, 0.91F},
    Share{Rule::kComplement, kInfinitive, false, true, 0.64F},
    Share{Rule::kComplement, kObjectOf, true, false, 0.77F},
    Share{Rule::kComplement, kCalled, true, false, 0.80F},
    Share{Rule::kComplement, kObject, false, false, 0.72F},
    Share{Rule::kComplement, kWhClause, true, false, 0.82F},
    Share{Rule::kComplement, kObjectInfinitive, false, true, 0.48F},
    Share{Rule::kComplement, kObjectAs, false, false, 0.76F},
    Share{Rule::kComplement, kObjectInfinitive, true, false, 0.82F},
    Share{Rule::kComplement, kObjectOf, false, true, 0.44F},
    Share{Rule::kComplement, kObjectOf, false, false, 0.77F},
    Share{Rule::kComplement, kObjectInfinitive, false, false, 0.77F},
    Share{Rule::kComplement, kAbout, false, false, 0.77F},
    Share{Rule::kComplement, kInfinitive, true, false, 0.82F},
    Share{Rule::kComplement, kWhClause, false, false, 0.70F},
    Share{Rule::kComplement, kObjectFor, false, false, 0.85F},
    Share{Rule::kComplement, kTo, false, false, 0.67F},
    Share{Rule::kComplement, kObjectAs, true, false, 0.87F},
    Share{Rule::kComplement, kFor, true, false, 0.80F},
    Share{Rule::kComplement, kObjectFor, true, false, 0.83F},
    Share{Rule::kComplement, kPassiveInfinitive, false, false, 0.82F},
    Share{Rule::kComplement, kOn, true, false, 0.84F},
    Share{Rule::kComplement, kToldClause, false, false, 0.77F},
    Share{Rule::kComplement, kQuoted, true, false, 0.78F},
    Share{Rule::kComplement, kAbout, true, false, 0.58F},
    Share{Rule::kComplement, kObjectFor, false, true, 0.59F},
    Share{Rule::kComplement, kWhClause, false, true, 0.57F},
    Share{Rule::kNounCue, kThatClause, false, false, 0.71F},
    Share{Rule::kNounCue, kInfinitive, false, false, 0.63F},
    Share{Rule::kNounCue, kInfinitive, false, true, 0.65F},
    Share{Rule::kNounCue, kAbout, false, true, 0.70F},
    Share{Rule::kNounCue, kAbout, false, false, 0.83F},
    Share{Rule::kNounCue, kFor, false, false, 0.74F},
    Share{Rule::kNounCue, kOf, false, true, 0.73F},
};

/// For the other classes of a rule.
constexpr std::array kRuleShares{
    RuleShare{Rule::kQuotedThenCue, 0.97F}, RuleShare{Rule::kCueThenQuoted, 0.91F},
    RuleShare{Rule::kTranscript, 0.79F},    RuleShare{Rule::kAccordingTo, 0.84F},
    RuleShare{Rule::kQuotedAlone, 0.53F},   RuleShare{Rule::kParenthetical, 0.85F},
    RuleShare{Rule::kComplement, 0.79F},    RuleShare{Rule::kNounCue, 0.72F},
};

}  // namespace

float confidence_of(const Candidate& candidate, const Cue& cue) {
  const bool speech = cue.speech && candidate.rule != Rule::kNounCue;
  const bool half = ((cue.half | cue.seldom) & candidate.frame) != 0;
  for (const Share& share : kShares) {
    if (share.rule == candidate.rule && share.frame == candidate.frame && share.speech == speech &&
        share.half == half) {
      return share.right;
    }
  }
  for (const RuleShare& share : kRuleShares) {
    if (share.rule == candidate.rule) return share.right;
  }
  return 0.5F;
}

}  // namespace copydesk::quotes
