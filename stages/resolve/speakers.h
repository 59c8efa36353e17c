// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "stages/resolve/mention_context.h"
#include "stages/resolve/mention_list.h"

namespace copydesk::resolve {

/// The candidate that is the head of a quote's source, or kNone: "Mara Holt" in "Mara Holt, a baker from Lund",
/// "spokesman" in "Holt's spokesman", "he". A thing that comes from someone speaks for them: "the Norland Gazette" in
/// "a report in the Norland Gazette". `candidates` are in text order, `contexts` theirs.
[[nodiscard]] std::uint32_t find_source(const View& view, const std::vector<Candidate>& candidates,
                                        const std::vector<MentionContext>& contexts, const quotes::Quote& quote);

/// A noun that neither people nor organisations are called by: "report".
[[nodiscard]] bool is_thing(NounClass noun) noexcept;

}  // namespace copydesk::resolve
