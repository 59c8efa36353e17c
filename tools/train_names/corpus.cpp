// SPDX-License-Identifier: Apache-2.0
#include "tools/train_names/corpus.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>
#include <string_view>

#include "stages/tokenize/tokenize_stage.h"

namespace copydesk::entities::training {

namespace {

int type_number(std::string_view name) {
  for (std::size_t type = 0; type < kTypes; ++type) {
    if (kEntityTypeNames[type] == name) return static_cast<int>(type);
  }
  return -1;
}

std::string unescape(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kEscapes{{{"-LRB-", "("},
                                                                                          {"-RRB-", ")"},
                                                                                          {"-LSB-", "["},
                                                                                          {"-RSB-", "]"},
                                                                                          {"-LCB-", "{"},
                                                                                          {"-RCB-", "}"},
                                                                                          {"``", "\""},
                                                                                          {"''", "\""},
                                                                                          {"&amp;", "&"}}};
  for (const auto& [from, to] : kEscapes) {
    if (word == from) return std::string(to);
  }
  return std::string(word);
}

bool ends_alnum(const std::string& word) {
  return !word.empty() && std::isalnum(static_cast<unsigned char>(word.back())) != 0;
}
bool begins_alnum(const std::string& word) {
  return !word.empty() && std::isalnum(static_cast<unsigned char>(word[0])) != 0;
}

bool joins_left(const std::string& word) {
  static constexpr std::array<std::string_view, 24> kLeft{
      ",",  ".",   ";",   ":",   "?",  "!",  ")", "]", "}", "%",  "'s",  "n't",
      "’s", "'re", "'ve", "'ll", "'d", "'m", "'", "’", "…", "'S", "N'T", "...",
  };
  return std::find(kLeft.begin(), kLeft.end(), word) != kLeft.end();
}
bool joins_right(const std::string& word) {
  static constexpr std::array<std::string_view, 7> kRight{"(", "[", "{", "$", "£", "€", "#"};
  return std::find(kRight.begin(), kRight.end(), word) != kRight.end();
}

std::string rewritten(std::string text, Rewrite rewrite) {
  if (rewrite == Rewrite::kNone) return text;
  bool start = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool lower = byte >= 'a' && byte <= 'z';
    const bool upper = byte >= 'A' && byte <= 'Z';
    const bool latin = byte == 0xC3 && i + 1 < text.size();  // U+00C0 to U+00FE, except × and ÷
    if (rewrite == Rewrite::kUpper) {
      if (lower) text[i] = static_cast<char>(byte - 32);
      if (latin && (text[i + 1] & 0x20) != 0 && static_cast<unsigned char>(text[i + 1]) != 0xB7 &&
          static_cast<unsigned char>(text[i + 1]) != 0xBF) {
        text[i + 1] = static_cast<char>(text[i + 1] & ~0x20);
      }
    } else if (rewrite == Rewrite::kLower) {
      if (upper) text[i] = static_cast<char>(byte + 32);
      if (latin && (text[i + 1] & 0x20) == 0 && static_cast<unsigned char>(text[i + 1]) != 0x97 &&
          static_cast<unsigned char>(text[i + 1]) != 0x9F) {
        text[i + 1] = static_cast<char>(text[i + 1] | 0x20);
      }
    } else if (start && lower) {
      text[i] = static_cast<char>(byte - 32);
    }
    if (latin) ++i;
    start = byte == ' ';
  }
  return text;
}

}  // namespace

std::string join_words(const std::vector<std::string>& words, std::vector<std::uint32_t>& begins,
                       std::vector<std::uint32_t>& ends) {
  std::string text;
  begins.clear();
  ends.clear();
  bool quote_open = false;
  bool glue = true;  // the next word follows without a space
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    bool glue_next = joins_right(word);
    if (word == "\"") {
      if (quote_open)
        glue = true;
      else
        glue_next = true;
      quote_open = !quote_open;
    } else if (joins_left(word)) {
      glue = true;
    } else if ((word == "-" || word == "/") && i > 0 && i + 1 < words.size() && ends_alnum(words[i - 1]) &&
               begins_alnum(words[i + 1])) {
      glue = glue_next = true;
    }
    if (!glue) text += ' ';
    begins.push_back(static_cast<std::uint32_t>(text.size()));
    text += word;
    ends.push_back(static_cast<std::uint32_t>(text.size()));
    glue = glue_next;
  }
  return text;
}

