// SPDX-License-Identifier: Apache-2.0
// Any bytes as a model file, as they are and with size and checksum put right, so that what is inside is reached too.
// A file that is accepted is used.
#include <xxhash.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>

#include "stages/model_file.h"
#include "stages/resolve/antecedent_model.h"
#include "stages/resolve/places.h"
#include "stages/resolve/word_lexicon.h"
#include "stages/tag/tag_stage.h"
#include "stages/tokenize/hash.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/require.h"
#include "tests/tokenize/tokenized.h"

namespace copydesk::fuzz {
namespace {

constexpr std::size_t kSizeAt = 16;
constexpr std::size_t kChecksumAt = 24;
constexpr std::size_t kChecksumFrom = 32;

/// Offsets as stages/model_file.h lays them out.
void put_right(std::string& file) {
  if (file.size() < kChecksumFrom) return;
  const std::uint64_t size = file.size();
  std::memcpy(file.data() + kSizeAt, &size, sizeof size);
  const std::uint64_t checksum = XXH3_64bits(file.data() + kChecksumFrom, file.size() - kChecksumFrom);
  std::memcpy(file.data() + kChecksumAt, &checksum, sizeof checksum);
}

template <class Use>
void try_as(Use use) {
  try {
    use();
  } catch (const std::runtime_error& error) {
    require(*error.what() != '\0', "a refused file says why");
  }
}

void use_tagger(const std::filesystem::path& path) {
  static const Tokenized text("Mayor Ilse Brandt said the bridge, built in 1911, would reopen in May.");
  const tag::TagStage stage(path);
  parse::Article article;
  article.text = text.text();
  ChunkPool pool;
  Arena arena(pool);
  tag::TagStage::Scratch scratch;
  const auto tags =
      stage.run(Reads<parse::Article, tokenize::Tokens>{std::tuple<const parse::Article&, const tokenize::Tokens&>(
                    article, text.tokens())},
                scratch, StageContext(arena, StageContext::Clock::time_point::max()));
  require(tags.ok() && tags->of.size() == text.tokens().size(), "a tag for every token");
  for (const tag::Tag tag : tags->of) require(tag <= tag::Tag::kPunct, "only tags that there are");
}

void use_places(const std::filesystem::path& path) {
  const resolve::PlaceTable places(path);
  std::array<resolve::PlaceChoice, resolve::PlaceTable::kMaxChoices> choices;
  for (const std::string_view name : {"Alder Bay", "Norland", "a", "b", ""}) {
    const std::size_t count = places.find(name, choices);
    for (std::size_t i = 0; i < count; ++i) require(choices[i].place->country().size() == 2, "a country's code");
    (void)places.well_known(name);
    (void)places.country_of_people(name);
  }
}

void use_words(const std::filesystem::path& path) {
  const resolve::WordLexicon words(path);
  for (const std::string_view name : {"Ilse", "Tor", "a", "ab", "zz", ""}) {
    (void)words.share_of_women(name);
    (void)words.find_noun(tokenize::hash_lower(name));
    (void)words.find_roles(tokenize::hash_lower(name));
  }
}

void use(std::string_view bytes) {
  const MemoryFile file(bytes);
  const auto path = file.path();
  try_as([&] { use_tagger(path); });
  try_as([&] { use_places(path); });
  try_as([&] { use_words(path); });
  try_as([&] { const resolve::AntecedentModel links(path); });
  try_as([&] {
    const ModelFile any(path, "toy", 1);
    for (const char* section : {"weights", "names", ""}) (void)any.array<std::uint16_t>(section).size();
  });
}

}  // namespace
}  // namespace copydesk::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  copydesk::fuzz::use(bytes);
  copydesk::fuzz::put_right(bytes);
  copydesk::fuzz::use(bytes);
  return 0;
}
