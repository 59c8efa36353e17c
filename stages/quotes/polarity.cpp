// SPDX-License-Identifier: Apache-2.0
#include "stages/quotes/polarity.h"

#include <algorithm>
#include <array>

namespace copydesk::quotes {
namespace {

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view lemma) {
  return std::find(words.begin(), words.end(), lemma) != words.end();
}

/// Deny whatever they take.
constexpr std::array<std::string_view, 6> kDeny{"deny", "dispute", "refute", "repudiate", "disavow", "rebut"};
/// Deny a clause or a claim; a plan that is rejected is no statement.
constexpr std::array<std::string_view, 5> kReject{"reject", "dismiss", "contest", "contradict", "challenge"};
constexpr std::array<std::string_view, 8> kClaims{"claim",     "allegation", "accusation", "suggestion",
                                                  "assertion", "report",     "charge",     "rumor"};
/// What one who keeps silent does not do.
constexpr std::array<std::string_view, 16> kTell{"say",      "comment",  "confirm", "disclose", "reveal",  "tell",
                                                 "specify",  "state",    "explain", "clarify",  "discuss", "elaborate",
                                                 "identify", "announce", "detail",  "respond"};
constexpr std::array<std::string_view, 2> kRefuse{"decline", "refuse"};

constexpr std::uint32_t kClause =
    syntax::kThatClause | syntax::kBareClause | syntax::kGerund | syntax::kObjectAs | syntax::kToldClause;

}  // namespace

Polarity polarity_of(const tokenize::Tokens& tokens, const syntax::Lexicon& lexicon, const Candidate& candidate) {
  if (candidate.cue.empty() || candidate.frame == syntax::kQuoted) return Polarity::kAsserted;
  const auto lemma_at = [&](std::uint32_t token) {
    return lexicon.cue(lexicon.find(tokens.lower_hashes[token]).cue).lemma;
  };
  bool negated = false;
  bool denies = false;
  bool rejects = false;
  bool refuses = false;
  bool tells = false;
  bool claims = false;
  for (std::uint32_t token = candidate.cue.begin; token < candidate.cue.end; ++token) {
    const syntax::Lexicon::Entry& entry = lexicon.find(tokens.lower_hashes[token]);
    negated = negated || entry.word_class == syntax::WordClass::kNot;
    const std::string_view lemma = lexicon.cue(entry.cue).lemma;
    denies = denies || is_one_of(kDeny, lemma);
    rejects = rejects || is_one_of(kReject, lemma);
    refuses = refuses || is_one_of(kRefuse, lemma);
    tells = tells || is_one_of(kTell, lemma);
    claims = claims || is_one_of(kClaims, lexicon.cue(entry.nominal).lemma);
  }
  const std::uint32_t begin = candidate.cue.begin;
  if (tells && begin > 0 && is_one_of(kRefuse, lemma_at(begin - 1))) refuses = true;  // "refused | to say"
  if (denies || (rejects && (claims || (candidate.frame & kClause) != 0))) {
    return negated ? Polarity::kAsserted : Polarity::kDenied;
  }
  if (refuses || (tells && negated)) return Polarity::kWithheld;
  return Polarity::kAsserted;
}

}  // namespace copydesk::quotes
