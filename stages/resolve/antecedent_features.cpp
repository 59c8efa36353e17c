// SPDX-License-Identifier: Apache-2.0
#include "stages/resolve/antecedent_features.h"

#include <algorithm>
#include <initializer_list>

#include "stages/tokenize/hash.h"

namespace copydesk::resolve {
namespace {

std::uint32_t sentence_bucket(std::uint32_t distance) {
  if (distance < 4) return distance;
  return distance < 6 ? 4 : distance < 10 ? 5 : distance < 20 ? 6 : 7;
}
std::uint32_t token_bucket(std::uint32_t distance) {
  if (distance < 3) return distance;
  return distance < 6 ? 3 : distance < 11 ? 4 : distance < 21 ? 5 : distance < 41 ? 6 : 7;
}
std::uint32_t count_bucket(std::uint32_t count) {
  if (count < 4) return count;
  return count < 7 ? 4 : count < 12 ? 5 : count < 20 ? 6 : 7;
}

/// Person, organisation, place or thing, one of 4, by what its noun mostly is.
std::uint32_t noun_kind(NounClass noun) {
  const std::uint8_t best = std::max({noun.person, noun.organisation, noun.place});
  if (best < 5) return 3;
  if (best == noun.person) return 0;
  return best == noun.organisation ? 1 : 2;
}
std::uint32_t referent_kind(const Referent& referent) {
  if (!referent.named) return 12 + noun_kind(referent.noun);
  const auto type = static_cast<std::uint32_t>(referent.type);
  return referent.type == EntityType::kGpe ? 16 + referent.place : type;
}
/// How much a referent is a woman: known, or in 5 steps by first name, or by its ending.
std::uint32_t gender_kind(const Referent& referent) {
  if (referent.gender != Gender::kUnknown) return static_cast<std::uint32_t>(referent.gender);
  if (referent.women == WordLexicon::kUnknownName) return 4;
  if (referent.women > 200) return 10 + static_cast<std::uint32_t>(referent.women - 201) / 5;
  return 5 + std::min<std::uint32_t>(referent.women / 41, 4);
}

/// What pronouns that differ in case alone have in common: one of 6.
std::uint32_t family_of(const Candidate& candidate) {
  if (candidate.pronoun == nullptr) return 0;
  if (candidate.pronoun->person < 3) return candidate.pronoun->person;
  if (candidate.gender == Gender::kNeuter) return 3;
  return candidate.number == Number::kPlural ? 4 : 5;
}

class Sink {
 public:
  explicit Sink(std::vector<std::uint32_t>& features) : features_(features) {}
  void add(std::uint64_t id, std::initializer_list<std::uint64_t> values) {
    std::uint64_t hash = id * 0x9E3779B97F4A7C15ULL;
    for (const std::uint64_t value : values) {
      hash = (hash ^ value) * 0xD6E8FEB86659FD93ULL;
      hash ^= hash >> 32;
    }
    features_.push_back(static_cast<std::uint32_t>(hash ^ hash >> 20) & (kWeights - 1));
  }

