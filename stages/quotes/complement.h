// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "stages/quotes/finder.h"
#include "stages/syntax/extents.h"

namespace copydesk::quotes {

/// What one verb takes, read frame by frame: after it, `frame` is the one that fits, or 0, and [begin, end) are the
/// chunks of its content.
class Complement {
 public:
  Complement(const syntax::ArticleView& article, const syntax::Lexicon& lexicon, const syntax::Unit& unit,
             std::uint32_t verb, const Source& source)
      : at(verb + 1),
        article_(article),
        lexicon_(lexicon),
        unit_(unit),
        verb_(verb),
        source_(source),
        cue_(lexicon.cue(unit[verb].cue)) {
    while (unit.is(at, syntax::ChunkKind::kAdverb) ||
           (unit.is(at, syntax::ChunkKind::kPrep) && unit.words[unit[at].begin].tag == tag::Tag::kRP)) {
      ++at;  // "points out that"
    }
    begin = end = at;
    subordinate_ = is_subordinate();
  }

  /// "was asked why …", "is expected to leave", "was criticized by her". False where the verb is no passive.
  bool read_passive();
  /// "The dam seems safe", "he appears to agree": the subject is a part of what is said, and nobody is named.
  bool read_raising();
  /// Anything else that a verb may take.
  void read_active() {
    read_clause();
    if (frame == 0) read_colon();
    if (frame == 0 || frame == syntax::kBareClause) read_quoted_words();
    if (frame == 0) read_answer();
    if (frame == 0) read_phrase();
  }

  std::uint32_t at;  ///< past the verb and its adverbs, or past what was skipped
  std::uint32_t frame = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool with_subject = false;  ///< the verb's subject is the content, or a part of it
  Source agent;               ///< of a passive

 private:
  [[nodiscard]] const syntax::Chunk& verb_chunk() const { return unit_[verb_]; }
  [[nodiscard]] bool is_subordinate() const;
  [[nodiscard]] syntax::Frame bare_frame(std::uint32_t subject) const;
  void read_opening();
  void read_clause();
  void read_colon();
  void read_quoted_words();
  void read_answer();
  void read_phrase();
  void read_object();

  void clause_from(std::uint32_t from, syntax::Frame which) {
    frame = which;
    begin = from;
    end = syntax::clause_end(unit_, lexicon_, from, subordinate_);
  }
  void phrase_from(std::uint32_t from, syntax::Frame which) {
    frame = which;
    begin = from;
    end = syntax::verb_phrase_end(unit_, lexicon_, from);
  }

  const syntax::ArticleView& article_;
  const syntax::Lexicon& lexicon_;
  const syntax::Unit& unit_;
  std::uint32_t verb_;
  const Source& source_;
  const syntax::Cue& cue_;
  bool subordinate_ = false;
};

}  // namespace copydesk::quotes
