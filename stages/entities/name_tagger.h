// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "stages/entities/name_features.h"
#include "stages/entities/name_model.h"
#include "stages/entities/name_votes.h"
#include "stages/entities/token_facts.h"

namespace copydesk::entities {

/// Runs the model over one window of an article. Keeps its buffers; one per thread.
class NameTagger {
 public:
  /// Labels of tokens [range.begin, range.end), of which `sentences` are the sentences. Valid until the next call.
  std::span<const std::uint8_t> tag(const NameModel& model, std::string_view text, const tokenize::Tokens& tokens,
                                    TokenRange range, std::span<const TokenRange> sentences);

  /// The facts that the last call found, and its scores: rows of 64 of which 48 count.
  [[nodiscard]] std::span<const TokenFacts> facts() const noexcept { return facts_; }
  [[nodiscard]] const std::int16_t* scores(std::size_t token) const noexcept { return scores_.data() + token * kWidth; }

 private:
  void score_sentence(const NameModel& model, std::span<const TokenFacts> sentence, std::int16_t* scores);
  void add_sparse(const NameModel& model, std::size_t count, std::int16_t* scores);

  FactFinder finder_;
  NameVotes votes_;
  std::span<TokenFacts> facts_;
  std::vector<TokenFacts> padded_;    // one sentence, with two empty facts at either end
  std::vector<std::uint32_t> dense_;  // rows of the embedding table, token after token
  std::vector<std::uint32_t> dense_end_;
  std::vector<std::int16_t> embedded_;  // inputs of the network, two empty rows at either end
  std::vector<std::int16_t> hidden_;    // first layer's outputs, one empty row at either end
  std::vector<std::int16_t> hidden_two_;
  std::vector<std::int16_t> scores_;
  std::vector<std::uint8_t> back_;
  std::vector<std::uint8_t> labels_;

  struct Pending {
    std::array<std::uint64_t, kMaxSparse> features;
    std::array<const std::uint16_t*, kMaxSparse> buckets;
    std::array<const std::int8_t*, kMaxSparse> rows;
    std::size_t count = 0;
  };
  std::array<Pending, 3> pending_;
};

}  // namespace copydesk::entities
