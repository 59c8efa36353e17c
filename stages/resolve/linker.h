// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <compare>
#include <cstdint>
#include <vector>

#include "stages/resolve/antecedent_features.h"
#include "stages/resolve/later_names.h"
#include "stages/resolve/speaker_confidence.h"

namespace copydesk::resolve {

/// Reads an article's candidates in order and gives each anaphor its referent. What is chosen from the options is up to
/// the caller, so that the stage and its trainer share all the rest.
class Linker {
 public:
  /// `choose(scene, index, options)` returns the position of its answer in `options`, of which the first is always
  /// "nobody spoken of so far", and how sure that is. `sources`: per quote, the candidate that is its source, or kNone.
  /// Afterwards referent_of() holds the result; referents below names.groups().size() are the groups of names.
  template <class Choose>
  void link(const View& view, const WordLexicon& lexicon, const std::vector<Candidate>& candidates,
            const std::vector<MentionContext>& contexts, const NameGroups& names,
            const std::vector<std::uint32_t>& sources, const quotes::Quotes& quotes, Choose choose) {
    start(view, lexicon, candidates, names, sources, quotes);
    const std::uint32_t author = find_author(view, candidates, names);
    const Scene scene{view, candidates, contexts, discourse_, speakers_, source_of_, last_speaker_};
    std::size_t next_quote = 0;
    for (std::uint32_t i = 0; i < candidates.size(); ++i) {
      std::uint32_t& referent = referent_of_[i];
      if (referent == kNone) {
        // "I" of a speaker who stands later in the text is left open.
        const bool speaks =
            is_first_person(candidates[i]) && contexts[i].quote != kNone && sources[contexts[i].quote] != kNone;
        Evidence evidence = Evidence::kSameSpeaker;
        if (speaks) {
          referent = speakers_[contexts[i].quote];
        } else if (author != kNone && is_first_person(candidates[i]) && contexts[i].quote == kNone) {
          referent = referent_of_[author];
        } else if (is_relative(candidates[i])) {
          referent = whom_it_follows(candidates, i);
          evidence = Evidence::kRelative;
        } else if (const std::uint32_t speaker = who_speaks(view, candidates, contexts, i); speaker != kNone) {
          referent = speaker;
        } else if (const std::uint32_t leader = who_leads(view, candidates[i]); leader != kNone) {
          referent = leader;
          evidence = Evidence::kDescription;
        } else if (const std::uint32_t called = who_is_called(view, candidates, contexts, i); called != kNone) {
          referent = called;
          evidence = Evidence::kDescription;
        } else if (is_anaphor(candidates[i], contexts[i])) {
          find_options(view, candidates, contexts, i);
          const Choice choice = choose(scene, i, options_);
          referent = options_[choice.option].referent;
          evidence = choice.share >= kSureChoice        ? Evidence::kLikely
                     : choice.share >= kHalfSureChoice  ? Evidence::kPossible
                     : choice.share >= kThirdSureChoice ? Evidence::kGuess
                                                        : Evidence::kUnsure;
        }
        if (referent != kNone) evidence_[i] = evidence;
        const bool pleonastic = speaks || (candidates[i].kind == MentionKind::kPronoun &&
                                           (candidates[i].gender == Gender::kNeuter || is_relative(candidates[i])));
        if (referent == kNone && source_of_[i] != kNone) {
          const std::uint32_t name = find_later_name(view, candidates, contexts, names, source_of_, i);
          if (name != kNone) evidence_[i] = Evidence::kPossible;
          if (name != kNone) referent = referent_of_[name];
        }
        if (referent == kNone && !pleonastic) referent = discourse_.open(candidates[i], contexts[i]);
      }
      // Outside quotes "you" is often the reader: nobody is spoken of the more for it.
      const bool reader = candidates[i].pronoun != nullptr && candidates[i].pronoun->person == 2 &&
                          contexts[i].quote == kNone && referent < names.groups().size();
      if (referent != kNone && !reader) discourse_.mention(view, candidates, contexts, i, referent);
      for (; next_quote < quotes_of_.size() && quotes_of_[next_quote].source <= i; ++next_quote) {
        last_source_ = quotes_of_[next_quote].source;
        last_speaker_ = referent_of_[quotes_of_[next_quote].source];
        speakers_[quotes_of_[next_quote].quote] = last_speaker_;
      }
    }
  }

