// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "stages/arena.h"
#include "stages/entities/desk_names.h"
#include "stages/quotes/quotes.h"
#include "stages/resolve/mention_list.h"
#include "stages/resolve/name_groups.h"
#include "stages/resolve/place_links.h"
#include "stages/resolve/resolution.h"

namespace copydesk::resolve {

/// The output layer from groups of candidates: entities in order of first mention with their names, roles and counts,
/// the mentions of those that have a name or speak, and each quote's speaker. Everything lives in `arena`.
class EntityList {
 public:
  /// `group_of`: per candidate, kNone = refers to nothing known. `speaker_of`: per quote, a candidate or kNone;
  /// `speaker_confidence`: below kLeastConfidence, it is nobody.
  [[nodiscard]] Resolution build(const View& view, const std::vector<Candidate>& candidates,
                                 const std::vector<NameGroup>& groups, const std::vector<std::uint32_t>& group_of,
                                 const std::vector<std::uint32_t>& speaker_of,
                                 const std::vector<float>& speaker_confidence, const PlaceTable& places,
                                 const entities::DeskNames* desk, Arena& arena);

 private:
  std::vector<std::uint32_t> entity_of_group_;
  std::vector<std::uint8_t> speaks_;
  std::vector<std::uint32_t> described_;  ///< per group: its first noun phrase
  std::vector<std::uint8_t> is_source_;
  std::vector<Entity> entities_;
  std::vector<Mention> mentions_;
  std::vector<std::uint32_t> groups_in_order_;
  std::vector<std::uint32_t> speakers_;
  std::vector<std::uint32_t> next_;
  std::vector<std::uint32_t> first_of_group_;
  std::vector<std::string_view> aliases_;
  std::vector<std::string_view> contexts_;
  PlaceLinks links_;
};

/// What the article calls the person named by `candidate`: "Irish foreign minister" in "the Irish foreign minister
/// Una Dell" or in "Una Dell, the Irish foreign minister,". Empty where it says nothing.
[[nodiscard]] std::string_view role_of(const View& view, const Candidate& candidate);

}  // namespace copydesk::resolve
