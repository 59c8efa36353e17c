// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "stages/entities/name_labels.h"
#include "stages/tokenize/tokens.h"

namespace copydesk::entities::training {

/// One sentence as a corpus has it: words and one type per word, BIO already resolved into spans.
struct LabelledSentence {
  struct Span {
    std::uint32_t begin;  ///< words, half-open
    std::uint32_t end;
    std::uint8_t type;
  };
  std::vector<std::string> words;
  std::vector<Span> names;
};
using LabelledDocument = std::vector<LabelledSentence>;

/// A document as the stage sees it: text, our own tokens, and a label per token.
struct Example {
  std::string text;
  std::vector<Span> spans;
  std::vector<std::uint16_t> flags;
  std::vector<std::uint64_t> lower_hashes;
  std::vector<TokenRange> sentences;
  std::vector<std::uint8_t> labels;
  float weight = 1;
  std::uint8_t source = 0;

  [[nodiscard]] tokenize::Tokens tokens() const { return {spans, flags, lower_hashes, sentences}; }
};

/// Reads a CoNLL file (plain or .gz): word first, BIO label last, tabs between. Types that are no names' are left out.
/// Calls `take` per document, until it returns false. Throws std::runtime_error where the file cannot be read.
void read_conll(const std::filesystem::path& path, const std::function<bool(LabelledDocument&&)>& take);

/// How a sentence is written again.
enum class Rewrite { kNone, kUpper, kLower, kTitle };

/// Joins words into text as a newspaper would print it, splits it with the pipeline's own tokenizer, and carries the
/// labels over.
class ExampleMaker {
 public:
  ExampleMaker();
  ~ExampleMaker();
  void add_sentence(const LabelledSentence& sentence, Rewrite rewrite, Example& example);

 private:
  struct Tokenizer;
  std::unique_ptr<Tokenizer> tokenizer_;
};

/// The text of `words` with spaces as printed; `begins` and `ends` receive each word's bytes.
[[nodiscard]] std::string join_words(const std::vector<std::string>& words, std::vector<std::uint32_t>& begins,
                                     std::vector<std::uint32_t>& ends);

}  // namespace copydesk::entities::training
