// SPDX-License-Identifier: Apache-2.0
#include "tests/resolve/marked_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "stages/tokenize/hash.h"

namespace copydesk::test {
namespace {

constexpr std::array<std::string_view, 37> kTreebankTags{
    "CC",  "CD",   "DT",  "EX",  "FW",  "IN",   "JJ",  "JJR", "JJS", "LS",  "MD",   "NN", "NNS",
    "NNP", "NNPS", "PDT", "POS", "PRP", "PRPS", "RB",  "RBR", "RBS", "RP",  "SYM",  "TO", "UH",
    "VB",  "VBD",  "VBG", "VBN", "VBP", "VBZ",  "WDT", "WP",  "WPS", "WRB", "Punct"};

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string lower(std::string_view word) {
  std::string copy(word);
  for (char& c : copy) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return copy;
}

/// The tag of a word that the case does not tag itself: closed classes by list, names by capital, else a noun.
tag::Tag tag_of(std::string_view word) {
  const std::string form = lower(word);
  if (std::none_of(word.begin(), word.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c >= 0x80; })) {
    return tag::Tag::kPunct;
  }
  if (form == "'s" || form == "’s") return tag::Tag::kPOS;
  if (is_one_of(form, {"the", "a", "an", "this", "that", "these", "those", "some", "no"})) return tag::Tag::kDT;
  if (is_one_of(form, {"his", "her", "its", "their", "our", "my", "your"})) return tag::Tag::kPRPS;
  if (is_one_of(form, {"he", "she", "it", "they", "we", "i", "you", "him", "them", "me", "us", "himself", "herself",
                       "itself", "themselves"})) {
    return tag::Tag::kPRP;
  }
  if (is_one_of(form, {"of", "in", "at", "on", "for", "with", "by", "from", "after", "before", "near", "against",
                       "because", "as", "about", "into", "if", "while"})) {
    return tag::Tag::kIN;
  }
  if (form == "to") return tag::Tag::kTO;
  if (is_one_of(form, {"and", "or", "but"})) return tag::Tag::kCC;
  if (form == "who" || form == "whom") return tag::Tag::kWP;
  if (form == "whose") return tag::Tag::kWPS;
  if (form == "which") return tag::Tag::kWDT;
  if (is_one_of(form, {"not", "n't", "also", "later", "soon", "there", "then", "again", "too", "early"}))
    return tag::Tag::kRB;
  if (is_one_of(form, {"is", "has", "says"})) return tag::Tag::kVBZ;
  if (is_one_of(form, {"are", "have"})) return tag::Tag::kVBP;
  if (is_one_of(form, {"was",  "were", "had",  "said",  "told", "met",  "won",  "left",    "did", "went", "came",
                       "took", "saw",  "made", "began", "lost", "held", "knew", "thought", "ran", "gave", "spoke"})) {
    return tag::Tag::kVBD;
  }
  if (is_one_of(form, {"will", "would", "can", "could", "may", "must"})) return tag::Tag::kMD;
  if (std::isupper(static_cast<unsigned char>(word[0])) != 0) return tag::Tag::kNNP;
  if (form.size() > 4 && form.ends_with("ed")) return tag::Tag::kVBD;
  if (std::isdigit(static_cast<unsigned char>(word[0])) != 0) return tag::Tag::kCD;
  if (form.size() > 3 && form.ends_with("s") && !form.ends_with("ss")) return tag::Tag::kNNS;
  return tag::Tag::kNN;
}

std::uint16_t flags_of(std::string_view word, bool sentence_start) {
  unsigned flags = tokenize::kSpaceBefore;
  bool upper = false;
  bool has_lower = false;
  bool letter_or_digit = false;
  for (const char letter : word) {
    const auto c = static_cast<unsigned char>(letter);
    upper = upper || std::isupper(c) != 0;
    has_lower = has_lower || std::islower(c) != 0;
    letter_or_digit = letter_or_digit || std::isalnum(c) != 0 || c >= 0x80;
    if (std::isdigit(c) != 0) flags |= tokenize::kHasDigit;
    if (c >= 0x80) flags |= tokenize::kNonAscii;
  }
  if (std::isupper(static_cast<unsigned char>(word[0])) != 0) flags |= tokenize::kInitialUpper;
  if (has_lower)
    flags |= tokenize::kHasLower;
  else if (upper)
    flags |= tokenize::kAllUpper;
  if (!letter_or_digit) flags |= tokenize::kPunctuation;
  if (word == "'s" || word == "’s") flags |= tokenize::kClitic;
  if (sentence_start) flags |= tokenize::kSentenceStart;
  return static_cast<std::uint16_t>(flags);
}

EntityType type_named(const std::string& name) {
  for (std::size_t i = 0; i < kEntityTypeNames.size(); ++i) {
    if (kEntityTypeNames[i] == name) return static_cast<EntityType>(i);
  }
  throw std::runtime_error("no entity type " + name);
}

class Reader {
 public:
  explicit Reader(MarkedText& into) : case_(into) {}

  void sentence(const std::string& line) {
    std::istringstream words(line);
    const auto first = size();
    for (std::string word; words >> word;) item(word, first == size());
    case_.sentences.push_back({first, size()});
  }
  void finish() {
    if (!open_.empty()) throw std::runtime_error("a mark is not closed");
    for (std::size_t q = 0; q < case_.quotes.size(); ++q) case_.quotes[q].spans = {&case_.quote_spans[q], 1};
  }

