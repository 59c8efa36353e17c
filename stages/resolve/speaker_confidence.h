// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "stages/quotes/quotes.h"
#include "stages/resolve/mention_list.h"

namespace copydesk::resolve {

/// What says who a candidate is.
enum class Evidence : std::uint8_t {
  kNobody,       ///< nothing: somebody new who has no name
  kFullName,     ///< a name of two words or more
  kShortName,    ///< a surname, an acronym
  kApposition,   ///< "the mayor, Una Dell,"
  kSameSpeaker,  ///< "she added", "I": the one who speaks already
  kDescription,  ///< "the Norish minister", whom the article called so before
  kRelative,     ///< "who"
  kLikely,       ///< the model's choice, at least kSure
  kPossible,     ///< the model's choice, at least half sure
  kGuess,        ///< the model's choice, at least a third sure
  kUnsure,       ///< the model's choice, less sure than that
};

/// From this share of the model's choice among all options on, it counts as kLikely.
inline constexpr float kSureChoice = 0.75F;
/// The same for kPossible.
inline constexpr float kHalfSureChoice = 0.5F;
/// The same for kGuess.
inline constexpr float kThirdSureChoice = 0.35F;

/// Below this, a quote's speaker is left without a name.
inline constexpr float kLeastConfidence = 0.5F;

/// How often a speaker that was found by `evidence` is the right one, by name or, for kNobody, without one; 0 to 1:
/// shares counted on half of the articles of PolNeAR dev by tools/resolve/speaker_reliability.py, which prints the
/// table of docs/who-is-who.md for the other half.
[[nodiscard]] float confidence_of(Evidence evidence, quotes::QuoteType type) noexcept;

}  // namespace copydesk::resolve
