// SPDX-License-Identifier: Apache-2.0
#include "tools/tagged_corpus.h"

#include <zlib.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace copydesk::training {
namespace {

class Lines {
 public:
  explicit Lines(const std::filesystem::path& path) : file_(gzopen(path.c_str(), "rb"), gzclose) {
    if (file_ == nullptr) throw std::runtime_error("cannot open '" + path.string() + "'");
    gzbuffer(file_.get(), 1U << 18U);
  }
  bool next(std::string& line) {
    line.clear();
    std::array<char, 4096> buffer{};
    while (gzgets(file_.get(), buffer.data(), static_cast<int>(buffer.size())) != nullptr) {
      line += buffer.data();
      if (!line.empty() && line.back() == '\n') {
        line.pop_back();
        return true;
      }
    }
    return !line.empty();
  }

 private:
  std::unique_ptr<gzFile_s, int (*)(gzFile)> file_;
};

std::string_view column(std::string_view line, std::size_t index) {
  for (; index > 0; --index) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos) return {};
    line.remove_prefix(tab + 1);
  }
  return line.substr(0, line.find('\t'));
}

constexpr auto kTo = static_cast<std::uint8_t>(tag::Tag::kTO);

/// The Treebank has one tag for every "to"; its successors call the preposition IN. Only "to" before a verb (with at
/// most one adverb between) is kTO.
void tell_prepositions(TaggedSentence& sentence) {
  const auto tag_at = [&](std::size_t i) { return i < sentence.size() ? sentence[i].tag : kUnknownTag; };
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    if (sentence[i].tag != kTo) continue;
    const std::size_t verb = tag_at(i + 1) == static_cast<std::uint8_t>(tag::Tag::kRB) ? i + 2 : i + 1;
    if (tag_at(verb) != static_cast<std::uint8_t>(tag::Tag::kVB))
      sentence[i].tag = static_cast<std::uint8_t>(tag::Tag::kIN);
  }
}

}  // namespace

std::uint8_t tag_of(std::string_view name) {
  for (std::size_t i = 0; i < tag::kTagNames.size(); ++i) {
    if (tag::kTagNames[i] == name) return static_cast<std::uint8_t>(i);
  }
  constexpr std::array<std::string_view, 10> kMarks{",", ".", ":", "``", "''", "-LRB-", "-RRB-", "HYPH", "NFP", "-"};
  for (const std::string_view mark : kMarks) {
    if (mark == name) return static_cast<std::uint8_t>(tag::Tag::kPunct);
  }
  if (name == "$" || name == "#") return static_cast<std::uint8_t>(tag::Tag::kSYM);
  if (name == "ADD") return static_cast<std::uint8_t>(tag::Tag::kNNP);
  return kUnknownTag;
}

std::vector<TaggedSentence> read_conllu(const std::filesystem::path& path) {
  Lines lines(path);
  std::vector<TaggedSentence> sentences(1);
  for (std::string line; lines.next(line);) {
    if (line.empty()) {
      if (!sentences.back().empty()) sentences.emplace_back();
      continue;
    }
    const std::string_view id = column(line, 0);
    if (line[0] == '#' || id.find_first_of("-.") != std::string_view::npos) continue;
    sentences.back().push_back({std::string(column(line, 1)), tag_of(column(line, 4))});
  }
  if (sentences.back().empty()) sentences.pop_back();
  return sentences;
}

std::vector<TaggedSentence> read_columns(const std::filesystem::path& path, std::size_t stride) {
  Lines lines(path);
  std::vector<TaggedSentence> sentences(1);
  std::size_t article = 0;
  for (std::string line; lines.next(line);) {
    if (line.starts_with("-DOCSTART-")) {
      ++article;
    } else if (line.empty()) {
      if (!sentences.back().empty()) sentences.emplace_back();
    } else if (article % stride == 0) {
      const std::string_view word = column(line, 0);
      sentences.back().push_back({std::string(word), tag_of(column(line, 1))});
    }
  }
  if (sentences.back().empty()) sentences.pop_back();
  for (TaggedSentence& sentence : sentences) tell_prepositions(sentence);
  return sentences;
}

}  // namespace copydesk::training
