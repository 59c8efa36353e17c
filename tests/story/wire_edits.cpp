// SPDX-License-Identifier: Apache-2.0
#include "tests/story/wire_edits.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iostream>
#include <iterator>
#include <map>
#include <sstream>

#include "pipeline/commands/article_files.h"

namespace copydesk::story {

namespace {

using Random = std::mt19937_64;

std::vector<std::string> split(const std::string& text, std::string_view separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t at = 0; (at = text.find(separator, begin)) != std::string::npos; begin = at + separator.size()) {
    parts.push_back(text.substr(begin, at - begin));
  }
  parts.push_back(text.substr(begin));
  return parts;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text.append(separator);
    text.append(part);
  }
  return text;
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  return {std::istream_iterator<std::string>(in), {}};
}

std::vector<std::string> paragraphs(const std::string& text) {
  return split(text, "\n\n");
}

std::string change_words(const std::string& text, std::size_t one_in, Random& random) {
  std::vector<std::string> words = words_of(text);
  for (std::size_t i = 0; i < words.size() / one_in; ++i) words[random() % words.size()] = "instead";
  return join(words, " ");
}

std::string as_it_is(const std::string& text, const std::string&, Random&) {
  return text;
}
std::string new_headline(const std::string& text, const std::string&, Random&) {
  auto parts = paragraphs(text);
  parts.front() = "CORRECTED: What the day brought, and what it did not bring";
  return join(parts, "\n\n");
}
std::string plain_typography(const std::string& text, const std::string&, Random&) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kPlain{
      {{"“", "\""}, {"”", "\""}, {"‘", "'"}, {"’", "'"}, {"—", "--"}, {"–", "-"}}};
  std::string plain = text;
  for (const auto& [curly, straight] : kPlain) plain = join(split(plain, curly), straight);
  return plain;
}
std::string capitals(const std::string& text, const std::string&, Random&) {
  std::string upper = text;
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(c < 0x80 ? std::toupper(c) : c); });
  return upper;
}
std::string few_words(const std::string& text, const std::string&, Random& random) {
  return change_words(text, 50, random);
}
std::string swapped(const std::string& text, const std::string&, Random& random) {
  auto parts = paragraphs(text);
  std::swap(parts[random() % parts.size()], parts[random() % parts.size()]);
  return join(parts, "\n\n");
}
std::string paragraph_dropped(const std::string& text, const std::string&, Random& random) {
  auto parts = paragraphs(text);
  if (parts.size() > 3) parts.erase(parts.begin() + 2 + static_cast<std::ptrdiff_t>(random() % (parts.size() - 2)));
  return join(parts, "\n\n");
}
std::string paragraph_added(const std::string& text, const std::string& other, Random& random) {
  auto parts = paragraphs(text);
  const auto foreign = paragraphs(other);
  parts.insert(parts.begin() + 2, foreign[1 + random() % (foreign.size() - 1)]);
  return join(parts, "\n\n");
}
std::string last_quarter_cut(const std::string& text, const std::string&, Random&) {
  auto words = words_of(text);
  words.resize(words.size() * 3 / 4);
  return join(words, " ");
}
std::string agency_frame(const std::string& text, const std::string&, Random&) {
  return "Kestrel Wire / Harbour Desk, second filing\n\n" + text +
         "\n\n(Reporting by the Harbour Desk; editing by Nils Arrow. Kestrel Wire, all rights reserved.)";
}
std::string half_rewritten(const std::string& text, const std::string& other, Random&) {
  auto words = words_of(text);
  const auto foreign = words_of(other);
  for (std::size_t i = words.size() / 2; i < words.size(); ++i) words[i] = foreign[i % foreign.size()];
  return join(words, " ");
}
std::string every_fifth_word(const std::string& text, const std::string&, Random& random) {
  return change_words(text, 4, random);
}
std::string summary(const std::string& text, const std::string&, Random&) {
  auto words = words_of(text);
  words.resize(words.size() / 3);
  return join(words, " ");
}

constexpr std::array<Edit, 13> kEdits{{
    {"unchanged", as_it_is, true},
    {"another headline", new_headline, true},
    {"plain quotation marks and dashes", plain_typography, true},
    {"in capitals", capitals, true},
    {"one word in 50 changed", few_words, true},
    {"two paragraphs swapped", swapped, true},
    {"a paragraph dropped", paragraph_dropped, true},
    {"a foreign paragraph added", paragraph_added, true},
    {"the last quarter cut", last_quarter_cut, true},
    {"agency's head and foot added", agency_frame, true},
    {"the second half another story's", half_rewritten, false},
    {"about one word in five changed", every_fifth_word, false},
    {"the first third alone", summary, false},
}};

}  // namespace

std::vector<WireArticle> sample_wire(const engine::ArticleGraph::Stages& stages, std::size_t words) {
  commands::ArticleFiles files({std::string(COPYDESK_SOURCE_DIR) + "/deploy/demo/wire"}, std::cin);
  ChunkPool pool;
  engine::ArticleGraph::Slot slot(pool, std::size_t{1} << 30U);
  engine::ArticleGraph::Scratch scratch;
  std::map<std::string, std::string> latest;
  constexpr std::size_t kParse = 0;
  static_assert(engine::ArticleGraph::kNames[kParse] == parse::ParseStage::kName);
  while (const auto article = files.next()) {
    slot.reset();
    slot.external = {.bytes = article->bytes.view(), .name = article->name, .plain_text = article->plain_text};
    if (engine::ArticleGraph::run(kParse, stages, slot, scratch)) continue;
    const auto& parsed = slot.get<parse::Article>();
    if (parsed.analysis != parse::Analysis::kFull) continue;
    if (split(std::string(parsed.text), " ").size() < words || paragraphs(std::string(parsed.text)).size() < 4)
      continue;
    latest[std::string(parsed.id)] = parsed.text;
  }
  std::vector<WireArticle> articles;
  articles.reserve(latest.size());
  for (auto& [id, text] : latest) articles.push_back({id, std::move(text)});
  return articles;
}

std::span<const Edit> edits() {
  return kEdits;
}

}  // namespace copydesk::story
