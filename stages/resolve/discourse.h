// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "stages/resolve/mention_context.h"
#include "stages/resolve/mention_list.h"
#include "stages/resolve/name_groups.h"

namespace copydesk::resolve {

/// Someone or something that the article has spoken of so far: a group of names or an unnamed one.
struct Referent {
  EntityType type = EntityType::kPerson;
  bool named = false;
  Gender gender = Gender::kUnknown;
  std::uint8_t women = WordLexicon::kUnknownName;  ///< see WordLexicon::share_of_women()
  Number number = Number::kUnknown;
  NounClass noun;               ///< of unnamed ones
  std::uint8_t place = 0;       ///< PlaceKind of a well-known place; 0 = none
  std::uint32_t first = kNone;  ///< candidate
  std::uint32_t last = kNone;   ///< candidate
  std::uint32_t mentions = 0;
  /// Hashes of the latest words that described it: heads of its noun phrases, words of its roles, of its name.
  std::array<std::uint64_t, 14> words{};
  std::uint8_t word_count = 0;
  /// What open text calls whoever has this name: see WordLexicon::find_roles().
  std::span<const std::uint32_t> known;
  // Its place in the list of those spoken of lately.
  std::uint8_t list = 0;
  std::uint32_t newer = kNone;
  std::uint32_t older = kNone;

  void add_word(std::uint64_t hash) noexcept;
  [[nodiscard]] bool has_word(std::uint64_t hash) const noexcept;
  /// The article did not say it, but the name is known for it.
  [[nodiscard]] bool is_known_as(std::uint64_t hash) const noexcept;
};

/// The state of an article while it is read: all referents, and which were spoken of lately. Three lists, latest first:
/// named people, organisations and places; unnamed people; other things. Every operation is O(1).
class Discourse {
 public:
  static constexpr std::size_t kLists = 3;
  /// How many of each list are looked at as antecedents.
  static constexpr std::array<std::uint32_t, kLists> kLookBack{14, 8, 6};

  /// Starts an article whose names form `groups`; referent i is group i.
  void start(const View& view, const WordLexicon& lexicon, const std::vector<Candidate>& candidates,
             const std::vector<NameGroup>& groups);
  /// A new referent for an unnamed candidate. Returns its index.
  std::uint32_t open(const Candidate& candidate, const MentionContext& context);
  /// Candidate `index` refers to `referent`.
  void mention(const View& view, const std::vector<Candidate>& candidates, const std::vector<MentionContext>& contexts,
               std::uint32_t index, std::uint32_t referent);

  /// For training: from the next article on, no referent is known for a man or a woman.
  void hide_genders(bool hidden) noexcept { genders_hidden_ = hidden; }

  [[nodiscard]] const std::vector<Referent>& referents() const noexcept { return referents_; }

  /// Calls `visit(referent index, rank in its list)` for those spoken of lately.
  template <class Visit>
  void recent(Visit visit) const {
    for (std::size_t list = 0; list < kLists; ++list) {
      std::uint32_t rank = 0;
      for (std::uint32_t at = heads_[list]; at != kNone && rank < kLookBack[list]; at = referents_[at].older) {
        visit(at, rank++);
      }
    }
  }

 private:
  void move_to_front(std::uint32_t referent);

  bool genders_hidden_ = false;
  std::vector<Referent> referents_;
  std::array<std::uint32_t, kLists> heads_{};
};

}  // namespace copydesk::resolve
