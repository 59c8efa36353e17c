// SPDX-License-Identifier: Apache-2.0
#include "tools/train_names/lexicon_builder.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>
#include <numeric>
#include <stdexcept>
#include <string_view>

#include "stages/tokenize/hash.h"

namespace copydesk::entities::training {

namespace {

void for_each_line(const std::filesystem::path& path, const std::function<void(std::string_view)>& take) {
  const bool zipped = path.extension() == ".gz";
  FILE* file = zipped ? popen(("gzip -dc '" + path.string() + "'").c_str(), "r") : std::fopen(path.c_str(), "r");
  if (file == nullptr) throw std::runtime_error(path.string() + ": cannot be read");
  std::array<char, 4096> buffer;
  std::size_t lines = 0;
  while (std::fgets(buffer.data(), buffer.size(), file) != nullptr) {
    std::string_view line(buffer.data());
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
    take(line);
    ++lines;
  }
  if (zipped)
    pclose(file);
  else
    std::fclose(file);
  if (lines == 0) throw std::runtime_error(path.string() + ": is empty or cannot be read");
}

std::vector<std::string_view> split(std::string_view line, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t at = line.find(separator);
    if (at != 0 || separator != ' ') parts.push_back(line.substr(0, at));
    if (at == std::string_view::npos) return parts;
    line.remove_prefix(at + 1);
  }
}

struct ListKind {
  std::string_view name;
  std::uint16_t word;
  std::uint8_t phrase;
};
constexpr std::array<ListKind, 16> kListKinds{{{"FIRST", kFirstName, 0},
                                               {"LAST", kLastName, 0},
                                               {"COUNTRY", kCountry, kPhraseCountry},
                                               {"STATE", kState, kPhraseCountry},
                                               {"CITYBIG", kBigCity, kPhraseCity},
                                               {"CITY", kCity, kPhraseCity},
                                               {"CITYALT", kCity, kPhraseCity},
                                               {"REGION", kRegion, kPhraseRegion},
                                               {"COUNTY", kRegion, kPhraseRegion},
                                               {"NORP", kNationality, kPhraseNationality},
                                               {"LANG", kLanguageName, 0},
                                               {"TITLE", kTitle, 0},
                                               {"ORGKEY", kOrganisationWord, 0},
                                               {"ORGK", kOrganisationName, 0},
                                               {"LOCKEY", kPlaceWord, 0},
                                               {"FACKEY", kBuildingWord, 0}}};

template <class Entry, class Map, class Make>
std::vector<Entry> make_slots(const Map& map, Make&& make) {
  std::vector<Entry> slots(map.size() * 5 / 4 + 8);
  const HashTable<Entry> table{std::span<const Entry>(slots)};
  std::vector<std::uint64_t> keys;
  for (const auto& [hash, value] : map) keys.push_back(hash);
  std::sort(keys.begin(), keys.end());
  for (const std::uint64_t hash : keys) {
    std::size_t slot = table.slot_of(hash);
    while (slots[slot].check != 0) slot = slot + 1 == slots.size() ? 0 : slot + 1;
    slots[slot] = make(map.at(hash));
    slots[slot].check = table.check_of(hash);
  }
  return slots;
}

constexpr std::size_t kKinds = 4;  // person, organisation, place, other

std::size_t kind_of(std::size_t type) {
  switch (static_cast<EntityType>(type)) {
    case EntityType::kPerson: return 0;
    case EntityType::kOrg: return 1;
    case EntityType::kGpe:
    case EntityType::kLoc:
    case EntityType::kFac: return 2;
    default: return 3;
  }
}

std::array<std::uint32_t, kKinds> by_kind(const std::array<std::uint32_t, kTypes>& by_type) {
  std::array<std::uint32_t, kKinds> kinds{};
  for (std::size_t type = 0; type < kTypes; ++type) kinds[kind_of(type)] += by_type[type];
  return kinds;
}

/// The words of a name without a leading article and a possessive.
std::vector<std::uint64_t> bare_name(const LabelledSentence& sentence, LabelledSentence::Span name) {
  std::vector<std::uint64_t> words;
  for (std::uint32_t i = name.begin; i < name.end; ++i) words.push_back(tokenize::hash_lower(sentence.words[i]));
  if (words.size() > 1 && words.back() == tokenize::hash_lower("'s")) words.pop_back();
  if (words.size() > 1 && words[0] == tokenize::hash_lower("the")) words.erase(words.begin());
  return words;
}

std::uint64_t phrase_hash(const std::vector<std::uint64_t>& words) {
  std::uint64_t hash = 0;
  for (const std::uint64_t word : words) hash = extend_phrase(hash, word);
  return hash;
}

}  // namespace

