// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "stages/resolve/mention_context.h"
#include "stages/resolve/mention_list.h"
#include "stages/resolve/name_groups.h"

namespace copydesk::resolve {

/// The name of the author of a column, or kNone: a person whom its last lines open with ("Una Dell is a baker in Oss.")
/// and nothing before names. Who says "I" outside quotes is its author.
[[nodiscard]] std::uint32_t find_author(const View& view, const std::vector<Candidate>& candidates,
                                        const NameGroups& names);

/// The name of one who speaks before being named, or kNone: a story opens with "a Norish judge said", and the first new
/// person whose words it reports then is that judge; anywhere, so is the "Judge Una Dell" who is new soon after.
/// `index`: the source; `source_of`: per candidate, the quote that it is the source of, or kNone. Looks at a bounded
/// number of candidates.
[[nodiscard]] std::uint32_t find_later_name(const View& view, const std::vector<Candidate>& candidates,
                                            const std::vector<MentionContext>& contexts, const NameGroups& names,
                                            const std::vector<std::uint32_t>& source_of, std::uint32_t index);

}  // namespace copydesk::resolve
