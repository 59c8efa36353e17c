// SPDX-License-Identifier: Apache-2.0
#include "tools/tagger_lexicon.h"

#include <zlib.h>

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <string>

#include "stages/tokenize/token_form.h"

namespace copydesk::training {
namespace {

constexpr std::uint64_t bit(tag::Tag tag) {
  return std::uint64_t{1} << static_cast<unsigned>(tag);
}

// Tags that words not yet seen may have.
constexpr std::uint64_t kOpenClasses =
    bit(tag::Tag::kCD) | bit(tag::Tag::kFW) | bit(tag::Tag::kJJ) | bit(tag::Tag::kJJR) | bit(tag::Tag::kJJS) |
    bit(tag::Tag::kNN) | bit(tag::Tag::kNNS) | bit(tag::Tag::kNNP) | bit(tag::Tag::kNNPS) | bit(tag::Tag::kRB) |
    bit(tag::Tag::kUH) | bit(tag::Tag::kVB) | bit(tag::Tag::kVBD) | bit(tag::Tag::kVBG) | bit(tag::Tag::kVBN) |
    bit(tag::Tag::kVBP) | bit(tag::Tag::kVBZ) | bit(tag::Tag::kSYM) | bit(tag::Tag::kLS);

}  // namespace

void Lexicon::count(const tag::WordView& word, std::uint8_t tag, bool gold) {
  Counts& counts = counts_[tag::lexicon_key(word.hash, word.flags)];
  ++counts.all[tag];
  ++counts.total;
  if (gold) ++counts.gold[tag];
}

/// The tags with at least 1 % of the word's occurrences, or seen twice in gold data.
std::uint64_t Lexicon::tags_of(const Counts& counts) const {
  std::uint64_t tags = 0;
  for (std::size_t t = 0; t < tag::kTags; ++t) {
    if (counts.all[t] * 100 >= counts.total || counts.gold[t] >= 2) tags |= std::uint64_t{1} << t;
  }
  // Few occurrences do not show everything that a word can be.
  return counts.total < 12 ? tags | kOpenClasses : tags;
}

std::uint8_t Lexicon::only_tag(const Counts& counts) const {
  const auto best =
      static_cast<std::size_t>(std::max_element(counts.all.begin(), counts.all.end()) - counts.all.begin());
  std::uint32_t gold = 0;
  for (const std::uint32_t count : counts.gold) gold += count;
  const bool enough = counts.total >= 20 && counts.all[best] * 1000ULL >= counts.total * 997ULL;
  return enough && counts.gold[best] * 200ULL >= gold * 199ULL ? static_cast<std::uint8_t>(best) : std::uint8_t{0xFF};
}

const tag::LexiconEntry* Lexicon::find(std::uint64_t key) const {
  const auto mark = static_cast<std::uint32_t>(key) | 1U;
  for (std::size_t slot = key >> shift_; table_[slot].mark != 0; slot = (slot + 1) & (table_.size() - 1)) {
    if (table_[slot].mark == mark) return &table_[slot];
  }
  return nullptr;
}

void Lexicon::look_up(tag::WordView& word) const {
  const tag::LexiconEntry* entry = find(tag::lexicon_key(word.hash, word.flags));
  if (entry != nullptr) word.fixed = entry->fixed;
  if (entry == nullptr) entry = find(tag::lexicon_key(word.hash, 0));
  if (entry == nullptr) return;
  word.cluster = entry->cluster;
  word.ambiguity = entry->ambiguity;
}

void Lexicon::build(std::size_t size, const std::filesystem::path& clusters) {
  std::vector<std::pair<std::uint32_t, std::uint64_t>> ranked;
  for (const auto& [key, counts] : counts_) {
    if (counts.total >= 3) ranked.emplace_back(counts.total, key);
  }
  std::sort(ranked.begin(), ranked.end(), std::greater<>());
  if (ranked.size() > size) ranked.resize(size);

  std::unordered_map<std::uint64_t, std::uint32_t> frequency;  // of sets of tags
  for (const auto& [total, key] : ranked) ++frequency[tags_of(counts_[key])];
  std::vector<std::pair<std::uint32_t, std::uint64_t>> sets;
  for (const auto& [tags, count] : frequency) sets.emplace_back(count, tags);
  std::sort(sets.begin(), sets.end(), std::greater<>());
  classes_.fill(kOpenClasses);
  std::unordered_map<std::uint64_t, std::uint8_t> class_of;
  for (std::size_t i = 0; i < sets.size() && i < 254; ++i) {
    classes_[i + 1] = sets[i].second;
    class_of[sets[i].second] = static_cast<std::uint8_t>(i + 1);
  }
  classes_[255] = (std::uint64_t{1} << tag::kTags) - 1;  // rare sets: anything

  std::unordered_map<std::uint64_t, std::uint16_t> cluster_of;
  if (!clusters.empty()) {
    const gzFile file = gzopen(clusters.c_str(), "rb");
    if (file == nullptr) throw std::runtime_error("cannot open '" + clusters.string() + "'");
    std::array<char, 4096> line{};
    while (gzgets(file, line.data(), static_cast<int>(line.size())) != nullptr) {
      const std::string text = line.data();
      const std::size_t first = text.find('\t');
      const std::size_t second = text.find('\t', first + 1);
      if (first == std::string::npos || first == 0 || second == std::string::npos) continue;
      const tokenize::TokenForm form = tokenize::token_form(std::string_view(text).substr(0, first));
      cluster_of[tag::lexicon_key(form.lower_hash, form.flags)] =
          static_cast<std::uint16_t>(std::stoul(text.substr(second + 1)) + 1);
    }
    gzclose(file);
  }

  table_.assign(std::bit_ceil(ranked.size() * 3 / 2 + 2), {});
  shift_ = 64U - static_cast<unsigned>(std::countr_zero(table_.size()));
  for (const auto& [total, key] : ranked) {
    if (find(key) != nullptr) continue;  // another word's mark in the same place
    const Counts& counts = counts_[key];
    const auto known = class_of.find(tags_of(counts));
    const auto cluster = cluster_of.find(key);
    std::size_t slot = key >> shift_;
    while (table_[slot].mark != 0) slot = (slot + 1) & (table_.size() - 1);
    table_[slot] = {static_cast<std::uint32_t>(key) | 1U,
                    cluster == cluster_of.end() ? std::uint16_t{0} : cluster->second,
                    known == class_of.end() ? std::uint8_t{255} : known->second, only_tag(counts)};
    ++size_;
    fixed_ += table_[slot].fixed != 0xFF ? 1 : 0;
  }
}

}  // namespace copydesk::training