 private:
  std::vector<std::uint32_t>& features_;
};

/// Token's hash, or 0 past the sentence.
std::uint64_t word_at(const Scene& scene, const Candidate& candidate, std::int64_t token) {
  const TokenRange sentence = scene.view.tokens.sentences[candidate.sentence];
  if (token < sentence.begin || token >= sentence.end) return 0;
  return scene.view.tokens.lower_hashes[static_cast<std::size_t>(token)];
}
std::uint32_t tag_at(const Scene& scene, const Candidate& candidate, std::int64_t token) {
  const TokenRange sentence = scene.view.tokens.sentences[candidate.sentence];
  if (!scene.view.tagged() || token < sentence.begin || token >= sentence.end) return 99;
  return static_cast<std::uint32_t>(scene.view.tags.of[static_cast<std::size_t>(token)]);
}

/// Whether a clause that "it" only announces may follow: "it is clear that", "it would be better to".
/// 0 = no; else by what stands before the clause.
std::uint32_t clause_after(const Scene& scene, const Candidate& candidate) {
  constexpr std::int64_t kFar = 7;
  for (std::int64_t at = candidate.tokens.end; at < candidate.tokens.end + kFar; ++at) {
    const std::uint64_t word = word_at(scene, candidate, at);
    if (word == 0) break;
    const bool that = word == tokenize::hash_lower("that") || word == tokenize::hash_lower("whether") ||
                      word == tokenize::hash_lower("if");
    if (that || word == tokenize::hash_lower("to")) return (that ? 200U : 100U) + tag_at(scene, candidate, at - 1);
  }
  return 0;
}

void new_referent_features(const Scene& scene, std::uint32_t index, const Option& option, Sink& sink) {
  const Candidate& candidate = scene.candidates[index];
  const MentionContext& context = scene.contexts[index];
  const std::int64_t end = candidate.tokens.end;
  const std::int64_t begin = candidate.tokens.begin;
  const std::uint32_t kind = context.kind;
  const std::uint64_t head = scene.view.tokens.lower_hashes[candidate.head];
  const bool nominal = candidate.kind == MentionKind::kNominal;
  sink.add(101, {kind});
  sink.add(102, {kind, std::min(candidate.sentence, 6U)});
  sink.add(103, {kind, word_at(scene, candidate, end)});
  sink.add(104, {kind, tag_at(scene, candidate, end), tag_at(scene, candidate, end + 1)});
  sink.add(105, {kind, word_at(scene, candidate, begin - 1)});
  sink.add(106, {kind, context.quote != kNone});
  sink.add(107, {kind, std::min(option.agreeing, 4U)});
  sink.add(108, {kind, static_cast<std::uint64_t>(context.role)});
  if (candidate.kind == MentionKind::kPronoun && candidate.gender == Gender::kNeuter) {
    sink.add(114, {kind, word_at(scene, candidate, end), word_at(scene, candidate, end + 1)});
    sink.add(115, {kind, clause_after(scene, candidate)});
  }
  if (!nominal) return;
  sink.add(109, {static_cast<std::uint64_t>(context.determiner), head});
  sink.add(110, {kind, noun_kind(context.noun)});
  sink.add(111, {kind, context.noun.cluster});
  sink.add(112, {kind, std::min(candidate.tokens.size(), 5U)});
  sink.add(113, {kind, context.appositive});
  sink.add(116, {kind, scene.source_of[index] != kNone, noun_kind(context.noun), candidate.holds_name});
}

void nominal_features(const Scene& scene, std::uint32_t index, std::uint32_t referent_index, Sink& sink) {
  const Referent& referent = scene.discourse.referents()[referent_index];
  const Candidate& candidate = scene.candidates[index];
  const MentionContext& context = scene.contexts[index];
  const std::uint64_t head = scene.view.tokens.lower_hashes[candidate.head];
  const std::uint32_t what = referent_kind(referent);
  const std::uint32_t kind = context.kind;
  const bool same_head = referent.has_word(head);
  const bool known_head = !same_head && referent.is_known_as(head);
  const std::uint32_t source = scene.source_of[index] != kNone;
  std::uint32_t modifiers = 0;
  std::uint32_t same_modifiers = 0;
  std::uint32_t foreign = 0;  // names that neither the article nor open text ties to the referent
  for (std::uint32_t token = candidate.tokens.begin; token < candidate.head; ++token) {
    if (scene.view.tagged()) {
      const tag::Tag tag = scene.view.tags.of[token];
      if (tag == tag::Tag::kDT || tag == tag::Tag::kPRPS || tag == tag::Tag::kPunct) continue;
    }
    ++modifiers;
    const std::uint64_t word = scene.view.tokens.lower_hashes[token];
    if (referent.has_word(word) || referent.is_known_as(word))
      ++same_modifiers;
    else if (scene.view.tokens.has(token, tokenize::kInitialUpper))
      ++foreign;
  }
  const std::uint32_t called = same_head ? 2 : known_head ? 1 : 0;
  sink.add(30, {head, what});
  sink.add(31, {context.noun.cluster, what});
  sink.add(32, {context.noun.person, what});
  sink.add(33, {context.noun.organisation, context.noun.place, what});
  sink.add(34, {kind, same_head, what});
  sink.add(35, {kind, same_head, std::min(modifiers, 3U), std::min(same_modifiers, 2U)});
  sink.add(45, {modifiers > 0 && modifiers == same_modifiers, same_head, referent.named});
  sink.add(36, {static_cast<std::uint64_t>(context.determiner), same_head, noun_kind(context.noun), what});
  sink.add(37, {static_cast<std::uint64_t>(context.determiner), head, same_head});
  const Candidate& last = scene.candidates[referent.last];
  const std::uint32_t distance = candidate.sentence - last.sentence;
  sink.add(38, {same_head, sentence_bucket(distance), referent.named});
  sink.add(51, {called, what, candidate.holds_name});
  sink.add(52, {called, std::min(foreign, 2U), std::min(same_modifiers, 2U), source});
  sink.add(53, {source, sentence_bucket(distance), static_cast<std::uint64_t>(scene.contexts[referent.last].role),
                referent.named, called});
  sink.add(54, {source, scene.last_speaker == referent_index, referent.named, kind});
  const auto gender = gender_of_noun(head);
  if (gender != Gender::kUnknown) sink.add(39, {static_cast<std::uint64_t>(gender), gender_kind(referent), what});
}

}  // namespace

bool is_anaphor(const Candidate& candidate, const MentionContext& context) {
  if (candidate.kind == MentionKind::kPronoun) return true;
  if (candidate.kind != MentionKind::kNominal) return false;
  // "The NATO chief" may be somebody spoken of; "the Dell campaign" speaks of Dell, but is not him.
  if (candidate.holds_name && (candidate.holds_person || context.determiner != Determiner::kThe ||
                               candidate.number == Number::kPlural || context.noun.person < 8)) {
    return false;
  }
  if (context.noun.person + context.noun.organisation + context.noun.place < 5) return false;
  return context.appositive || context.determiner == Determiner::kThe || context.determiner == Determiner::kThis ||
         context.determiner == Determiner::kPossessive ||
         (context.determiner == Determiner::kNoneAtAll && candidate.tokens.size() == 1);
}

bool agrees(const Candidate& candidate, const MentionContext& context, const Referent& referent) {
  const bool person = referent.named ? referent.type == EntityType::kPerson : referent.noun.person >= 3;
  if (candidate.kind == MentionKind::kPronoun) {
    if (candidate.gender == Gender::kMale || candidate.gender == Gender::kFemale) {
      if (!person || referent.number == Number::kPlural) return false;
      if (referent.gender != Gender::kUnknown) return referent.gender == candidate.gender;
      if (referent.women > 200) return true;
      return candidate.gender == Gender::kMale ? referent.women < WordLexicon::kMostlyWoman
                                               : referent.women > WordLexicon::kMostlyMan;
    }
    if (candidate.gender == Gender::kNeuter) {
      return !(referent.named && person) && referent.number != Number::kPlural;
    }
    if (candidate.pronoun->person == 1 && candidate.number == Number::kSingular) return person;
    if (candidate.number == Number::kPlural) return !(referent.named && person);
    return true;
  }
  if (referent.named && person && candidate.number == Number::kPlural) return false;
  if (referent.named) {
    if (person) return context.noun.person >= 2;
    return context.noun.person < 12;
  }
  return true;
}

bool agrees_surely(const Candidate& candidate, const Referent& referent) {
  if (referent.gender != Gender::kUnknown) return referent.gender == candidate.gender;
  if (referent.women > WordLexicon::kSurelyWoman) return false;
  constexpr std::uint8_t kSure = 26;  // of 200
  return candidate.gender == Gender::kMale ? referent.women <= kSure
                                           : referent.women >= WordLexicon::kSurelyWoman - kSure;
}

void antecedent_features(const Scene& scene, std::uint32_t index, const Option& option,
                         std::vector<std::uint32_t>& features) {
  Sink sink(features);
  if (option.referent == kNone) {
    new_referent_features(scene, index, option, sink);
    return;
  }
  const Candidate& candidate = scene.candidates[index];
  const MentionContext& context = scene.contexts[index];
  const Referent& referent = scene.discourse.referents()[option.referent];
  const std::uint32_t last_index = referent.last == kNone ? option.ahead : referent.last;
  const Candidate& last = scene.candidates[last_index];
  const MentionContext& last_context = scene.contexts[last_index];
  const std::uint32_t kind = context.kind;
  const std::uint32_t what = referent_kind(referent);
  const std::uint32_t distance = candidate.sentence - last.sentence;
  const std::uint32_t near = sentence_bucket(distance);
  const auto role = static_cast<std::uint64_t>(context.role);
  const auto last_role = static_cast<std::uint64_t>(last_context.role);
  const auto last_kind = static_cast<std::uint64_t>(last.kind);
  const bool nested = last.tokens.begin <= candidate.tokens.begin && candidate.tokens.end <= last.tokens.end;
  sink.add(1, {kind, near, last_kind});
  sink.add(2, {kind, option.rank, referent.list});
  sink.add(3, {kind, std::min(option.agreeing, 5U), referent.named});
  sink.add(4, {kind, std::min(near, 3U), last_role, role});
  sink.add(5, {kind, what, referent.number == Number::kPlural});
  sink.add(6, {kind, gender_kind(referent), referent.named});
  sink.add(7, {kind, count_bucket(referent.mentions), referent.named});
  const bool early = referent.first != kNone && scene.candidates[referent.first].sentence < 2;
  sink.add(8, {kind, early, std::min(near, 3U)});
  const bool same_word = scene.view.tokens.lower_hashes[last.head] == scene.view.tokens.lower_hashes[candidate.head];
  sink.add(9, {kind, same_word, std::min(near, 3U), last_kind});
  sink.add(10, {kind, last_context.kind, std::min(near, 2U)});
  if (distance == 0) {
    const std::uint32_t apart = candidate.tokens.begin > last.tokens.end ? candidate.tokens.begin - last.tokens.end : 0;
    sink.add(11, {kind, token_bucket(apart), last_role});
    sink.add(12, {kind, nested, last_kind});
    if (apart <= 2 && !nested) {
      sink.add(13, {kind, apart, apart > 0 ? scene.view.tokens.lower_hashes[last.tokens.end] : 0, referent.named});
      sink.add(14, {kind, apart, apart > 0 ? tag_at(scene, candidate, last.tokens.end) : 0, what});
    }
  }
  const std::uint32_t family = family_of(candidate);
  if (option.ahead != kNone) {
    const std::uint32_t opener = tag_at(scene, candidate, scene.view.tokens.sentences[candidate.sentence].begin);
    sink.add(61, {family, static_cast<std::uint64_t>(candidate.pronoun->grammatical_case), referent.last == kNone});
    sink.add(62, {family, opener});
    sink.add(63, {family, std::min(option.agreeing, 3U), role});
    sink.add(64, {family, word_at(scene, candidate, scene.view.tokens.sentences[candidate.sentence].begin)});
  }
  sink.add(41, {family, what, near});
  sink.add(42, {family, what, last_role, std::min(option.agreeing, 3U), distance == 0});
  sink.add(43, {family, std::min(option.agreeing, 4U), near, referent.named});
  sink.add(44, {family, last_role, last_kind, distance == 0, role});
  sink.add(47, {family, std::min(option.surer, 2U), option.surer == 0 && agrees_surely(candidate, referent), near < 2});
  sink.add(48, {family, std::min(option.busier, 3U), std::min(near, 3U), referent.named});
  // The one that its sentence begins with is what that is about.
  const bool leads = last.phrase.begin < scene.view.tokens.sentences[last.sentence].begin + 2;
  sink.add(49, {family, leads, last_role, std::min(near, 3U), role});
  sink.add(50, {family, leads, last_kind, referent.named, near, std::min(option.agreeing, 2U)});
  const bool quoted = context.quote != kNone;
  const bool last_quoted = last_context.quote != kNone;
  const std::uint64_t quotes =
      quoted ? (last_quoted ? (context.quote == last_context.quote ? 1 : 2) : 3) : (last_quoted ? 4 : 0);
  sink.add(15, {kind, quotes});
  sink.add(16, {kind, quotes, last_kind, std::min(near, 3U)});
  if (quoted && scene.speakers[context.quote] != kNone) {
    sink.add(17, {kind, scene.speakers[context.quote] == option.referent, context.direct});
  }
  if (scene.source_of[index] != kNone) {
    sink.add(20, {kind, scene.last_speaker == option.referent, std::min(near, 3U)});
    sink.add(21, {kind, scene.last_speaker == option.referent, scene.source_of[last_index] != kNone});
  } else {
    sink.add(22, {kind, scene.last_speaker == option.referent, quotes});
  }
  if (candidate.kind == MentionKind::kPronoun && candidate.gender != Gender::kMale &&
      candidate.gender != Gender::kFemale) {
    sink.add(24, {kind, what, word_at(scene, candidate, candidate.tokens.end)});
    sink.add(25, {kind, what, static_cast<std::uint64_t>(last_role), role, std::min(near, 2U)});
    sink.add(26, {kind, what, clause_after(scene, candidate)});
  }
  sink.add(23, {kind, what, std::min(near, 3U), last_role});
  sink.add(18, {kind, std::min(option.agreeing, 3U), std::min(near, 4U), last_role});
  sink.add(19, {what, near, candidate.kind == MentionKind::kNominal});
  if (candidate.kind == MentionKind::kNominal) nominal_features(scene, index, option.referent, sink);
}

}  // namespace copydesk::resolve