void read_conll(const std::filesystem::path& path, const std::function<bool(LabelledDocument&&)>& take) {
  const bool zipped = path.extension() == ".gz";
  FILE* file = zipped ? popen(("gzip -dc '" + path.string() + "'").c_str(), "r") : std::fopen(path.c_str(), "r");
  if (file == nullptr) throw std::runtime_error(path.string() + ": cannot be read");
  LabelledDocument document;
  LabelledSentence sentence;
  bool more = true;
  const auto end_sentence = [&] {
    if (!sentence.words.empty()) document.push_back(std::move(sentence));
    sentence = {};
  };
  const auto end_document = [&] {
    end_sentence();
    if (!document.empty()) more = take(std::move(document));
    document = {};
  };
  std::array<char, 4096> buffer;
  while (more && std::fgets(buffer.data(), buffer.size(), file) != nullptr) {
    std::string_view line(buffer.data());
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
    if (line.empty()) {
      end_sentence();
      continue;
    }
    const std::size_t tab = line.find('\t');
    const std::string_view word = line.substr(0, tab);
    if (word == "-DOCSTART-") {
      end_document();
      continue;
    }
    const std::string_view label = tab == std::string_view::npos ? "O" : line.substr(line.rfind('\t') + 1);
    const auto index = static_cast<std::uint32_t>(sentence.words.size());
    sentence.words.push_back(unescape(word));
    if (label.size() < 3) continue;
    const int type = type_number(label.substr(2));
    if (type < 0) continue;
    auto& names = sentence.names;
    const bool continues = label[0] == 'I' && !names.empty() && names.back().end == index && names.back().type == type;
    if (continues)
      names.back().end = index + 1;
    else
      names.push_back({index, index + 1, static_cast<std::uint8_t>(type)});
  }
  if (more) end_document();
  if (zipped)
    pclose(file);
  else
    std::fclose(file);
}

struct ExampleMaker::Tokenizer {
  tokenize::TokenizeStage stage;
  tokenize::TokenizeStage::Scratch scratch;
  ChunkPool pool;
  Arena arena{pool};
  std::vector<std::uint32_t> begins;
  std::vector<std::uint32_t> ends;
};

ExampleMaker::ExampleMaker() : tokenizer_(std::make_unique<Tokenizer>()) {}
ExampleMaker::~ExampleMaker() = default;

void ExampleMaker::add_sentence(const LabelledSentence& sentence, Rewrite rewrite, Example& example) {
  const std::string text = rewritten(join_words(sentence.words, tokenizer_->begins, tokenizer_->ends), rewrite);
  parse::Article article;
  article.text = text;
  tokenizer_->arena.reset();
  const auto tokens = tokenizer_->stage.run({{article}}, tokenizer_->scratch,
                                            StageContext(tokenizer_->arena, StageContext::Clock::time_point::max()));
  if (!tokens) throw std::runtime_error("a training sentence cannot be tokenized: " + tokens.error().message);
  const auto offset = static_cast<std::uint32_t>(example.text.size());
  const auto first = static_cast<std::uint32_t>(example.spans.size());
  example.text += text;
  example.text += '\n';
  for (std::size_t i = 0; i < tokens->size(); ++i) {
    example.spans.push_back({tokens->spans[i].begin + offset, tokens->spans[i].end + offset});
    example.flags.push_back(tokens->flags[i]);
    example.lower_hashes.push_back(tokens->lower_hashes[i]);
  }
  const auto last = static_cast<std::uint32_t>(example.spans.size());
  if (first == last) return;
  example.sentences.push_back({first, last});
  example.labels.resize(last, kOutside);
  for (const LabelledSentence::Span name : sentence.names) {
    const std::uint32_t begin_byte = tokenizer_->begins[name.begin] + offset;
    const std::uint32_t end_byte = tokenizer_->ends[name.end - 1] + offset;
    std::uint32_t begin = first;
    while (begin < last && example.spans[begin].begin < begin_byte) ++begin;
    std::uint32_t end = begin;
    while (end < last && example.spans[end].end <= end_byte) ++end;
    if (begin == end) continue;
    if (end == begin + 1) {
      example.labels[begin] = label_of(kSingle, name.type);
      continue;
    }
    for (std::uint32_t i = begin; i < end; ++i) {
      example.labels[i] = label_of(i == begin ? kBegin : i + 1 == end ? kEnd : kInside, name.type);
    }
  }
}

}  // namespace copydesk::entities::training
