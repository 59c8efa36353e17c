// SPDX-License-Identifier: Apache-2.0
#include "stages/tag/tag_stage.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "stages/tag/punctuation_tag.h"

namespace copydesk::tag {
namespace {

static_assert(Stage<TagStage>);

using tag::kContext;
using tag::Model;
using tag::WeightRow;
using tag::WordView;

/// Adds up the weights of the features and returns the best of the allowed tags.
Tag best_tag(const Model& model, const std::array<std::uint64_t, tag::kFeatures>& features, std::uint64_t allowed) {
  std::array<const WeightRow*, tag::kFeatures> rows;
  std::size_t found = 0;
  for (const std::uint64_t feature : features) {
    const WeightRow* row = model.row(feature);
    rows[found] = row;
    if (row != nullptr) {
      __builtin_prefetch(row);
      ++found;
    }
  }
  // Eight tags in a register; a plain loop over 40 ends in one that adds eight of them one by one.
  using Eight [[gnu::vector_size(16)]] = std::int16_t;
  using EightBytes [[gnu::vector_size(8)]] = std::int8_t;
  constexpr std::size_t kEights = sizeof(WeightRow) / sizeof(EightBytes);
  std::array<Eight, kEights> sums{};
  for (std::size_t i = 0; i < found; ++i) {
    for (std::size_t k = 0; k < kEights; ++k) {
      EightBytes weights;
      std::memcpy(&weights, rows[i]->of.data() + k * sizeof(weights), sizeof(weights));
      sums[k] += __builtin_convertvector(weights, Eight);
    }
  }
  std::array<std::int16_t, sizeof(WeightRow)> scores;
  static_assert(sizeof(scores) == sizeof(sums));
  std::memcpy(scores.data(), sums.data(), sizeof(scores));
  auto best = static_cast<std::size_t>(std::countr_zero(allowed));
  for (std::uint64_t rest = allowed & (allowed - 1); rest != 0; rest &= rest - 1) {
    const auto tag = static_cast<std::size_t>(std::countr_zero(rest));
    if (scores[tag] > scores[best]) best = tag;
  }
  return static_cast<Tag>(best);
}

}  // namespace

Result<Tags> TagStage::run(const Input& input, Scratch& scratch, const StageContext& context) const {
  const parse::Article& article = input.get<parse::Article>();
  const tokenize::Tokens& tokens = input.get<tokenize::Tokens>();
  if (article.analysis != parse::Analysis::kFull) return Tags{};
  const std::span<Tag> tags = context.arena().make_array<Tag>(tokens.size());
  // Of the word at hand and of the next one, whose weights are on their way from memory meanwhile.
  std::array<std::array<std::uint64_t, tag::kFeatures>, 2> features;
  WordView* const words = scratch.words.data() + kContext;
  for (const TokenRange sentence : tokens.sentences) {
    std::uint32_t before = tag::kNoTag;
    std::uint32_t before_that = tag::kNoTag;
    // Long sentences in pieces, so that a text without an end of sentence needs no more memory than others.
    for (std::uint32_t begin = sentence.begin; begin < sentence.end; begin += Scratch::kPiece) {
      const std::uint32_t size = std::min<std::uint32_t>(sentence.end - begin, Scratch::kPiece);
      for (std::size_t i = 0; i < size + 2 * kContext; ++i) {
        const std::size_t token = begin + i - kContext;  // wraps below zero where the text starts
        WordView& word = scratch.words[i];
        word = {};
        if (begin + i < sentence.begin + kContext || token >= sentence.end) continue;
        word = tag::word_view(article.text, tokens.spans[token], tokens.flags[token], tokens.lower_hashes[token]);
        model_->look_up(word);
      }
      const auto prepare = [&](std::size_t i) {
        if (i >= size || (words[i].flags & tokenize::kPunctuation) != 0 || words[i].fixed != 0xFF) return;
        std::uint64_t* const of_word = features[i % 2].data();
        tag::static_features(words + i, of_word);
        for (std::size_t k = 0; k < tag::kStaticFeatures; ++k) model_->prefetch(of_word[k]);
      };
      prepare(0);
      for (std::size_t i = 0; i < size; ++i) {
        prepare(i + 1);
        const WordView& word = words[i];
        Tag tag{};
        if ((word.flags & tokenize::kPunctuation) != 0) {
          const bool between_numbers = ((&word)[-1].flags & (&word)[1].flags & tokenize::kNumeric) != 0;
          tag = tag::punctuation_tag(tokens.text(article.text, begin + i), between_numbers);
        } else if (word.fixed != 0xFF) {
          tag = static_cast<Tag>(word.fixed);
        } else {
          std::array<std::uint64_t, tag::kFeatures>& of_word = features[i % 2];
          tag::dynamic_features(&word, before, before_that, of_word.data() + tag::kStaticFeatures);
          for (std::size_t k = tag::kStaticFeatures; k < of_word.size(); ++k) model_->prefetch(of_word[k]);
          tag = best_tag(*model_, of_word, model_->allowed(word.ambiguity));
        }
        tags[begin + i] = tag;
        before_that = before;
        before = static_cast<std::uint32_t>(tag);
      }
      if (context.expired()) return Error{ErrorCode::kDeadline, "tagging parts of speech took too long"};
    }
  }
  return Tags{tags};
}

}  // namespace copydesk::tag
