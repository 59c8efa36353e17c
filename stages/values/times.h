// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "stages/values/found.h"

namespace copydesk::values {

/// A time of day that begins at `i`: "10 a.m. EST", "18:00 GMT", "1800 GMT", "noon", "midnight", "5 o'clock",
/// "the night", "early morning". Durations of hours are `read_duration`'s.
[[nodiscard]] Found read_time(const Words& words, const Published& published, std::uint32_t i);

}  // namespace copydesk::values
