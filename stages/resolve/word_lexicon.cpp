// SPDX-License-Identifier: Apache-2.0
#include "stages/resolve/word_lexicon.h"

#include <algorithm>
#include <array>

#include "stages/resolve/spelling.h"
#include "stages/tokenize/hash.h"

namespace copydesk::resolve {
namespace {

constexpr std::size_t kLetters = 26;
constexpr std::uint8_t kNoEnding = 255;

int letter(char c) {
  const int lower = static_cast<unsigned char>(c) | 0x20;
  return lower >= 'a' && lower <= 'z' ? lower - 'a' : -1;
}

/// Index of `hash` in a sorted array, or its size.
std::size_t find(std::span<const std::uint64_t> sorted, std::uint64_t hash) {
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), hash);
  return at != sorted.end() && *at == hash ? static_cast<std::size_t>(at - sorted.begin()) : sorted.size();
}

}  // namespace

WordLexicon::WordLexicon(const std::filesystem::path& path)
    : file_(path, "resolve-lexicon", 3),
      nouns_(file_.array<std::uint64_t>("noun")),
      noun_classes_(file_.array<std::uint32_t>("noun_class", nouns_.size())),
      first_names_(file_.array<std::uint32_t>("first_name")),
      shares_(file_.array<std::uint8_t>("first_name_female", first_names_.size())),
      endings_(file_.array<std::uint8_t>("ending_female", kLetters * kLetters)),
      known_(file_.array<std::uint64_t>("known")),
      known_begins_(file_.array<std::uint32_t>("known_begin", known_.size() + 1)),
      known_words_(file_.array<std::uint32_t>("known_word")) {}

std::span<const std::uint32_t> WordLexicon::find_roles(std::uint64_t key) const noexcept {
  // The keys are hashes, spread evenly: where one would stand is known but for some hundred places.
  constexpr std::size_t kNear = 1024;
  const std::size_t size = known_.size();
  const auto about = static_cast<std::size_t>((key >> 32) * size >> 32);
  const std::size_t first = about < kNear ? 0 : about - kNear;
  const std::size_t found = find(known_.subspan(first, std::min(size - first, 2 * kNear)), key);
  const std::size_t at = first + found;
  if (found == 2 * kNear || at >= size || known_[at] != key) return {};
  const std::uint32_t begin = known_begins_[at];
  const std::uint32_t end = known_begins_[at + 1];
  if (begin > end || end > known_words_.size()) return {};  // a file that was tampered with
  return known_words_.subspan(begin, end - begin);
}

NounClass WordLexicon::find_noun(std::uint64_t hash) const noexcept {
  const std::size_t at = find(nouns_, hash);
  if (at == nouns_.size()) return {};
  const std::uint32_t packed = noun_classes_[at];
  return {static_cast<std::uint8_t>(packed & 15U), static_cast<std::uint8_t>(packed >> 4 & 15U),
          static_cast<std::uint8_t>(packed >> 8 & 255U), static_cast<std::uint8_t>(packed >> 16 & 255U), true};
}

std::uint8_t WordLexicon::listed_share(std::string_view first_name) const noexcept {
  const auto hash = static_cast<std::uint32_t>(tokenize::hash_lower(first_name));
  const auto at = std::lower_bound(first_names_.begin(), first_names_.end(), hash);
  return at != first_names_.end() && *at == hash ? shares_[static_cast<std::size_t>(at - first_names_.begin())]
                                                 : kUnknownName;
}

std::uint8_t WordLexicon::share_of_women(std::string_view first_name) const noexcept {
  std::array<char, kMaxFoldedLetters> letters{};
  if (std::any_of(first_name.begin(), first_name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
    first_name = {letters.data(), fold_letters(first_name, letters)};
  }
  if (first_name.size() < 2) return kUnknownName;
  std::uint8_t listed = listed_share(first_name);
  if (const std::size_t hyphen = first_name.find('-'); listed == kUnknownName && hyphen != std::string_view::npos) {
    first_name = first_name.substr(0, hyphen);
    listed = listed_share(first_name);
  }
  if (listed != kUnknownName) return listed;
  if (first_name.size() < 3) return kUnknownName;
  const int last = letter(first_name.back());
  const int before = letter(first_name[first_name.size() - 2]);
  if (last < 0 || before < 0) return kUnknownName;
  const std::uint8_t share = endings_[static_cast<std::size_t>(before) * kLetters + static_cast<std::size_t>(last)];
  return share == kNoEnding ? kUnknownName : static_cast<std::uint8_t>(201 + share / 10);
}

}  // namespace copydesk::resolve
