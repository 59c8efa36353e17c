// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>

#include "stages/syntax/chunk_tests.h"
#include "stages/syntax/clauses.h"
#include "stages/syntax/unit.h"

namespace copydesk::syntax {

/// "did", "will", "have": a verb group that may stand before its subject in a question.
[[nodiscard]] inline bool is_auxiliary(const Unit& unit, const Chunk& verb) {
  const WordClass head = verb.word_class;
  return verb.has(kFinite) && (head == WordClass::kDo || head == WordClass::kBe || head == WordClass::kHave ||
                               unit.words[verb.head].tag == tag::Tag::kMD);
}

/// "he", "they": a pronoun that only a verb can follow.
[[nodiscard]] inline bool is_nominative(const Chunk& chunk) {
  return chunk.has(kPronoun) && chunk.word_class != WordClass::kRecipient;
}

/// Stands between clauses and belongs to none.
[[nodiscard]] inline bool is_joint(ChunkKind kind) {
  return kind == ChunkKind::kComma || kind == ChunkKind::kConjunction || kind == ChunkKind::kDash ||
         kind == ChunkKind::kStop || kind == ChunkKind::kSemicolon || kind == ChunkKind::kColon;
}

/// "that", "who", "which", "what": may be the subject of the clause that it opens.
[[nodiscard]] inline bool stands_for_noun(const Chunk& opener) {
  return opener.kind == ChunkKind::kThat ||
         (opener.kind == ChunkKind::kWh && opener.word_class != WordClass::kWhAdverb);
}

inline constexpr std::size_t kNoDepth = ~std::size_t{0};

/// Builds the clauses of one unit: what each kind of chunk does to the stack of open ones. What noun phrases and
/// openers do is in clause_phrases.cpp, what verbs do in clause_verbs.cpp.
class ClauseBuilder {
 public:
  ClauseBuilder(const Unit& unit, const Lexicon& lexicon, ClauseBuffer& buffer)
      : unit_(unit), lexicon_(lexicon), buffer_(buffer) {}

  void run() {
    open(ClauseKind::kMain, 0);
    for (std::uint32_t at = 0; at < unit_.size(); ++at) step(at);
    close_to(0, unit_.size());
    drop_verbless();
  }

 private:
  [[nodiscard]] Clause& top() { return buffer_.clauses[buffer_.open.back().clause]; }
  [[nodiscard]] Clause& clause_at(std::size_t depth) { return buffer_.clauses[buffer_.open[depth].clause]; }
  [[nodiscard]] bool waits(const Clause& clause) const { return clause.verb == kNoIndex && clause.subject != kNoIndex; }
  [[nodiscard]] bool is_finite_clause(const Clause& clause) const {
    return clause.verb != kNoIndex && is_finite_verb(unit_[clause.verb]);
  }
  /// Over adverbs, to the left of `at`.
  [[nodiscard]] std::uint32_t before_adverbs(std::uint32_t at) const {
    while (at > 0 && unit_.is(at - 1, ChunkKind::kAdverb)) --at;
    return at;
  }
  [[nodiscard]] std::uint32_t past_adverbs(std::uint32_t at) const {
    while (unit_.is(at, ChunkKind::kAdverb)) ++at;
    return at;
  }

  void open(ClauseKind kind, std::uint32_t begin, std::uint32_t opener = kNoIndex, bool inserted = false);
  /// Closes all clauses that are open from `depth` on, before chunk `end`.
  void close_to(std::size_t depth, std::uint32_t end);
  /// The depth of the innermost clause for which `wanted` holds, not beyond an insertion; npos where there is none.
  template <class Wanted>
  [[nodiscard]] std::size_t innermost(Wanted wanted) const;

  void step(std::uint32_t at);
  void punctuation(std::uint32_t at);
  void insertion(std::uint32_t at, bool opens);
  void preposition(std::uint32_t at);
  [[nodiscard]] bool is_determiner(std::uint32_t at) const;
  void opener(std::uint32_t at);
  void conjunction(std::uint32_t at);
  void noun(std::uint32_t at);
  [[nodiscard]] bool leads_to_verb(std::uint32_t at) const;
  [[nodiscard]] bool begins_clause(std::uint32_t at) const;
  void noun_before_verb(std::uint32_t at);
  void noun_after_verb(std::uint32_t at);
  void finite_verb(std::uint32_t at);
  void other_verb(std::uint32_t at);
  void set_verb(std::uint32_t at);
  void coordinated_verb(std::uint32_t at);
  void share_subject(std::uint32_t at, std::size_t depth);
  [[nodiscard]] bool is_modifier(std::uint32_t at) const;
  static void take_participle(Clause& clause, Clause& participle);
  void complete(Clause& clause, std::uint32_t end);
  void subject_after(std::uint32_t at);
  void drop_verbless();

  const Unit& unit_;
  const Lexicon& lexicon_;
  ClauseBuffer& buffer_;
  std::uint32_t joined_ = kNoIndex;     ///< the conjunction after which only adjuncts stood: "and in May | left"
  std::uint32_t asked_ = kNoIndex;      ///< the auxiliary of a question whose verb is still to come
  std::uint32_t last_noun_ = kNoIndex;  ///< nearest noun phrase to the left that no preposition governs
};

template <class Wanted>
std::size_t ClauseBuilder::innermost(Wanted wanted) const {
  for (std::size_t depth = buffer_.open.size(); depth > 0; --depth) {
    if (wanted(buffer_.clauses[buffer_.open[depth - 1].clause])) return depth - 1;
    if (buffer_.open[depth - 1].inserted) break;
  }
  return kNoDepth;
}

}  // namespace copydesk::syntax
