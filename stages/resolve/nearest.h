#pragma once
#include <vector>

#include "stages/resolve/mention_list.h"
#include "stages/resolve/name_groups.h"

namespace copydesk::who {

/// Gives each third-person pronoun the group it most likely stands for, or leaves kNone: the person spoken of last who
/// agrees in gender, subjects of sentences first. Looks back a bounded number of names.
void link_pronouns(const View& view, const std::vector<Candidate>& candidates, std::vector<NameGroup>& groups,
                   std::vector<std::uint32_t>& group_of);

}  // namespace copydesk::who
