// SPDX-License-Identifier: Apache-2.0
// Any text through tokenize and tag. Bytes that are not UTF-8 become '?', as the parser lets none through.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "stages/tag/tag_stage.h"
#include "tests/tokenize/token_rules.h"
#include "tests/tokenize/tokenized.h"

namespace {

/// Bytes of the well-formed character at `i` (Unicode 15, table 3-7), or 0.
std::size_t character_size(const std::string& text, std::size_t i) {
  const auto byte = [&](std::size_t k) { return k < text.size() ? static_cast<unsigned char>(text[k]) : 0U; };
  const unsigned lead = byte(i);
  if (lead < 0x80) return 1;
  const std::size_t size = lead >= 0xC2 && lead < 0xE0   ? 2
                           : lead >= 0xE0 && lead < 0xF0 ? 3
                           : lead >= 0xF0 && lead < 0xF5 ? 4
                                                         : 0;
  for (std::size_t k = 1; k < size; ++k) {
    if ((byte(i + k) & 0xC0U) != 0x80U) return 0;
  }
  const unsigned second = byte(i + 1);
  const bool bad = (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second >= 0xA0) ||
                   (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second >= 0x90);
  return bad ? 0 : size;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t bytes = character_size(text, i);
    if (bytes == 0) text[i] = '?';
    i += bytes == 0 ? 1 : bytes;
  }
  const copydesk::Tokenized made(text);
  const std::string rule = copydesk::broken_rule(made);
  if (!rule.empty()) {
    std::fprintf(stderr, "%s\n", rule.c_str());
    std::abort();
  }
  static const copydesk::tag::TagStage stage(std::filesystem::path(COPYDESK_SOURCE_DIR) / "models/tagger.model");
  copydesk::parse::Article article;
  article.text = made.text();
  copydesk::ChunkPool pool;
  copydesk::Arena arena(pool);
  copydesk::tag::TagStage::Scratch scratch;
  const auto tags = stage.run(
      copydesk::Reads<copydesk::parse::Article, copydesk::tokenize::Tokens>{
          std::tuple<const copydesk::parse::Article&, const copydesk::tokenize::Tokens&>(article, made.tokens())},
      scratch, copydesk::StageContext(arena, copydesk::StageContext::Clock::time_point::max()));
  if (!tags || tags->of.size() != made.tokens().size()) std::abort();
  for (const copydesk::tag::Tag tag : tags->of) {
    if (tag > copydesk::tag::Tag::kPunct) std::abort();
  }
  return 0;
}
