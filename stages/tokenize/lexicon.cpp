// SPDX-License-Identifier: Apache-2.0
#include "stages/tokenize/lexicon.h"

#include <array>
#include <cstddef>

#include "stages/tokenize/hash.h"

namespace copydesk::tokenize {
namespace {

/// Hash table of words, filled at compile time; the words are written with spaces between.
template <std::size_t kSlots>
class WordTable {
 public:
  constexpr void add(std::string_view words, std::uint8_t value) {
    while (!words.empty()) {
      const std::size_t end = words.find(' ');
      const std::string_view word = words.substr(0, end);
      words = end == std::string_view::npos ? std::string_view() : words.substr(end + 1);
      if (!word.empty()) insert(hash_lower(word), value);
    }
  }
  /// The word's value; 0 = not there.
  [[nodiscard]] constexpr std::uint8_t find(std::uint64_t hash) const noexcept {
    for (std::size_t slot = hash % kSlots; keys_[slot] != 0; slot = (slot + 1) % kSlots) {
      if (keys_[slot] == hash) return values_[slot];
    }
    return 0;
  }

 private:
  constexpr void insert(std::uint64_t hash, std::uint8_t value) {
    std::size_t slot = hash % kSlots;
    while (keys_[slot] != 0 && keys_[slot] != hash) slot = (slot + 1) % kSlots;
    used_ += keys_[slot] == 0 ? 1 : 0;
    if (used_ * 2 > kSlots) throw "the table is too full";  // only at compile time
    keys_[slot] = hash;
    values_[slot] = value;
  }
  std::array<std::uint64_t, kSlots> keys_{};
  std::array<std::uint8_t, kSlots> values_{};
  std::size_t used_ = 0;
};

constexpr auto kAbbreviations = [] {
  WordTable<1024> table;
  const auto add = [&](Abbreviation kind, std::string_view words) {
    table.add(words, static_cast<std::uint8_t>(kind));
  };
  add(Abbreviation::kTitle,
      "mr mrs ms mx dr drs prof rev revs fr msgr hon rt gen lt col sgt capt cpt maj cmdr cdr comdr adm cpl pvt pfc spc "
      "ssgt gov govs sen sens rep reps pres amb atty asst assoc supt insp det st ste ft mt mts messrs mme mlle mons "
      "brig lieut cllr dep sec-gen phil ald");
  add(Abbreviation::kPlain,
      "co cos bros assn assoc inst intl natl govt ave blvd rd hwy bldg rte ala ariz ark calif colo conn dak fla ga kan "
      "kans ky md mich minn mo mont neb nebr nev okla ore penn pa tenn va vt wis wisc wyo n.y ont que alta sask mfg "
      "mgr "
      "tel ext c.f div dist");
  add(Abbreviation::kAnyCase,
      "inc corp ltd llc plc jr sr esq etc al vs approx ca est dept univ ph.d d.phil m.sc b.sc m.phil ed eds e.g i.e "
      "viz "
      "cf resp hrs yrs lbs a.k.a oz");
  add(Abbreviation::kMonth, "jan feb apr aug sept sep oct nov dec del");
  add(Abbreviation::kNumbered, "no nos p pp pg vol vols art arts fig figs ch chap sec sect eq par para b c d v op");
  add(Abbreviation::kAmbiguous,
      "mass wash ill miss ind la tex mar jun jul sun sat mon tue tues wed thu thur thurs fri");
  return table;
}();

template <std::size_t kSlots>
constexpr WordTable<kSlots> table_of(std::string_view words) {
  WordTable<kSlots> table;
  table.add(words, 1);
  return table;
}

constexpr auto kPrefixes = table_of<256>(
    "agro ante anti arch be bi bio co counter cross cyber de e ex extra for inter intra macro mega micro mid mini "
    "multi non over para peri post pre pro pseudo re semi sub super tri u ultra un uni vice x");
constexpr auto kSuffixes = table_of<64>("esque ette fest fold gate itis less most rama wise");
constexpr auto kUnits = table_of<256>(
    "am pm km kms kg kgs mm cm m g mg ml l ft lb lbs oz mph kph kmh kb mb gb tb hz khz mhz ghz kw mw gw kwh mwh bn mn "
    "tn tr mln bln trn hrs hr mins min secs sec ms yrs yr mi sq ha bps bpd nm hp cc pc pct million billion trillion "
    "a.m "
    "p.m gmt est edt pst pdt cet utc");
constexpr auto kDomains = table_of<256>(
    "com org net edu gov mil int info biz eu uk us ca au nz ie de fr es it nl be ch at dk se no fi pl cz ru ua cn jp "
    "kr "
    "hk tw sg my in pk za ng ke il tr ae sa br mx ar cl co pe io ai tv me fm ly gl gg app dev news blog online site "
    "xyz pt gr hu ro bg hr rs sk si lt lv ee is lu mt cy");
constexpr auto kSlashWords = table_of<64>("s/he w/o n/a c/o a/c he/she i/o");
constexpr auto kSentenceStarters = table_of<512>(
    "the a an this that these those it its he she they we you i his her their our my your there here in on at by for "
    "from with without after before during since until while when where why how what who which whose if though "
    "although "
    "because as but and or so yet nor both either neither each every some many most all several few other others "
    "another such no not one two however meanwhile moreover also still then now thus instead despite according among "
    "under over between about against through into to of more less than even just only once unlike like let yes is are "
    "was were will would could can may might should do does did have has had don't didn't it's he's she's they're "
    "we're "
    "i'm earlier later last next today yesterday tomorrow asked");

constexpr auto kFiniteAuxiliaries =
    table_of<128>("is are was were has have had do does did will would can could should may might must 's 're 'm 've");

}  // namespace

Abbreviation abbreviation(std::uint64_t lower_hash) noexcept {
  return static_cast<Abbreviation>(kAbbreviations.find(lower_hash));
}
bool is_prefix(std::uint64_t lower_hash) noexcept {
  return kPrefixes.find(lower_hash) != 0;
}
bool is_suffix(std::uint64_t lower_hash) noexcept {
  return kSuffixes.find(lower_hash) != 0;
}
bool is_unit(std::uint64_t lower_hash) noexcept {
  return kUnits.find(lower_hash) != 0;
}
bool is_top_level_domain(std::uint64_t lower_hash) noexcept {
  return kDomains.find(lower_hash) != 0;
}
bool is_slash_word(std::uint64_t lower_hash) noexcept {
  return kSlashWords.find(lower_hash) != 0;
}
bool is_sentence_starter(std::uint64_t lower_hash) noexcept {
  return kSentenceStarters.find(lower_hash) != 0;
}
bool is_finite_auxiliary(std::uint64_t lower_hash) noexcept {
  return kFiniteAuxiliaries.find(lower_hash) != 0;
}

}  // namespace copydesk::tokenize
