// SPDX-License-Identifier: Apache-2.0
#include "stages/entities/entities_stage.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "stages/tokenize/hash.h"

namespace copydesk::entities {

namespace {

/// A document longer than this many tokens is worked on in pieces, and a sentence longer than that one is cut, so that
/// memory stays bounded whatever the input.
constexpr std::uint32_t kWindowTokens = 16384;
constexpr std::uint32_t kSentenceTokens = 512;

constexpr float kConfidenceSlope = 0.525F;
constexpr float kConfidenceOffset = 0.15F;

/// How sure the model is of a name: by how much its least certain token prefers the name's type to any other, through a
/// logistic curve. Not a probability of the whole sequence, but close to how often such names are right; see
/// docs/entities.md.
float confidence(const entities::NameTagger& tagger, std::span<const std::uint8_t> labels, std::uint32_t begin,
                 std::uint32_t end, float unit) {
  const std::size_t type = entities::type_of(labels[begin]);
  int least = 1 << 20;
  for (std::uint32_t token = begin; token < end; ++token) {
    const std::int16_t* scores = tagger.scores(token);
    int other = scores[entities::kOutside];
    for (std::size_t rival = 0; rival < entities::kTypes; ++rival) {
      if (rival == type) continue;
      for (std::size_t place = 0; place < 4; ++place) {
        other = std::max<int>(other, scores[place * entities::kLanes + rival]);
      }
    }
    least = std::min(least, scores[labels[token]] - other);
  }
  return 1.0F / (1.0F + std::exp(-static_cast<float>(least) * unit * kConfidenceSlope - kConfidenceOffset));
}

/// The possessive belongs to the name by the guidelines that the model learnt, not by ours.
bool is_possessive(const tokenize::Tokens& tokens, std::uint32_t token) {
  static constexpr std::uint64_t kMark = tokenize::hash_lower("'s");
  static constexpr std::uint64_t kBareMark = tokenize::hash_lower("'");
  return tokens.lower_hashes[token] == kMark || tokens.lower_hashes[token] == kBareMark;
}

void collect(const entities::NameTagger& tagger, std::span<const std::uint8_t> labels, const tokenize::Tokens& tokens,
             std::uint32_t first, float unit, std::vector<Name>& found) {
  for (std::uint32_t i = 0; i < labels.size(); ++i) {
    const std::size_t type = entities::type_of(labels[i]);
    if (type == entities::kNoName) continue;
    const std::uint32_t begin = i;
    if (entities::place_of(labels[i]) == entities::kBegin) {
      while (i + 1 < labels.size() && entities::place_of(labels[i]) != entities::kEnd) ++i;
    }
    const std::uint32_t end = i > begin && is_possessive(tokens, first + i) ? i : i + 1;
    found.push_back(
        {{first + begin, first + end}, static_cast<EntityType>(type), confidence(tagger, labels, begin, i + 1, unit)});
  }
}

}  // namespace

EntitiesStage::EntitiesStage(const std::filesystem::path& model, std::shared_ptr<const DeskNamesFile> desk)
    : model_(std::make_shared<const entities::NameModel>(model)), desk_(std::move(desk)) {}

Result<Names> EntitiesStage::run(const Input& input, Scratch& scratch, const StageContext& context) const {
  const parse::Article& article = input.get<parse::Article>();
  const tokenize::Tokens& tokens = input.get<tokenize::Tokens>();
  if (article.analysis != parse::Analysis::kFull) return Names{};
  scratch.names.clear();
  scratch.sentences.clear();
  for (const TokenRange sentence : tokens.sentences) {
    for (std::uint32_t begin = sentence.begin; begin < sentence.end; begin += kSentenceTokens) {
      scratch.sentences.push_back({begin, std::min(begin + kSentenceTokens, sentence.end)});
    }
  }
  const std::span<const TokenRange> sentences = scratch.sentences;
  for (std::size_t first = 0; first < sentences.size();) {
    if (context.expired()) return Error{ErrorCode::kDeadline, "finding names took longer than the article's time"};
    std::size_t last = first + 1;
    while (last < sentences.size() && sentences[last].end - sentences[first].begin <= kWindowTokens) ++last;
    const TokenRange range{sentences[first].begin, sentences[last - 1].end};
    const std::span<const std::uint8_t> labels =
        scratch.tagger.tag(*model_, article.text, tokens, range, sentences.subspan(first, last - first));
    collect(scratch.tagger, labels, tokens, range.begin, model_->unit, scratch.names);
    first = last;
  }
  if (desk_ != nullptr) desk_->current()->apply(article.text, tokens, scratch.names);
  return Names{context.arena().copy(scratch.names)};
}

}  // namespace copydesk::entities