  /// See Discourse::hide_genders().
  void hide_genders(bool hidden) noexcept { discourse_.hide_genders(hidden); }

  /// Per candidate: what says who it is.
  [[nodiscard]] const std::vector<Evidence>& evidence() const noexcept { return evidence_; }
  /// Per candidate: a referent or kNone.
  [[nodiscard]] const std::vector<std::uint32_t>& referent_of() const noexcept { return referent_of_; }
  [[nodiscard]] const Discourse& discourse() const noexcept { return discourse_; }

 private:
  struct Source {
    std::uint32_t source;
    std::uint32_t quote;
    auto operator<=>(const Source&) const = default;
  };

  /// Forgets the last article; names, appositions and the sources of quotes that these tell are known from the start.
  void start(const View& view, const WordLexicon& lexicon, const std::vector<Candidate>& candidates,
             const NameGroups& names, const std::vector<std::uint32_t>& sources, const quotes::Quotes& quotes);
  void find_beginnings(const View& view, const quotes::Quotes& quotes);
  /// The referent of the phrase right before a relative pronoun, or kNone.
  [[nodiscard]] std::uint32_t whom_it_follows(const std::vector<Candidate>& candidates, std::uint32_t index) const;
  /// The speaker that "he" or "she" plainly stands for, or kNone.
  [[nodiscard]] std::uint32_t who_speaks(const View& view, const std::vector<Candidate>& candidates,
                                         const std::vector<MentionContext>& contexts, std::uint32_t index) const;
  /// Whom "the Norish leader" stands for where the article speaks of the Norish president, or kNone.
  [[nodiscard]] std::uint32_t who_leads(const View& view, const Candidate& candidate) const;
  void find_options(const View& view, const std::vector<Candidate>& candidates,
                    const std::vector<MentionContext>& contexts, std::uint32_t index);
  /// Whether the referent of candidate `index` cannot be this one for where the two stand: nobody names himself in what
  /// he says, or is "he" to himself.
  [[nodiscard]] bool is_excluded(const View& view, const std::vector<Candidate>& candidates,
                                 const std::vector<MentionContext>& contexts, std::uint32_t index,
                                 std::uint32_t referent) const;
  /// Whom "the Norish trade minister" stands for: the only one lately spoken of whom the article called so;
  /// "the commission" the one that has the word in its name; or kNone.
  [[nodiscard]] std::uint32_t who_is_called(const View& view, const std::vector<Candidate>& candidates,
                                            const std::vector<MentionContext>& contexts, std::uint32_t index) const;

  /// How a noun phrase calls a referent: by words that the article says of it; by such as open text does; by these and
  /// a name that may be where it is from; otherwise.
  enum class Called : std::uint8_t { kSo, kElsewhere, kPerhaps, kOtherwise };
  static constexpr std::size_t kCalledKinds = 3;
  [[nodiscard]] Called how_called(const View& view, const Candidate& candidate, const Referent& referent) const;
  /// "Una Dell condemned what he called": somebody named who agrees with the pronoun is its sentence's subject.
  [[nodiscard]] bool has_other_subject(const std::vector<Candidate>& candidates,
                                       const std::vector<MentionContext>& contexts, std::uint32_t index) const;

  /// The named one of this type spoken of last, outside quotes, or kNone.
  [[nodiscard]] std::uint32_t latest(EntityType type, const std::vector<Candidate>& candidates,
                                     const std::vector<MentionContext>& contexts, std::uint32_t index) const;

  /// "In her letter, | Una Dell | wrote": the name that follows the clause or phrase at the start of the sentence in
  /// which the pronoun stands, or kNone.
  [[nodiscard]] std::uint32_t name_ahead(const View& view, const std::vector<Candidate>& candidates,
                                         const std::vector<MentionContext>& contexts, std::uint32_t index) const;

  Discourse discourse_;
  std::vector<std::uint32_t> referent_of_;
  std::vector<Evidence> evidence_;
  std::vector<std::uint32_t> speakers_;
  std::vector<std::uint32_t> source_of_;
  std::vector<std::uint32_t> begins_in_;  ///< per quote: the sentence that it begins in
  std::uint32_t last_speaker_ = kNone;
  std::uint32_t last_source_ = 0;  ///< candidate; only with last_speaker_
  std::vector<Source> quotes_of_;
  std::vector<Option> options_;
};

}  // namespace copydesk::resolve
