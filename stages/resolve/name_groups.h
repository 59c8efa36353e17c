// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "stages/resolve/key_index.h"
#include "stages/resolve/mention_list.h"
#include "stages/resolve/places.h"
#include "stages/resolve/word_lexicon.h"

namespace copydesk::resolve {

/// Names that name the same thing.
struct NameGroup {
  EntityType type = EntityType::kPerson;
  Gender gender = Gender::kUnknown;
  std::uint8_t women = WordLexicon::kUnknownName;  ///< of a person's first name: see WordLexicon::share_of_women()
  bool kin = false;                                ///< a person first named as somebody's relative
  std::uint32_t full_names = 0;                    ///< how many of its names hold a first name
  std::uint32_t surnames = 0;                      ///< how many are a surname or a first name alone
  std::uint32_t opened = kNone;                    ///< candidate whose name opened it
  std::uint32_t fullest = kNone;                   ///< candidate with the longest form
  std::uint32_t first = kNone;                     ///< candidate
  std::uint32_t last = kNone;                      ///< candidate
  const Place* place = nullptr;                    ///< the one that anybody means by one of its names
  std::array<std::uint16_t, 11> votes{};           ///< of its names, per type of name
};

/// Puts an article's names into groups: the same words; a surname after the full name; an acronym and what it stands
/// for; another spelling; a shorter form of an organisation or place. Linear: each name looks up a bounded number of
/// earlier groups. One per thread; keeps its capacity.
class NameGroups {
 public:
  /// Afterwards `group_of()` and `groups()` speak of these candidates. Views need not outlive the call.
  void build(const View& view, const WordLexicon& lexicon, const std::vector<Candidate>& candidates,
             const PlaceTable& places);

  /// Per candidate; kNone for those that are no names, but for "the Norwegian capital".
  [[nodiscard]] const std::vector<std::uint32_t>& group_of() const noexcept { return group_of_; }
  [[nodiscard]] const std::vector<NameGroup>& groups() const noexcept { return groups_; }

 private:
  /// A name's words as hashes, without title, "the", legal form and the like.
  struct Form {
    std::uint32_t candidate = 0;
    std::uint32_t first_word = 0;  ///< index into words_
    std::uint32_t size = 0;
    std::uint64_t whole = 0;
    std::uint64_t initials = 0;    ///< 0 = none
    const Place* place = nullptr;  ///< the one that anybody means by this name
    bool acronym = false;
    bool person = false;
    std::uint32_t surname_at = 0;  ///< of people: first word of the surname, particles ("van der") included
    std::uint64_t surname = 0;     ///< of people: hash of the surname's words

    /// A surname, a first name, an acronym, one word: what a longer name of the article may explain.
    [[nodiscard]] bool is_short() const noexcept { return size < 2 || (person && surname_at == 0); }
  };

  void add_form(const View& view, const std::vector<Candidate>& candidates, const PlaceTable& places,
                std::uint32_t candidate);
  void place_full(const View& view, const std::vector<Candidate>& candidates, const Form& form);
  /// The group that a surname alone means: the person of that name whom the article is about.
  [[nodiscard]] std::uint32_t find_bearer(const std::vector<Candidate>& candidates, const Form& form) const;
  /// "Mr. Dell" opens the group of the man of that name, also where only women are named Dell in full, or where his
  /// first name comes later than theirs: so that a bare "Dell" may mean him.
  void open_titled(const View& view, const std::vector<Candidate>& candidates);
  /// The group of the full name whose surname this one is but for a letter, or kNone.
  [[nodiscard]] std::uint32_t find_misspelt(const View& view, const std::vector<Candidate>& candidates,
                                            const Form& form) const;
  void place_short(const View& view, const std::vector<Candidate>& candidates, const Form& form);
  void join(const View& view, const std::vector<Candidate>& candidates, const Form& form, std::uint32_t group);
  std::uint32_t open(const std::vector<Candidate>& candidates, const Form& form);
  void index(const View& view, const std::vector<Candidate>& candidates, const Form& form, std::uint32_t group);
  /// Joins groups that hold one word alone, of a type that the rest of the article speaks against.
  void join_strays(const std::vector<Candidate>& candidates);
  void find_surname(Form& form) const;
  [[nodiscard]] bool may_join(const Candidate& candidate, std::uint32_t group) const;
  [[nodiscard]] bool first_names_agree(const Form& form, const Form& other) const;
  [[nodiscard]] std::uint64_t word(const Form& form, std::uint32_t i) const { return words_[form.first_word + i].hash; }

  struct Word {
    std::uint64_t hash = 0;
    std::uint64_t spelling = 0;
    std::uint64_t initial = 0;  ///< hash of its first letter
    bool is_initial = false;
    bool is_particle = false;  ///< "van", "de": opens a surname
    std::uint32_t token = 0;
  };

  std::vector<Word> words_;
  std::vector<Form> forms_;
  std::vector<NameGroup> groups_;
  std::vector<std::uint32_t> form_of_group_;  ///< the form of the fullest name
  std::vector<std::uint32_t> group_of_;
  std::vector<std::uint32_t> alone_;  ///< per group: how many of its names are one word
  std::vector<std::uint32_t> home_;   ///< per group: the one that it joins, or kNone
  KeyIndex by_key_;
  std::string buffer_;
  const WordLexicon* lexicon_ = nullptr;  ///< while it builds
};

}  // namespace copydesk::resolve
