#include "stages/entities/entities_stage.h"

#include <algorithm>

namespace copydesk {

namespace {

/// A document longer than this many tokens is worked on in pieces, and a sentence longer than that one is cut, so that
/// memory stays bounded whatever the input.
constexpr std::uint32_t kWindowTokens = 16384;
constexpr std::uint32_t kSentenceTokens = 512;

void collect(std::span<const std::uint8_t> labels, std::uint32_t first, std::vector<Name>& found) {
  for (std::uint32_t i = 0; i < labels.size(); ++i) {
    const std::size_t type = names::type_of(labels[i]);
    if (type == names::kNoName) continue;
    const std::uint32_t begin = i;
    if (names::place_of(labels[i]) == names::kBegin) {
      while (i + 1 < labels.size() && names::place_of(labels[i]) != names::kEnd) ++i;
    }
    found.push_back({{first + begin, first + i + 1}, static_cast<EntityType>(type), 1.0F});
  }
}

}  // namespace

EntitiesStage::EntitiesStage(const std::filesystem::path& model)
    : model_(std::make_shared<const names::NameModel>(model)) {}

Result<Names> EntitiesStage::run(const Input& input, Scratch& scratch, const StageContext& context) const {
  const Article& article = input.get<Article>();
  const Tokens& tokens = input.get<Tokens>();
  if (article.analysis != Analysis::kFull) return Names{};
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
    collect(scratch.tagger.tag(*model_, article.text, tokens, range, sentences.subspan(first, last - first)),
            range.begin, scratch.names);
    first = last;
  }
  return Names{context.arena().copy(scratch.names)};
}

}  // namespace copydesk