 private:
  struct Mark {
    int entity = 0;
    bool source = false;
    bool mention = true;
    std::optional<EntityType> type;
    std::uint32_t first = 0;
  };

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(case_.spans.size()); }

  void item(std::string word, bool sentence_start) {
    if (word == "<<" || word == "<<~") {
      quote_type_ = word == "<<" ? quotes::QuoteType::kDirect : quotes::QuoteType::kIndirect;
      quote_begin_ = size();
      return;
    }
    if (word == ">>") {
      const Span extent{case_.spans[quote_begin_].begin, case_.spans.back().end};
      quotes::Quote quote;
      quote.type = quote_type_;
      quote.extent = extent;
      case_.quotes.push_back(quote);
      case_.quote_spans.push_back(extent);
      case_.speakers.push_back(0);
      if (waiting_source_)
        attach(*std::exchange(waiting_source_, std::nullopt), waiting_span_, waiting_last_);
      else
        unattached_ = true;
      return;
    }
    if (word.front() == '[' || word.front() == '{') {
      Mark mark;
      const auto colon = word.find(':');
      const std::string number = word.substr(1, (colon == std::string::npos ? word.size() : colon) - 1);
      mark.source = number.back() == '*';
      mark.mention = !number.ends_with("**");
      mark.entity = std::stoi(number);
      if (colon != std::string::npos) mark.type = type_named(word.substr(colon + 1));
      mark.first = size();
      open_.push_back(mark);
      return;
    }
    std::size_t closes = 0;
    for (; closes < open_.size() && (word.back() == ']' || word.back() == '}'); ++closes) word.pop_back();
    token(word, sentence_start);
    for (; closes > 0; --closes) close();
  }

  void token(const std::string& written, bool sentence_start) {
    std::string word = written;
    tag::Tag tag = tag::Tag::kPunct;
    if (const auto bar = written.rfind('_'); bar != std::string::npos && bar > 0) {
      const auto* at = std::find(kTreebankTags.begin(), kTreebankTags.end(), written.substr(bar + 1));
      if (at == kTreebankTags.end()) throw std::runtime_error("no such tag: " + written);
      word = written.substr(0, bar);
      tag = static_cast<tag::Tag>(at - kTreebankTags.begin());
    } else {
      tag = tag_of(word);
    }
    if (!case_.text.empty()) case_.text += ' ';
    const auto begin = static_cast<std::uint32_t>(case_.text.size());
    case_.text += word;
    case_.spans.push_back({begin, static_cast<std::uint32_t>(case_.text.size())});
    case_.flags.push_back(flags_of(word, sentence_start));
    case_.hashes.push_back(tokenize::hash_lower(word));
    case_.tags.push_back(tag);
  }

  void close() {
    const Mark mark = open_.back();
    open_.pop_back();
    const Span span{case_.spans[mark.first].begin, case_.spans.back().end};
    if (mark.mention) case_.expected.push_back({span, mark.entity, mark.type.has_value()});
    if (mark.type) case_.names.push_back({{mark.first, size()}, *mark.type, 1.0F});
    if (!mark.source) return;
    const std::uint32_t last = size() - 1;
    if (unattached_) {
      attach(mark, span, last);
      unattached_ = false;
    } else {
      waiting_source_ = mark;
      waiting_span_ = span;
      waiting_last_ = last;
    }
  }

  void attach(const Mark& mark, Span span, std::uint32_t last) {
    quotes::Quote& quote = case_.quotes.back();
    quote.source = span;
    const bool pronoun = !mark.type && (case_.tags[last] == tag::Tag::kPRP || case_.tags[last] == tag::Tag::kWP);
    quote.source_kind = pronoun ? quotes::SourceKind::kPronoun : quotes::SourceKind::kNominal;
    case_.speakers.back() = mark.entity;
  }

  MarkedText& case_;
  std::vector<Mark> open_;  ///< outer before inner
  std::uint32_t quote_begin_ = 0;
  quotes::QuoteType quote_type_ = quotes::QuoteType::kDirect;
  bool unattached_ = false;
  std::optional<Mark> waiting_source_;
  Span waiting_span_;
  std::uint32_t waiting_last_ = 0;
};

}  // namespace

parse::Article MarkedText::article() const {
  parse::Article made;
  made.text = text;
  made.id = title;
  made.language = "en";
  return made;
}

MarkedText read_case(const std::vector<std::string>& lines) {
  MarkedText made;
  Reader reader(made);
  for (const std::string& line : lines) {
    if (line.starts_with("# ")) {
      made.title = line.substr(2);
    } else if (line.starts_with("= ")) {
      std::istringstream words(line.substr(2));
      MarkedText::Fact fact;
      words >> fact.entity >> fact.key;
      std::getline(words >> std::ws, fact.value);
      made.facts.push_back(fact);
    } else {
      reader.sentence(line);
    }
  }
  reader.finish();
  return made;
}

std::vector<MarkedText> read_cases(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::vector<MarkedText> cases;
  std::vector<std::string> lines;
  int number = 0;
  const auto flush = [&] {
    if (lines.empty()) return;
    try {
      cases.push_back(read_case(lines));
    } catch (const std::exception& error) {
      throw std::runtime_error(path + ": case that ends before line " + std::to_string(number) + ": " + error.what());
    }
    lines.clear();
  };
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.empty())
      flush();
    else
      lines.push_back(line);
  }
  ++number;
  flush();
  return cases;
}

}  // namespace copydesk::test
