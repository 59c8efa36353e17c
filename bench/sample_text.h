// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>

namespace copydesk::bench {

/// English news prose about invented people and places, of at least `bytes` bytes: sentences of some length put
/// together at random (always the same), in paragraphs, with quotations, numbers, abbreviations and typographic marks.
[[nodiscard]] std::string news_prose(std::size_t bytes);

}  // namespace copydesk::bench
