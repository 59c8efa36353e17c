#include "stages/resolve/titles.h"

#include "stages/resolve/word_set.h"

namespace copydesk::who {
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
    "coach", "chair", "director", "speaker", "spokesperson", "former", "acting", "attorney", "doctor", "hon.", "saint",
    "st.", "fr.", "sr.", "pastor", "envoy", "commissioner", "ceo", "mp");
constexpr auto kSuffixes = word_set("jr.", "jr", "sr.", "sr", "ii", "iii", "iv", "mp", "mep", "phd", "ph.d.", "md",
                                    "m.d.", "qc", "kc", "obe", "cbe", "mbe", "esq.", "esq");
constexpr auto kLegalForms =
    word_set("inc.", "inc", "corp.", "corp", "corporation", "ltd.", "ltd", "limited", "llc", "l.l.c.", "plc", "co.",
             "co", "company", "gmbh", "ag", "s.a.", "sa", "n.v.", "nv", "b.v.", "bv", "ab", "asa", "oyj", "spa",
             "s.p.a.", "llp", "group", "holdings", "incorporated");
constexpr auto kParticles = word_set("of", "the", "and", "for", "in", "on", "de", "la", "le", "du", "des", "del", "&",
                                     "to", "at", "et", "der", "die", "und");

}  // namespace

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

}  // namespace copydesk::who
