// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "stages/resolve/discourse.h"

namespace copydesk::resolve {

/// Everything that the choice of an antecedent may look at.
struct Scene {
  const View& view;
  const std::vector<Candidate>& candidates;
  const std::vector<MentionContext>& contexts;
  const Discourse& discourse;
  const std::vector<std::uint32_t>& speakers;   ///< per quote: the referent known to speak, or kNone
  const std::vector<std::uint32_t>& source_of;  ///< per candidate: the quote that it is the source of, or kNone
  const std::uint32_t& last_speaker;            ///< of the latest quote whose source was read
};

/// One possible answer to "whom does this refer to?".
struct Option {
  std::uint32_t referent = kNone;  ///< kNone = nobody spoken of so far
  std::uint32_t rank = 0;          ///< in its list
  std::uint32_t agreeing = 0;      ///< how many later ones agree in gender and number
  std::uint32_t surer = 0;         ///< how many of them are surely of the pronoun's gender, where this one may be
  std::uint32_t busier = 0;        ///< how many of them were spoken of more often
  std::uint32_t ahead = kNone;     ///< candidate: the name right after the clause ("In her letter, Una Dell wrote")
};

/// An answer: its position among the options, and its share of what the model gives all of them, 0 to 1.
struct Choice {
  std::size_t option = 0;
  float share = 1;
};

/// Size of the table of weights; features are hashed into it.
inline constexpr std::uint32_t kWeights = 1U << 16;

/// Whether a candidate is to be linked at all: pronouns, and noun phrases that people, organisations and places are
/// called by.
[[nodiscard]] bool is_anaphor(const Candidate& candidate, const MentionContext& context);

/// False where gender, number or kind plainly disagree.
[[nodiscard]] bool agrees(const Candidate& candidate, const MentionContext& context, const Referent& referent);

/// Whether the referent is surely a man or woman, as the pronoun says, by title, role or first name.
[[nodiscard]] bool agrees_surely(const Candidate& candidate, const Referent& referent);

/// Appends the features of answering `option` for candidate `index`: indices below kWeights.
void antecedent_features(const Scene& scene, std::uint32_t index, const Option& option,
                         std::vector<std::uint32_t>& features);

}  // namespace copydesk::resolve
