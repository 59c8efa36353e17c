// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

#include "stages/encode/digest.h"

namespace copydesk::story {

/// Which of two versions of one story is the newer: by their numbers where both are whole numbers, of any length; else
/// by the times at which they were made, where both say it and they differ; else by their text, where both have one.
/// `unordered` where nothing of this tells.
struct Version {
  std::string_view text;                ///< as the article states it; empty where it states none
  std::optional<std::int64_t> made_at;  ///< Unix time in seconds

  friend std::partial_ordering operator<=>(const Version& a, const Version& b) noexcept;
};

/// Valid as long as the facts.
[[nodiscard]] inline Version version_of(const encode::StoryFacts& facts) noexcept {
  return {facts.version, facts.made_at};
}

}  // namespace copydesk::story
