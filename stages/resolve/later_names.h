#pragma once
#include <cstdint>
#include <vector>

#include "stages/resolve/mention_context.h"
#include "stages/resolve/mention_list.h"
#include "stages/resolve/name_groups.h"
#include "stages/resolve/speaker_confidence.h"

namespace copydesk::who {

/// The name of the author of a column, or kNone: a person whom its last lines open with ("Una Dell is a baker in Oss.")
/// and nothing before names. Who says "I" outside quotes is its author.
[[nodiscard]] std::uint32_t find_author(const View& view, const std::vector<Candidate>& candidates,
                                        const NameGroups& names);

/// Who speaks before being named: a story opens with "a Norish judge said", and the first new person whose words it
/// reports then is that judge. Moves such unnamed referents of `referent_of` (per candidate) to the group of the name,
/// and says so in `evidence`. `sources`: per quote, a candidate or kNone. Every source looks at a bounded number of
/// candidates.
void find_later_names(const View& view, const std::vector<Candidate>& candidates,
                      const std::vector<MentionContext>& contexts, const NameGroups& names,
                      const std::vector<std::uint32_t>& sources, std::vector<std::uint32_t>& referent_of,
                      std::vector<Evidence>& evidence);

}  // namespace copydesk::who
