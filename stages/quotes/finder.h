// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "stages/quotes/candidate.h"
#include "stages/quotes/dialogue.h"
#include "stages/syntax/subjects.h"
#include "stages/syntax/unit.h"

namespace copydesk::quotes {

/// Whose words they are, by position in the unit.
using Source = syntax::Subject;

/// Finds the quotes of one article, unit by unit, in order; keeps what later units need to know of earlier ones.
class Finder {
 public:
  Finder(const syntax::ArticleView& article, const syntax::Lexicon& lexicon, Candidates& out)
      : article_(article), lexicon_(lexicon), out_(out) {}

  /// What stands in quotation marks as a sentence of its own, and who says it (direct.cpp).
  void find_direct(const syntax::Unit& unit);
  /// What a cue's clause reports in other words, or in part in quotation marks (indirect.cpp).
  void find_reported(const syntax::Unit& unit);

 private:
  struct CueMatch {
    std::uint32_t begin = syntax::kNoIndex;  ///< chunks of the cue
    std::uint32_t end = syntax::kNoIndex;
    Source source;
    std::uint16_t cue = 0;
    Rule rule = Rule::kQuotedThenCue;

    [[nodiscard]] bool found() const { return begin != syntax::kNoIndex; }
  };
  [[nodiscard]] CueMatch cue_after(const syntax::Unit& unit, std::uint32_t quoted) const;
  [[nodiscard]] CueMatch cue_before(const syntax::Unit& unit, std::uint32_t quoted) const;
  [[nodiscard]] static Source inverted_subject(const syntax::Unit& unit, std::uint32_t verb, bool known);
  [[nodiscard]] static CueMatch name_after_dash(const syntax::Unit& unit, std::uint32_t quoted, std::uint32_t floor);
  [[nodiscard]] CueMatch label_before(const syntax::Unit& unit, std::uint32_t first, std::uint32_t quoted) const;
  /// The second cue between two quotations: "A," he said, adding, "B".
  [[nodiscard]] CueMatch cue_between(const syntax::Unit& unit, std::uint32_t left, std::uint32_t right) const;
  [[nodiscard]] Source speaker_before(const syntax::Unit& unit, std::uint32_t verb) const;
  void quoted_alone(const syntax::Unit& unit, std::uint32_t quoted);
  [[nodiscard]] CueMatch cue_of(const syntax::Unit& unit, std::uint32_t quoted) const;
  void sign_off(const syntax::Unit& unit);
  bool joins_previous(const syntax::Unit& unit, std::uint32_t left, std::uint32_t right);
  [[nodiscard]] TokenRange content_before_cue(const syntax::Unit& unit, std::uint32_t quoted,
                                              const CueMatch& match) const;
  [[nodiscard]] static bool goes_on_after_cue(const syntax::Unit& unit, const CueMatch& match);
  void attributed(const syntax::Unit& unit, std::uint32_t quoted, const CueMatch& match);
  [[nodiscard]] bool asks_last() const;
  [[nodiscard]] bool ends_in_comma(const syntax::Region& region) const;
  [[nodiscard]] TokenRange label_inside(const syntax::Region& region) const;
  /// Tells the dialogue what this unit says of who may speak in the next one (narration.cpp).
  void remember_subject(const syntax::Unit& unit);
  [[nodiscard]] TokenRange cue_before_colon(const syntax::Unit& unit) const;
  [[nodiscard]] Source last_speaker_in(const syntax::Unit& unit) const;
  [[nodiscard]] Source main_subject(const syntax::Unit& unit, bool colon) const;

  /// What a cue of the unit reports; a later cue that is coordinated with it shares its source.
  struct Reported {
    std::uint32_t cue = syntax::kNoIndex;
    std::uint32_t end = syntax::kNoIndex;  ///< past the last chunk of content and cue
    bool speech = false;                   ///< by a verb of speech
    Source source;
  };

