// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "stages/tag/tags.h"

namespace copydesk::training {

/// One word of a tagged corpus. `tag` is kUnknownTag where the corpus has none that the tagger knows.
struct TaggedWord {
  std::string text;
  std::uint8_t tag = 0;
};
inline constexpr std::uint8_t kUnknownTag = 0xFF;
using TaggedSentence = std::vector<TaggedWord>;

/// The tagger's tag for a tag of the Penn Treebank and its extensions (HYPH, NFP, ADD …); kUnknownTag for others.
[[nodiscard]] std::uint8_t tag_of(std::string_view name);

/// Sentences of a CoNLL-U file (gzip or plain), by its column XPOS. Throws std::runtime_error where it cannot be read.
[[nodiscard]] std::vector<TaggedSentence> read_conllu(const std::filesystem::path& path);

/// Sentences of a file of "word TAB tag …" lines (gzip or plain), articles beginning with -DOCSTART-: every
/// `stride`-th article. "to" becomes IN where no verb follows, as GUM has it.
[[nodiscard]] std::vector<TaggedSentence> read_columns(const std::filesystem::path& path, std::size_t stride);

}  // namespace copydesk::training
