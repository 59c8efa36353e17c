// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/explain.h"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <string_view>

#include "pipeline/terminal/printable.h"

namespace copydesk::commands {
namespace {

using syntax::Chunk;
using syntax::ChunkKind;
using syntax::Clause;
using syntax::Unit;

constexpr std::array<std::string_view, 9> kClauseKinds{
    "main", "complement", "relative", "adverbial", "coordinate", "infinitive", "participle", "inserted", "parataxis"};

std::string_view kind_of(const syntax::Chunk& chunk) {
  switch (chunk.kind) {
    case syntax::ChunkKind::kNoun: return "noun";
    case syntax::ChunkKind::kVerb: return "verb";
    case syntax::ChunkKind::kPrep: return "prep";
    case syntax::ChunkKind::kThat: return "that";
    case syntax::ChunkKind::kWh: return "wh";
    case syntax::ChunkKind::kQuoted: return "quotation";
    case syntax::ChunkKind::kConjunction: return "conj";
    case syntax::ChunkKind::kAdverb: return "adv";
    case syntax::ChunkKind::kAdjective: return "adj";
    default: return {};
  }
}

std::string_view reason_of(quotes::SourceReason reason) {
  switch (reason) {
    case quotes::SourceReason::kOfCue: return "beside the cue";
    case quotes::SourceReason::kSentenceBefore: return "no cue: the subject of the sentence before";
    case quotes::SourceReason::kContinued: return "no cue: the speaker before goes on";
    case quotes::SourceReason::kAlternates: return "no cue: the other speaker answers a question";
    case quotes::SourceReason::kNone: break;
  }
  return "none in the text";
}

/// Writes the layers of one article as lines.
class Explainer {
 public:
  explicit Explainer(const engine::ArticleGraph::Slot& slot)
      : article_(slot.get<parse::Article>()),
        tokens_(slot.get<tokenize::Tokens>()),
        syntax_(slot.get<syntax::Syntax>()),
        quotes_(slot.get<quotes::Quotes>()),
        resolution_(slot.get<resolve::Resolution>()) {}

  std::string lines() {
    line(0, "{}", terminal::printable(article_.id));
    for (const syntax::Unit& unit : syntax_.units) show(unit, "sentence");
    for (const syntax::Unit& unit : syntax_.quoted_units) show(unit, "quoted sentence");
    for (std::size_t i = 0; i < quotes_.items.size(); ++i) show(quotes_.items[i], i);
    return std::move(out_);
  }

 private:
  static constexpr std::size_t kWidth = 90;  // bytes of a text in a line

  template <class... Arguments>
  void line(std::size_t indent, fmt::format_string<Arguments...> form, Arguments&&... arguments) {
    out_.append(indent, ' ');
    fmt::format_to(std::back_inserter(out_), form, std::forward<Arguments>(arguments)...);
    out_ += '\n';
  }
  [[nodiscard]] std::string text(Span span) const { return terminal::printable(span.of(article_.text), kWidth); }
  [[nodiscard]] Span span_of(const syntax::Unit& unit, syntax::ChunkRange chunks) const {
    return tokens_.span_of(
        {unit.words[unit[chunks.begin].begin].token, unit.words[unit[chunks.end - 1].end - 1].last + 1});
  }
  [[nodiscard]] std::string words(const syntax::Unit& unit, std::uint32_t chunk) const {
    if (unit.is(chunk, syntax::ChunkKind::kQuoted)) {
      return text(tokens_.span_of(syntax_.quotations[unit[chunk].region].tokens));
    }
    return text(span_of(unit, {chunk, chunk + 1}));
  }

  void show(const syntax::Unit& unit, std::string_view what);
  void show(const syntax::Unit& unit, const syntax::Clause& clause, std::size_t number);
  void show(const quotes::Quote& quote, std::size_t index);
  void show_entity(const quotes::Quote& quote, std::uint32_t entity, std::size_t index);