  [[nodiscard]] Source source_of(const syntax::Unit& unit, std::uint32_t verb) const;
  void verb_cue(const syntax::Unit& unit, std::uint32_t verb);
  void complement(const syntax::Unit& unit, std::uint32_t verb, const Source& source);
  /// A cue that stands in or after what it reports.
  struct Insertion {
    std::uint32_t begin = syntax::kNoIndex;  ///< of the cue and its source
    std::uint32_t after = 0;                 ///< past it
    Source who;
    bool inverted = false;  ///< "said Ann Lee"
    bool finite = false;    ///< what stands before it has a finite verb
  };
  [[nodiscard]] Insertion insertion_at(const syntax::Unit& unit, std::uint32_t verb, const Source& source) const;
  [[nodiscard]] bool closes(const syntax::Unit& unit, std::uint32_t verb, Insertion& in) const;
  [[nodiscard]] bool hosts(const syntax::Unit& unit, std::uint32_t verb, std::uint32_t start, Insertion& in) const;
  [[nodiscard]] static bool has_main_clause(const syntax::Unit& unit, std::uint32_t start, std::uint32_t end);
  bool parenthetical(const syntax::Unit& unit, std::uint32_t verb, const Source& source);
  /// Whether a cue that does not always report in `frame` does so here: the more words it takes the likelier, and
  /// likelier of a person who is named.
  [[nodiscard]] bool reports(const syntax::Unit& unit, const syntax::Cue& cue, std::uint32_t frame, std::uint32_t begin,
                             std::uint32_t end, const Source& source) const;
  bool reported_by(const syntax::Unit& unit, std::uint32_t verb);
  bool extracted(const syntax::Unit& unit, std::uint32_t verb, const Source& source);
  bool as_introduction(const syntax::Unit& unit, std::uint32_t verb, const Source& source);
  [[nodiscard]] bool continues_content(const syntax::Unit& unit, std::uint32_t chunk, bool complete) const;
  void according_to(const syntax::Unit& unit, std::uint32_t chunk);
  void labelled(const syntax::Unit& unit);
  /// Whether the word stands elsewhere in the article, with a capital. Linear; asked once per article.
  [[nodiscard]] bool recurs(std::uint32_t token) const;
  /// A paragraph without quotation marks after "She added:", which many sites set as a block quotation.
  void block(const syntax::Unit& unit);
  /// What a noun or an adjective takes, in chunks.
  struct NominalContent {
    std::uint32_t frame = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  [[nodiscard]] NominalContent nominal_content(const syntax::Unit& unit, std::uint32_t chunk, std::uint32_t at) const;
  [[nodiscard]] static std::uint32_t verb_of_nominal(const syntax::Unit& unit, std::uint32_t chunk);
  void nominal_cue(const syntax::Unit& unit, std::uint32_t chunk);
  [[nodiscard]] TokenRange possessor_of(const syntax::Unit& unit, std::uint32_t noun, SourceKind& kind) const;

  Candidate& add(Rule rule, std::uint32_t frame);
  [[nodiscard]] std::uint32_t last_index() const { return static_cast<std::uint32_t>(out_.items.size() - 1); }
  void add_span(Candidate& candidate, TokenRange tokens);
  void set_source(const syntax::Unit& unit, Candidate& candidate, const Source& source) const;
  void set_cue(const syntax::Unit& unit, Candidate& candidate, std::uint32_t begin, std::uint32_t end) const;
  [[nodiscard]] TokenRange tokens_of(const syntax::Unit& unit, syntax::ChunkRange chunks) const;
  /// Tokens of a stretch of content, with the quotation marks that belong to it and without outer punctuation.
  [[nodiscard]] TokenRange content_tokens(const syntax::Unit& unit, std::uint32_t begin_chunk,
                                          std::uint32_t end_chunk) const;

  const syntax::ArticleView& article_;
  const syntax::Lexicon& lexicon_;
  Candidates& out_;
  std::vector<Reported> reported_;  // of the unit at hand, by cue
  std::vector<bool> inverted_;      // by chunk of that unit: the cue of a direct quote, with who says it after it
  Dialogue dialogue_;
  std::uint32_t last_label_ = syntax::kNoIndex;  ///< paragraph that began with a label
};

}  // namespace copydesk::quotes