void LexiconBuilder::add_phrase(const std::vector<std::uint64_t>& words, std::uint8_t lists) {
  if (words.empty() || words.size() > kLongestPhrase) return;
  std::uint8_t& known = phrases_[phrase_hash(words)];
  known = static_cast<std::uint8_t>(known | lists);
  WordFacts& start = words_[words[0]];
  start.phrase_length = std::max(start.phrase_length, static_cast<std::uint8_t>(words.size()));
}

void LexiconBuilder::read_gazetteers(const std::filesystem::path& folder) {
  for_each_line(folder / "word_clusters.tsv.gz", [&](std::string_view line) {
    const auto parts = split(line, '\t');
    if (parts.size() != 4) return;
    const bool has_upper = std::any_of(parts[0].begin(), parts[0].end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    const bool has_digit = std::any_of(parts[0].begin(), parts[0].end(), [](char c) { return c >= '0' && c <= '9'; });
    if (has_digit) return;
    WordFacts& word = words_[tokenize::hash_lower(parts[0])];
    if (word.cluster != 0 && has_upper) return;
    word.vector = static_cast<std::uint16_t>(std::stoi(std::string(parts[1])));
    word.cluster = static_cast<std::uint16_t>(std::stoi(std::string(parts[2])) + 1);
    word.small_cluster = static_cast<std::uint8_t>(std::stoi(std::string(parts[3])) + 1);
  });
  for_each_line(folder / "case.tsv", [&](std::string_view line) {
    const auto parts = split(line, '\t');
    if (parts.size() == 2)
      words_[tokenize::hash_lower(parts[0])].case_bucket = static_cast<std::uint8_t>(parts[1][0] - '0' + 1);
  });
  for_each_line(folder / "gaz.tsv", [&](std::string_view line) {
    const auto parts = split(line, '\t');
    if (parts.size() != 2) return;
    const auto kind =
        std::find_if(kListKinds.begin(), kListKinds.end(), [&](const ListKind& k) { return k.name == parts[0]; });
    if (kind == kListKinds.end()) return;
    std::vector<std::uint64_t> words;
    for (const std::string_view word : split(parts[1], ' ')) words.push_back(tokenize::hash_lower(word));
    if (words.size() == 1) words_[words[0]].lists |= kind->word;
    if (kind->phrase != 0 && words.size() > 1) add_phrase(words, kind->phrase);
  });
}

void LexiconBuilder::count_names(const LabelledDocument& document) {
  ++document_;
  for (const LabelledSentence& sentence : document) {
    for (const LabelledSentence::Span name : sentence.names) {
      const std::vector<std::uint64_t> words = bare_name(sentence, name);
      if (words.empty() || words.size() > kLongestPhrase) continue;
      Counted& counted = counted_[phrase_hash(words)];
      if (counted.last_document == document_) continue;
      counted.last_document = document_;
      ++counted.by_type[name.type];
      if (counted.words.empty()) counted.words = words;
    }
  }
}

void LexiconBuilder::add_counted(std::uint32_t documents, double share) {
  static constexpr std::array kPhrases{kPhrasePerson, kPhraseOrganisation, kPhrasePlace, kPhraseOther};
  for (const auto& [hash, counted] : counted_) {
    const auto kinds = by_kind(counted.by_type);
    const std::uint32_t total = std::accumulate(kinds.begin(), kinds.end(), 0U);
    if (total < documents) continue;
    for (std::size_t kind = 0; kind < kKinds; ++kind) {
      if (kinds[kind] >= share * total) add_phrase(counted.words, kPhrases[kind]);
    }
  }
}

void LexiconBuilder::overrule(LabelledDocument& document, std::uint32_t documents, double share) const {
  for (LabelledSentence& sentence : document) {
    for (LabelledSentence::Span& name : sentence.names) {
      const std::vector<std::uint64_t> words = bare_name(sentence, name);
      const auto found = words.empty() ? counted_.end() : counted_.find(phrase_hash(words));
      if (found == counted_.end()) continue;
      const auto& by_type = found->second.by_type;
      const auto kinds = by_kind(by_type);
      const std::uint32_t total = std::accumulate(kinds.begin(), kinds.end(), 0U);
      const auto best = static_cast<std::size_t>(std::max_element(kinds.begin(), kinds.end()) - kinds.begin());
      if (best == kind_of(name.type) || total < documents || kinds[best] < share * total) continue;
      std::uint32_t most = 0;
      for (std::size_t type = 0; type < kTypes; ++type) {
        if (kind_of(type) != best || by_type[type] <= most) continue;
        most = by_type[type];
        name.type = static_cast<std::uint8_t>(type);
      }
    }
  }
}

std::vector<WordFacts> LexiconBuilder::word_slots() const {
  return make_slots<WordFacts>(words_, [](const WordFacts& word) { return word; });
}

std::vector<PhraseFacts> LexiconBuilder::phrase_slots() const {
  return make_slots<PhraseFacts>(phrases_, [](std::uint8_t lists) { return PhraseFacts{0, lists, {}}; });
}

}  // namespace copydesk::entities::training
