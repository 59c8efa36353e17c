// SPDX-License-Identifier: Apache-2.0
#include "stages/entities/name_tagger.h"

#include <algorithm>

namespace copydesk::entities {

/// Three tokens are under way at once, so that memory is asked for long before it is read: the first looks up where its
/// features may be, the second which rows they have, the third adds them.
void NameTagger::add_sparse(const NameModel& model, std::size_t count, std::int16_t* scores) {
  for (std::size_t step = 0; step < count + 2; ++step) {
    if (step < count) {
      Pending& next = pending_[step % 3];
      std::size_t found = 0;
      visit_sparse(padded_.data(), step + 2, [&](std::uint64_t hash) {
        const std::uint16_t* bucket = model.sparse.bucket(hash);
        __builtin_prefetch(bucket);
        next.features[found] = hash;
        next.buckets[found++] = bucket;
      });
      next.count = found;
    }
    if (step >= 1 && step - 1 < count) {
      Pending& middle = pending_[(step - 1) % 3];
      std::size_t found = 0;
      for (std::size_t i = 0; i < middle.count; ++i) {
        const std::int8_t* row = model.sparse.row(middle.buckets[i], middle.features[i]);
        if (row == nullptr) continue;
        __builtin_prefetch(row);
        __builtin_prefetch(row + kLabels - 1);
        middle.rows[found++] = row;
      }
      middle.count = found;
    }
    if (step >= 2) {
      const Pending& last = pending_[(step - 2) % 3];
      model.kernels->add_scores(last.rows.data(), last.count, scores + (step - 2) * kWidth);
    }
  }
}

void NameTagger::score_sentence(const NameModel& model, std::span<const TokenFacts> sentence, std::int16_t* scores) {
  const std::size_t count = sentence.size();
  padded_.assign(count + 4, TokenFacts{});
  std::copy(sentence.begin(), sentence.end(), padded_.begin() + 2);

  embedded_.resize((count + 4) * kWidth);
  std::fill_n(embedded_.begin(), 2 * kWidth, std::int16_t{0});
  std::fill_n(embedded_.end() - 2 * kWidth, 2 * kWidth, std::int16_t{0});
  dense_.resize(count * kMaxDense);
  dense_end_.resize(count);
  std::uint32_t found = 0;
  for (std::size_t i = 0; i < count; ++i) {
    dense_[found++] = kSourceRows.first + kSourceRows.count - 1;
    visit_dense(sentence[i], [&](std::uint32_t row) {
      __builtin_prefetch(model.embeddings + std::size_t{row} * kWidth);
      dense_[found++] = row;
    });
    dense_end_[i] = found;
  }
  std::uint32_t begin = 0;
  for (std::size_t i = 0; i < count; ++i) {
    model.kernels->embed(model.embeddings, dense_.data() + begin, dense_end_[i] - begin,
                         embedded_.data() + (i + 2) * kWidth);
    begin = dense_end_[i];
  }
  hidden_.resize((count + 2) * kHidden);
  std::fill_n(hidden_.begin(), kHidden, std::int16_t{0});
  std::fill_n(hidden_.end() - kHidden, kHidden, std::int16_t{0});
  hidden_two_.resize(count * kHiddenTwo);
  model.kernels->layer(model.first, embedded_.data(), kWidth, count, hidden_.data() + kHidden, kHidden);
  model.kernels->layer(model.second, hidden_.data(), kHidden, count, hidden_two_.data(), kHiddenTwo);
  model.kernels->layer(model.output, hidden_two_.data(), kHiddenTwo, count, scores, kWidth);
  add_sparse(model, count, scores);
}

std::span<const std::uint8_t> NameTagger::tag(const NameModel& model, std::string_view text,
                                              const tokenize::Tokens& tokens, TokenRange range,
                                              std::span<const TokenRange> sentences) {
  facts_ = finder_.find(model.lexicon, text, tokens, range, sentences);
  labels_.resize(range.size());
  scores_.resize(range.size() * kWidth);
  for (const TokenRange sentence : sentences) {
    const std::size_t first = sentence.begin - range.begin;
    std::int16_t* scores = scores_.data() + first * kWidth;
    score_sentence(model, facts_.subspan(first, sentence.size()), scores);
    back_.resize(std::size_t{sentence.size()} * 64);
    model.kernels->decode(model.transitions, scores, sentence.size(), back_.data(), labels_.data() + first);
  }
  votes_.collect(labels_, facts_);
  for (const TokenRange sentence : sentences) {
    const std::size_t first = sentence.begin - range.begin;
    const std::span<std::uint8_t> labels = std::span(labels_).subspan(first, sentence.size());
    std::int16_t* scores = scores_.data() + first * kWidth;
    if (!votes_.apply(labels, facts_.subspan(first, sentence.size()), 1 / model.unit, scores)) continue;
    back_.resize(labels.size() * 64);
    model.kernels->decode(model.transitions, scores, labels.size(), back_.data(), labels.data());
  }
  return labels_;
}

}  // namespace copydesk::entities
