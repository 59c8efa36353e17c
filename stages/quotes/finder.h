#pragma once
#include <cstdint>
#include <vector>

#include "stages/quotes/candidate.h"
#include "stages/syntax/subjects.h"
#include "stages/syntax/unit.h"

namespace copydesk::quotes {

/// Whose words they are, by position in the unit.
using Source = Subject;

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
    std::uint32_t unit = 0;  ///< number of its last unit
  };

  [[nodiscard]] CueMatch cue_after(const Unit& unit, std::uint32_t quoted) const;
  [[nodiscard]] CueMatch cue_before(const Unit& unit, std::uint32_t quoted) const;
  /// The second cue between two quotations: "A," he said, adding, "B".
  [[nodiscard]] CueMatch cue_between(const Unit& unit, std::uint32_t left, std::uint32_t right) const;
  [[nodiscard]] Source speaker_before(const Unit& unit, std::uint32_t verb) const;
  void quoted_alone(const Unit& unit, std::uint32_t quoted);
  [[nodiscard]] bool asks(const Speaker& speaker) const;
  void speaker_is(const Candidate& candidate);
  [[nodiscard]] bool ends_in_comma(const Region& region) const;
  [[nodiscard]] TokenRange label_inside(const Region& region) const;
  void remember_subject(const Unit& unit);

  /// What a cue of the unit reports; a later cue that is coordinated with it shares its source.
  struct Reported {
    std::uint32_t cue = kNone;
    std::uint32_t end = kNone;  ///< past the last chunk of content and cue
    bool speech = false;        ///< by a verb of speech
    Source source;
  };

  [[nodiscard]] Source source_of(const Unit& unit, std::uint32_t verb) const;
  void verb_cue(const Unit& unit, std::uint32_t verb);
  void complement(const Unit& unit, std::uint32_t verb, const Source& source);
  bool parenthetical(const Unit& unit, std::uint32_t verb, const Source& source);
  /// Whether a cue that does not always report in `frame` does so here: the more words it takes the likelier, and
  /// likelier of a person who is named.
  [[nodiscard]] bool reports(const Unit& unit, const Cue& cue, std::uint32_t frame, std::uint32_t begin,
                             std::uint32_t end, const Source& source) const;
  bool reported_by(const Unit& unit, std::uint32_t verb);
  bool extracted(const Unit& unit, std::uint32_t verb, const Source& source);
  bool as_introduction(const Unit& unit, std::uint32_t verb, const Source& source);
  [[nodiscard]] bool continues_content(const Unit& unit, std::uint32_t chunk, bool complete) const;
  void according_to(const Unit& unit, std::uint32_t chunk);
  void labelled(const Unit& unit);
  /// Whether the word stands elsewhere in the article, with a capital. Linear; asked once per article.
  [[nodiscard]] bool recurs(std::uint32_t token) const;
  /// A paragraph without quotation marks after "She added:", which many sites set as a block quotation.
  void block(const Unit& unit);
  void nominal_cue(const Unit& unit, std::uint32_t chunk);
  [[nodiscard]] TokenRange possessor_of(const Unit& unit, std::uint32_t noun, SourceKind& kind) const;

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
  std::vector<Reported> reported_;  // of the unit at hand, by cue
  std::vector<bool> inverted_;      // by chunk of that unit: the cue of a direct quote, with who says it after it
  Speaker last_;
  Speaker before_last_;
  Speaker previous_subject_;  ///< of the unit before
  bool previous_colon_ = false;
  TokenRange previous_cue_;           ///< the verb of speech right before that colon; or none
  bool previous_spoke_ = false;       ///< it had a verb of speech
  std::uint32_t last_label_ = kNone;  ///< paragraph that began with a label
  std::uint32_t paragraph_ = 0;
  std::uint32_t unit_count_ = 0;
};

}  // namespace copydesk::quotes
