// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "stages/quotes/candidate.h"

namespace copydesk::quotes {

/// Who speaks when nothing beside a quotation says so: the speakers of the last two quotes and what the sentence before
/// tells. Units are told in order; paragraphs and units are counted from 1.
class Dialogue {
 public:
  /// The speaker of a quote.
  struct Speaker {
    TokenRange source;
    SourceKind kind = SourceKind::kNone;
    std::uint32_t paragraph = syntax::kNoIndex;
    std::uint32_t quote = syntax::kNoIndex;  ///< index of the candidate
    std::uint32_t unit = 0;                  ///< number of its last unit

    [[nodiscard]] bool known() const { return quote != syntax::kNoIndex; }
    [[nodiscard]] bool named() const { return known() && !source.empty(); }
  };
  /// What a unit tells of who may speak in the next one.
  struct Narration {
    TokenRange subject;
    SourceKind kind = SourceKind::kNone;
    bool colon = false;  ///< it ends in a colon
    TokenRange cue;      ///< the verb of speech right before that colon; or none
    bool spoke = false;  ///< it had a verb of speech
  };
  struct Attribution {
    TokenRange source;
    SourceKind kind = SourceKind::kNone;
    SourceReason reason = SourceReason::kNone;
  };

  void next_unit(bool opens_paragraph) {
    if (opens_paragraph) ++paragraph_;
    ++unit_;
  }
  /// A quote of the unit at hand has this speaker; the speaker before it may answer.
  void heard(const Candidate& quote, std::uint32_t index) {
    before_last_ = last_;
    heard_again(quote, index);
  }
  /// The same where a second cue goes on with the quote at hand: the speaker before it stays.
  void heard_again(const Candidate& quote, std::uint32_t index) {
    last_ = {quote.source, quote.source_kind, paragraph_, index, unit_};
  }
  /// The last quote goes on in the unit at hand.
  void goes_on() {
    last_.unit = unit_;
    last_.paragraph = paragraph_;
  }
  void narrated(const Narration& narration) { narration_ = narration; }

  /// The last quote is one of this paragraph, and of this unit or the one before: "A," she said. "B."
  [[nodiscard]] bool speaks_on() const {
    return last_.known() && last_.paragraph == paragraph_ && last_.unit + 1 >= unit_;
  }
  /// The last quote ended the paragraph before, so that one that is a paragraph goes on with it.
  [[nodiscard]] bool carries_over() const {
    return last_.named() && last_.paragraph + 1 == paragraph_ && last_.unit + 1 == unit_;
  }
  /// Who says a quotation that has no cue and goes on with no other. `opens_paragraph`: of its unit; `answers`: the
  /// last quote was a question.
  [[nodiscard]] Attribution speaker_alone(bool opens_paragraph, bool answers) const;

  [[nodiscard]] const Speaker& last() const { return last_; }
  [[nodiscard]] const Narration& narration() const { return narration_; }
  [[nodiscard]] std::uint32_t paragraph() const { return paragraph_; }
  [[nodiscard]] std::uint32_t unit() const { return unit_; }

 private:
  Speaker last_;
  Speaker before_last_;
  Narration narration_;  ///< of the unit before
  std::uint32_t paragraph_ = 0;
  std::uint32_t unit_ = 0;
};

}  // namespace copydesk::quotes
