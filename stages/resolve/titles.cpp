// SPDX-License-Identifier: Apache-2.0
#include "stages/resolve/titles.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "stages/resolve/word_set.h"

namespace copydesk::resolve {
namespace {

constexpr auto kMaleTitles =
    word_set("mr.", "mr", "sir", "lord", "king", "prince", "baron", "duke", "father", "brother", "sheikh", "emperor",
             "herr", "monsieur", "pope", "congressman", "chairman", "spokesman", "uncle", "count", "earl");
constexpr auto kFemaleTitles =
    word_set("mrs.", "mrs", "ms.", "ms", "miss", "lady", "dame", "queen", "princess", "baroness", "duchess", "sister",
             "mother", "empress", "frau", "madame", "congresswoman", "chairwoman", "spokeswoman", "aunt", "countess");
constexpr auto kOtherTitles = word_set(
    "dr.", "dr", "prof.", "prof", "professor", "president", "vice", "deputy", "prime", "minister", "chancellor",
    "premier", "secretary", "senator", "sen.", "sen", "rep.", "rep", "representative", "gov.", "gov", "governor",
    "mayor", "judge", "justice", "chief", "general", "gen.", "gen", "lt.", "lt", "lieutenant", "col.", "col", "colonel",
    "maj.", "maj", "major", "capt.", "capt", "captain", "sgt.", "sgt", "sergeant", "cpl.", "pvt.", "admiral", "adm.",
    "commander", "cmdr.", "officer", "inspector", "detective", "constable", "sheriff", "rev.", "rev", "reverend",
    "bishop", "archbishop", "cardinal", "rabbi", "imam", "ayatollah", "ambassador", "amb.", "councillor", "councilor",
    "coach", "chair", "director", "lt-col", "lt-gen", "lt.-col.", "maj-gen", "brig", "brigadier", "insp", "supt",
    "superintendent", "det", "pc", "dc", "dci", "pte", "private", "corporal", "cpl", "cllr", "cllr.", "warrant",
    "marshal", "speaker", "spokesperson", "former", "acting", "attorney", "doctor", "hon.", "saint", "st.", "fr.",
    "sr.", "pastor", "envoy", "commissioner", "ceo", "mp");
constexpr auto kSuffixes = word_set("jr.", "jr", "sr.", "sr", "ii", "iii", "iv", "mp", "mep", "phd", "ph.d.", "md",
                                    "m.d.", "qc", "kc", "obe", "cbe", "mbe", "esq.", "esq");
constexpr auto kLegalForms =
    word_set("inc.", "inc", "corp.", "corp", "corporation", "ltd.", "ltd", "limited", "llc", "l.l.c.", "plc", "co.",
             "co", "company", "gmbh", "ag", "s.a.", "sa", "n.v.", "nv", "b.v.", "bv", "ab", "asa", "oyj", "spa",
             "s.p.a.", "llp", "group", "holdings", "incorporated");
constexpr auto kParticles = word_set("of", "the", "and", "for", "in", "on", "de", "la", "le", "du", "des", "del", "&",
                                     "to", "at", "et", "der", "die", "und");

constexpr auto kSurnameParticles = word_set("van", "von", "der", "den", "de", "del", "della", "di", "da", "do", "dos",
                                            "das", "du", "la", "le", "bin", "bint", "ibn", "ben", "al", "el", "al-",
                                            "el-", "ter", "ten", "zu", "zur", "af", "av", "san", "dalla", "degli");

constexpr auto kParticleNames = word_set("al", "ben", "van", "san", "la", "du", "do");

struct Nickname {
  std::uint64_t nickname;
  std::uint64_t name;
};
constexpr Nickname nickname(std::string_view is, std::string_view of) {
  return {tokenize::hash_lower(is), tokenize::hash_lower(of)};
}
/// By nickname, for std::lower_bound.
template <std::size_t N>
constexpr std::array<Nickname, N> sorted(std::array<Nickname, N> table) {
  std::sort(table.begin(), table.end(), [](const Nickname& a, const Nickname& b) { return a.nickname < b.nickname; });
  return table;
}
constexpr auto kShortTitles = sorted(std::array{nickname("sen.", "senator"),
                                                nickname("sen", "senator"),
                                                nickname("rep.", "representative"),
                                                nickname("rep", "representative"),
                                                nickname("gov.", "governor"),
                                                nickname("gov", "governor"),
                                                nickname("gen.", "general"),
                                                nickname("gen", "general"),
                                                nickname("col.", "colonel"),
                                                nickname("lt.", "lieutenant"),
                                                nickname("capt.", "captain"),
                                                nickname("sgt.", "sergeant"),
                                                nickname("sgt", "sergeant"),
                                                nickname("dr.", "doctor"),
                                                nickname("dr", "doctor"),
                                                nickname("prof.", "professor"),
                                                nickname("prof", "professor"),
                                                nickname("rev.", "reverend"),
                                                nickname("insp", "inspector"),
                                                nickname("supt", "superintendent"),
                                                nickname("cllr", "councillor"),
                                                nickname("adm.", "admiral"),
                                                nickname("amb.", "ambassador"),
                                                nickname("det", "detective"),
                                                nickname("gop", "republican"),
                                                nickname("democrat", "democratic"),
                                                nickname("pm", "premier"),
                                                nickname("lawyer", "attorney"),
                                                nickname("congresswoman", "representative"),
                                                nickname("congressman", "representative")});
/// A bit for the low byte of each: most words are told from them at once.
constexpr auto kMayBeShort = [] {
  std::array<std::uint64_t, 4> bits{};
  for (const Nickname& known : kShortTitles)
    bits[known.nickname >> 6 & 3U] |= std::uint64_t{1} << (known.nickname & 63U);
  return bits;
}();
constexpr std::array kNicknames{
    nickname("bill", "william"),    nickname("billy", "william"),     nickname("will", "william"),
    nickname("bob", "robert"),      nickname("bobby", "robert"),      nickname("rob", "robert"),
    nickname("dick", "richard"),    nickname("rick", "richard"),      nickname("rich", "richard"),
    nickname("jim", "james"),       nickname("jimmy", "james"),       nickname("jack", "john"),
    nickname("johnny", "john"),     nickname("ted", "edward"),        nickname("ed", "edward"),
    nickname("eddie", "edward"),    nickname("tony", "anthony"),      nickname("liz", "elizabeth"),
    nickname("beth", "elizabeth"),  nickname("betty", "elizabeth"),   nickname("betsy", "elizabeth"),
    nickname("kate", "katherine"),  nickname("kathy", "katherine"),   nickname("peggy", "margaret"),
    nickname("maggie", "margaret"), nickname("meg", "margaret"),      nickname("chuck", "charles"),
    nickname("charlie", "charles"), nickname("hank", "henry"),        nickname("larry", "lawrence"),
    nickname("mike", "michael"),    nickname("mick", "michael"),      nickname("nick", "nicholas"),
    nickname("joe", "joseph"),      nickname("joey", "joseph"),       nickname("tom", "thomas"),
    nickname("tommy", "thomas"),    nickname("tim", "timothy"),       nickname("dan", "daniel"),
    nickname("danny", "daniel"),    nickname("dave", "david"),        nickname("steve", "stephen"),
    nickname("steven", "stephen"),  nickname("chris", "christopher"), nickname("matt", "matthew"),
    nickname("andy", "andrew"),     nickname("drew", "andrew"),       nickname("ben", "benjamin"),
    nickname("sam", "samuel"),      nickname("greg", "gregory"),      nickname("jeff", "jeffrey"),
    nickname("geoff", "geoffrey"),  nickname("ken", "kenneth"),       nickname("ron", "ronald"),
    nickname("don", "donald"),      nickname("pat", "patrick"),       nickname("fred", "frederick"),
    nickname("gabby", "gabrielle"), nickname("sue", "susan"),         nickname("debbie", "deborah"),
    nickname("cathy", "catherine"), nickname("mitch", "mitchell"),    nickname("phil", "philip"),
    nickname("pete", "peter"),      nickname("al", "alan"),           nickname("alex", "alexander"),
    nickname("jon", "jonathan"),    nickname("josh", "joshua"),       nickname("gerry", "gerald"),
    nickname("jerry", "gerald"),    nickname("ray", "raymond"),       nickname("vince", "vincent"),
    nickname("walt", "walter"),     nickname("doug", "douglas"),      nickname("stan", "stanley")};

}  // namespace

std::uint64_t full_title(std::uint64_t lower_hash) noexcept {
  if ((kMayBeShort[lower_hash >> 6 & 3U] >> (lower_hash & 63U) & 1U) == 0) return lower_hash;
  const auto* at = std::lower_bound(kShortTitles.begin(), kShortTitles.end(), lower_hash,
                                    [](const Nickname& known, std::uint64_t hash) { return known.nickname < hash; });
  return at != kShortTitles.end() && at->nickname == lower_hash ? at->name : lower_hash;
}
bool is_particle_or_first_name(std::uint64_t lower_hash) noexcept {
  return kParticleNames.contains(lower_hash);
}
bool is_surname_particle(std::uint64_t lower_hash) noexcept {
  return kSurnameParticles.contains(lower_hash);
}
std::uint64_t formal_first_name(std::uint64_t lower_hash) noexcept {
  for (const Nickname& known : kNicknames) {
    if (known.nickname == lower_hash) return known.name;
  }
  return lower_hash;
}

Title find_title(std::uint64_t lower_hash) noexcept {
  if (kMaleTitles.contains(lower_hash)) return {true, Gender::kMale};
  if (kFemaleTitles.contains(lower_hash)) return {true, Gender::kFemale};
  return {kOtherTitles.contains(lower_hash), Gender::kUnknown};
}
bool is_name_suffix(std::uint64_t lower_hash) noexcept {
  return kSuffixes.contains(lower_hash);
}
bool is_legal_form(std::uint64_t lower_hash) noexcept {
  return kLegalForms.contains(lower_hash);
}
bool is_name_particle(std::uint64_t lower_hash) noexcept {
  return kParticles.contains(lower_hash);
}

}  // namespace copydesk::resolve
