// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "stages/syntax/word_classes.h"

namespace copydesk::syntax {

/// What may follow (or surround) a cue and be the content. A bit set.
enum Frame : std::uint32_t {
  kThatClause = 1U << 0,        ///< said that it rains
  kBareClause = 1U << 1,        ///< said it rains
  kWhClause = 1U << 2,          ///< asked why it rains
  kObject = 1U << 3,            ///< criticized the plan
  kInfinitive = 1U << 4,        ///< vowed to leave
  kGerund = 1U << 5,            ///< denied leaving
  kToldClause = 1U << 6,        ///< told reporters (that) it rains
  kObjectInfinitive = 1U << 7,  ///< urged them to leave
  kParenthetical = 1U << 8,     ///< It rains, she said
  kQuoted = 1U << 9,            ///< "It rains," she said
  kCalled = 1U << 10,           ///< called him a liar
  kObjectAs = 1U << 11,         ///< described it as wet
  kObjectOf = 1U << 12,         ///< accused them of lying
  kObjectFor = 1U << 13,        ///< criticized him for lying
  kAbout = 1U << 14,            ///< talked about rain; the same for the next ones
  kOn = 1U << 15,
  kFor = 1U << 16,
  kTo = 1U << 17,
  kAgainst = 1U << 18,
  kOf = 1U << 19,
  kWith = 1U << 20,
  kAs = 1U << 21,
  kIn = 1U << 22,
  kAt = 1U << 23,
  kFrom = 1U << 24,
  kPassiveInfinitive = 1U << 25,  ///< is expected to leave
  kPassiveThat = 1U << 26,        ///< it was reported that
  kPassiveBy = 1U << 27,          ///< the plan was criticized by her
  kPassiveObject = 1U << 28,      ///< the plan was criticized
  kRaising = 1U << 29,            ///< the plan seems good
};
inline constexpr std::size_t kFrameCount = 30;
extern const std::array<std::string_view, kFrameCount> kFrameNames;

/// One cue: its lemma and the frames in which it reports.
struct Cue {
  std::string_view lemma;
  std::uint32_t frames = 0;
  std::array<std::uint8_t, kFrameCount> rates{};  ///< by frame: of a hundred times, how often it reports
  bool speech = false;                            ///< a verb of speech; else of attitude or thought

  /// Of a hundred times with this one frame, how often it reports.
  [[nodiscard]] std::uint32_t rate(std::uint32_t frame) const noexcept {
    return frame == 0 ? 0 : rates[static_cast<std::size_t>(std::countr_zero(frame))];
  }
};

/// Words of the rules, by `hash_lower()`. Built once from tables of text (cue_verbs.cpp); then read-only.
class Lexicon {
 public:
  struct Entry {
    std::uint64_t hash = 0;
    std::uint16_t cue = 0;      ///< as a verb: index for cue(); 0 = no cue
    std::uint16_t nominal = 0;  ///< as a noun or an adjective, likewise
    WordClass word_class = WordClass::kNone;
  };

  /// The texts are sections: a name and a colon, then words. A section named as a frame (kFrameNames) lists the
  /// lemmas that report in it, each before its rate in percent (100 where there is none); "speech" lists the verbs of
  /// speech; "forms" has, between semicolons, a lemma and its irregular forms. The regular forms are added. The texts
  /// must outlive the lexicon.
  Lexicon(std::string_view verbs, std::string_view verb_rates, std::string_view nominal_rates);
  [[nodiscard]] static Lexicon english();

  [[nodiscard]] const Entry& find(std::uint64_t hash) const noexcept {
    std::size_t slot = hash & mask_;
    while (table_[slot].hash != 0 && table_[slot].hash != hash) slot = (slot + 1) & mask_;
    return table_[slot];
  }
  [[nodiscard]] const Cue& cue(std::uint16_t index) const noexcept { return cues_[index]; }

 private:
  enum class Part : std::uint8_t { kVerb, kNominal };

  Entry& slot_of(std::string_view form);
  void add_sections(std::string_view text, Part part);
  void add_forms(std::string_view lemmas_and_forms, Part part);
  Cue& cue_of(std::string_view lemma, Part part);
  void rehash(std::size_t slots);

  std::vector<Cue> cues_;
  std::vector<Entry> table_;
  std::size_t mask_ = 0;
  std::size_t used_ = 0;
};

}  // namespace copydesk::syntax
