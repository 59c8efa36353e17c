#pragma once
#include <cstdint>
#include <vector>

#include "stages/quotes/candidate.h"
#include "stages/quotes/clauses.h"
#include "stages/quotes/sources.h"

namespace copydesk::quotes {

/// Finds the quotes of one article, unit by unit, in order; keeps what later units need to know of earlier ones.
class Finder {
 public:
  Finder(const ArticleView& article, const Lexicon& lexicon, Candidates& out)
      : article_(article), lexicon_(lexicon), out_(out) {}

  /// What stands in quotation marks as a sentence of its own, and who says it (direct.cpp).
  void find_direct(const Unit& unit);
  /// What a cue's clause reports in other words, or in part in quotation marks (indirect.cpp).
  void find_reported(const Unit& unit);

 private:
  struct CueMatch {
    std::uint32_t begin = kNone;  ///< chunks of the cue
    std::uint32_t end = kNone;
    Source source;
    std::uint16_t cue = 0;
    Rule rule = Rule::kQuotedThenCue;

    [[nodiscard]] bool found() const { return begin != kNone; }
  };
  /// The speaker of a quotation, to be used by the next one that has no cue.
  struct Speaker {
    TokenRange source;
    SourceKind kind = SourceKind::kNone;
    std::uint32_t paragraph = kNone;
    std::uint32_t candidate = kNone;
  };

  [[nodiscard]] CueMatch cue_after(const Unit& unit, std::uint32_t quoted) const;
  [[nodiscard]] CueMatch cue_before(const Unit& unit, std::uint32_t quoted) const;
  void quoted_alone(const Unit& unit, std::uint32_t quoted);
  [[nodiscard]] bool source_for_cue(const Unit& unit, std::uint32_t verb, Source& source) const;

  void verb_cue(const Unit& unit, std::uint32_t verb);
  void complement(const Unit& unit, std::uint32_t verb, const Source& source);
  bool parenthetical(const Unit& unit, std::uint32_t verb, const Source& source);
  void according_to(const Unit& unit, std::uint32_t chunk);
  void headline(const Unit& unit);
  void noun_cue(const Unit& unit, std::uint32_t noun);
  [[nodiscard]] bool is_clause(const Unit& unit, std::uint32_t chunk) const;

  Candidate& add(const Unit& unit, Rule rule, std::uint32_t frame);
  void add_span(Candidate& candidate, TokenRange tokens);
  void set_source(const Unit& unit, Candidate& candidate, const Source& source) const;
  void set_cue(const Unit& unit, Candidate& candidate, std::uint32_t begin, std::uint32_t end) const;
  [[nodiscard]] TokenRange tokens_of(const Unit& unit, ChunkRange chunks) const;
  /// Tokens of a stretch of content, with the quotation marks that belong to it and without outer punctuation.
  [[nodiscard]] TokenRange content_tokens(const Unit& unit, std::uint32_t begin_chunk, std::uint32_t end_chunk) const;

  const ArticleView& article_;
  const Lexicon& lexicon_;
  Candidates& out_;
  Speaker last_;
  Speaker before_last_;
  std::uint32_t paragraph_ = 0;
};

}  // namespace copydesk::quotes
