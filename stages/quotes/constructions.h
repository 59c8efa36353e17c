// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "stages/quotes/candidate.h"

namespace copydesk::quotes {

/// A way in which English says that something was said: the rule that finds it and the frame of its cue, with a
/// sentence in which it is found. In `example`, the content stands in [brackets]; tests/quotes/constructions_test.cpp
/// runs each.
struct Construction {
  Rule rule;
  std::uint32_t frame;
  std::string_view name;
  std::string_view example;
};

/// All constructions, one for each rule and frame.
[[nodiscard]] std::span<const Construction> constructions();

/// The row of a rule and a frame; the first where there is none.
[[nodiscard]] const Construction& construction_of(Rule rule, std::uint32_t frame);

}  // namespace copydesk::quotes
