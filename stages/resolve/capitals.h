// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "stages/resolve/mention_list.h"
#include "stages/resolve/name_groups.h"
#include "stages/resolve/places.h"

namespace copydesk::resolve {

/// "The Norwegian capital", "Norway's capital" and "the capital of Norway" are Oslo where the article names Oslo,
/// before or after. Writes the groups of such phrases into `group_of`, one entry per candidate, which holds those of
/// names. Linear.
void find_capitals(const View& view, const std::vector<Candidate>& candidates, const PlaceTable& places,
                   const std::vector<NameGroup>& groups, std::vector<std::uint32_t>& group_of);

}  // namespace copydesk::resolve