  const parse::Article& article_;
  const tokenize::Tokens& tokens_;
  const syntax::Syntax& syntax_;
  const quotes::Quotes& quotes_;
  const resolve::Resolution& resolution_;
  std::string out_;
};

void Explainer::show(const syntax::Unit& unit, std::string_view what) {
  if (unit.size() == 0) return;
  line(2, "{}  {}", what, text(tokens_.span_of(unit.tokens)));
  std::string phrases;
  for (std::uint32_t chunk = 0; chunk < unit.size(); ++chunk) {
    if (const std::string_view kind = kind_of(unit[chunk]); !kind.empty()) {
      phrases += fmt::format(" [{}]{}", words(unit, chunk), kind);
    } else {
      phrases += " " + words(unit, chunk);
    }
  }
  line(4, "phrases{}", phrases);
  for (std::size_t i = 0; i < unit.clauses.size(); ++i) show(unit, unit.clauses[i], i);
  for (const syntax::ChunkPair pair : unit.appositions) {
    line(4, "apposition  {} = {}", words(unit, pair.first), words(unit, pair.second));
  }
  for (const syntax::ChunkPair pair : unit.coordinations) {
    line(4, "coordination  {} + {}", words(unit, pair.first), words(unit, pair.second));
  }
}

void Explainer::show(const syntax::Unit& unit, const syntax::Clause& clause, std::size_t number) {
  std::string parts = fmt::format("clause {}  {}", number + 1, kClauseKinds[static_cast<std::size_t>(clause.kind)]);
  if (clause.parent != syntax::kNoIndex) parts += fmt::format(" of {}", clause.parent + 1);
  if (clause.opener != syntax::kNoIndex) parts += fmt::format("; opener {}", words(unit, clause.opener));
  if (clause.subject != syntax::kNoIndex) {
    parts += fmt::format("; subject {}{}", words(unit, clause.subject), clause.shared_subject ? " (shared)" : "");
  }
  parts += fmt::format("; verb {}", words(unit, clause.verb));
  if (clause.object != syntax::kNoIndex) parts += fmt::format("; object {}", words(unit, clause.object));
  line(4, "{}", parts);
}

void Explainer::show(const quotes::Quote& quote, std::size_t index) {
  line(2, "quote {}  {}", index + 1, text(quote.extent));
  line(4, "construction  {}; cue {}; confidence {:.2f}", quote.construction,
       quote.cue.empty() ? "none" : text(quote.cue), quote.confidence);
  line(4, "source  {}; {}", quote.source.empty() ? "none" : text(quote.source), reason_of(quote.source_reason));
  if (!quote.antecedent.empty()) line(4, "stands for  {}", text(quote.antecedent));
  const std::uint32_t entity = index < resolution_.speakers.size() ? resolution_.speakers[index] : resolve::kNoEntity;
  if (entity == resolve::kNoEntity) {
    line(4, "speaker  none: the source names nobody, or nobody surely enough");
  } else {
    show_entity(quote, entity, index);
  }
}

void Explainer::show_entity(const quotes::Quote& quote, std::uint32_t entity, std::size_t index) {
  const resolve::Entity& who = resolution_.entities[entity];
  std::string parts = fmt::format("speaker  {} ({})", terminal::printable(who.name), name_of(who.type));
  if (index < resolution_.speaker_confidence.size()) {
    parts += fmt::format("; confidence {:.2f}", resolution_.speaker_confidence[index]);
  }
  const resolve::Mention* source = nullptr;
  const resolve::Mention* before = nullptr;  // the nearest mention of the same before the source that is no pronoun
  for (const resolve::Mention& mention : resolution_.mentions) {
    if (mention.entity != entity) continue;
    if (source == nullptr && quote.source.contains(mention.span)) source = &mention;
    if (mention.span.begin < quote.source.begin && mention.kind != resolve::MentionKind::kPronoun) before = &mention;
  }
  if (source != nullptr && source->kind == resolve::MentionKind::kName) {
    parts += "; named in the source";
  } else if (before != nullptr) {
    parts += fmt::format("; {} stands for {} at byte {}", text(source != nullptr ? source->span : quote.source),
                         text(before->span), before->span.begin);
  }
  line(4, "{}", parts);
}

}  // namespace

std::string explanation_of(const engine::ArticleGraph::Slot& slot) {
  return Explainer(slot).lines();
}

}  // namespace copydesk::commands
