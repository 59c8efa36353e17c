// SPDX-License-Identifier: Apache-2.0
#include "stages/resolve/linker.h"

#include <algorithm>
#include <array>

#include "stages/resolve/word_set.h"

namespace copydesk::resolve {
namespace {

/// What the leader of a country is called.
constexpr std::array kLeaders{
    tokenize::hash_lower("president"),  tokenize::hash_lower("premier"),   tokenize::hash_lower("prime"),
    tokenize::hash_lower("chancellor"), tokenize::hash_lower("king"),      tokenize::hash_lower("queen"),
    tokenize::hash_lower("emperor"),    tokenize::hash_lower("taoiseach"), tokenize::hash_lower("dictator")};

/// What opens a clause or phrase before the subject.
constexpr auto kOpeners = word_set(
    "in", "during", "after", "before", "when", "while", "despite", "through", "thanks", "as", "since", "for", "like",
    "unlike", "with", "without", "at", "on", "by", "from", "throughout", "under", "upon", "until", "although", "though",
    "because", "if", "once", "besides", "according", "to", "of", "one", "following", "due", "given", "alongside",
    "among", "despite", "via", "whilst", "even", "shortly", "soon", "later", "early");
/// What a named organisation is called for short.
constexpr auto kOrganisations = word_set(
    "bank", "agency", "union", "network", "website", "site", "company", "firm", "newspaper", "paper", "magazine",
    "group", "organisation", "organization", "airline", "retailer", "carmaker", "manufacturer", "broadcaster",
    "charity", "regulator", "watchdog", "club", "university", "outlet", "publication", "nonprofit", "lender", "insurer",
    "maker", "chain", "startup", "publisher", "studio", "department", "bureau", "institute", "journal");
/// Heads that say what somebody presides over, so that another place's is somebody else: "the Texas governor".
constexpr auto kOffices = word_set("governor", "senator", "representative", "congressman", "congresswoman", "mayor",
                                   "president", "premier", "minister", "chancellor", "king", "queen", "leader", "chief",
                                   "secretary", "ambassador", "commissioner", "attorney", "judge", "bishop", "coach");
/// Words that say when or how much somebody is what he is called.
constexpr auto kTimes = word_set("former", "then", "current", "ex", "longtime", "late", "veteran", "new", "now", "own",
                                 "long", "time", "outgoing", "incoming", "retired");

}  // namespace

void Linker::start(const View& view, const WordLexicon& lexicon, const std::vector<Candidate>& candidates,
                   const NameGroups& names, const std::vector<std::uint32_t>& sources, const quotes::Quotes& quotes) {
  find_beginnings(view, quotes);
  discourse_.start(view, lexicon, candidates, names.groups());
  referent_of_.assign(names.group_of().begin(), names.group_of().end());
  evidence_.assign(candidates.size(), Evidence::kNobody);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (referent_of_[i] != kNone)
      evidence_[i] = candidates[i].tokens.size() > 1 ? Evidence::kFullName : Evidence::kShortName;
    if (candidates[i].stands_for == kNone) continue;
    referent_of_[i] = referent_of_[candidates[i].stands_for];
    evidence_[i] = Evidence::kApposition;
  }
  speakers_.assign(sources.size(), kNone);
  for (std::size_t quote = 0; quote < sources.size(); ++quote) {
    if (sources[quote] != kNone) speakers_[quote] = referent_of_[sources[quote]];
  }
  quotes_of_.clear();
  source_of_.assign(candidates.size(), kNone);
  for (std::uint32_t quote = 0; quote < sources.size(); ++quote) {
    if (sources[quote] == kNone) continue;
    quotes_of_.push_back({sources[quote], quote});
    source_of_[sources[quote]] = quote;
  }
  std::sort(quotes_of_.begin(), quotes_of_.end());
  last_speaker_ = kNone;
}

void Linker::find_beginnings(const View& view, const quotes::Quotes& quotes) {
  begins_in_.clear();
  const auto& sentences = view.tokens.sentences;
  for (const quotes::Quote& quote : quotes.items) {
    const auto after = std::partition_point(sentences.begin(), sentences.end(), [&](TokenRange sentence) {
      return view.tokens.spans[sentence.begin].begin <= quote.extent.begin;
    });
    begins_in_.push_back(after == sentences.begin() ? 0 : static_cast<std::uint32_t>(after - sentences.begin() - 1));
  }
}

std::uint32_t Linker::whom_it_follows(const std::vector<Candidate>& candidates, std::uint32_t index) const {
  // The comma and a preposition ("of whom") may stand between them.
  constexpr std::uint32_t kMaxBetween = 2;
  const std::uint32_t at = candidates[index].tokens.begin;
  for (std::uint32_t i = index; i > 0 && i + 4 > index; --i) {
    const Candidate& before = candidates[i - 1];
    if (before.sentence != candidates[index].sentence) break;
    if (before.tokens.end + kMaxBetween >= at && referent_of_[i - 1] != kNone) return referent_of_[i - 1];
  }
  return kNone;
}

std::uint32_t Linker::who_speaks(const View& view, const std::vector<Candidate>& candidates,
                                 const std::vector<MentionContext>& contexts, std::uint32_t index) const {
  const Candidate& candidate = candidates[index];
  if (candidate.pronoun == nullptr) return kNone;
  const bool gendered = candidate.gender == Gender::kMale || candidate.gender == Gender::kFemale;
  if (!gendered && candidate.gender != Gender::kNeuter) return kNone;
  const auto fits = [&](std::uint32_t referent) {
    return referent != kNone && agrees(candidate, contexts[index], discourse_.referents()[referent]);
  };
  // "Una Dell said she would come."
  const std::uint32_t quote = contexts[index].quote;
  if (gendered && quote != kNone && contexts[index].opens_quote && !contexts[index].direct && fits(speakers_[quote]) &&
      discourse_.referents()[speakers_[quote]].last != kNone) {
    return speakers_[quote];
  }
  // The source of a quote right after one of somebody who agrees: the same person speaks on.
  if (source_of_[index] == kNone || !fits(last_speaker_)) return kNone;
  if (!gendered && discourse_.referents()[last_speaker_].type != EntityType::kOrg) return kNone;
  if (has_other_subject(candidates, contexts, index)) return kNone;
  if (is_excluded(view, candidates, contexts, index, last_speaker_)) return kNone;
  // Near is what stands in the sentence before, or before the quote if that comes first.
  const std::uint32_t here = std::min(candidate.sentence, begins_in_[source_of_[index]]);
  const bool near = here <= candidates[discourse_.referents()[last_speaker_].last].sentence + 1 &&
                    here <= candidates[last_source_].sentence + 1;
  return near ? last_speaker_ : kNone;
}

bool Linker::has_other_subject(const std::vector<Candidate>& candidates, const std::vector<MentionContext>& contexts,
                               std::uint32_t index) const {
  constexpr std::uint32_t kFarthest = 12;
  const Candidate& candidate = candidates[index];
  for (std::uint32_t i = index; i > 0 && i + kFarthest > index; --i) {
    const Candidate& before = candidates[i - 1];
    if (before.sentence != candidate.sentence) return false;
    if (before.kind != MentionKind::kName || contexts[i - 1].role != Role::kSubject) continue;
    if (contexts[i - 1].quote != kNone || referent_of_[i - 1] == last_speaker_) continue;
    if (agrees(candidate, contexts[index], discourse_.referents()[referent_of_[i - 1]])) return true;
  }
  return false;
}

std::uint32_t Linker::who_leads(const View& view, const Candidate& candidate) const {
  if (candidate.kind != MentionKind::kNominal || candidate.tokens.size() != 3) return kNone;
  const auto& hashes = view.tokens.lower_hashes;
  if (hashes[candidate.tokens.begin] != tokenize::hash_lower("the") ||
      hashes[candidate.head] != tokenize::hash_lower("leader")) {
    return kNone;
  }
  const std::uint64_t nation = hashes[candidate.head - 1];
  std::uint32_t leader = kNone;
  discourse_.recent([&](std::uint32_t referent, std::uint32_t) {
    const Referent& person = discourse_.referents()[referent];
    if (!person.named || person.type != EntityType::kPerson || !person.has_word(nation)) return;
    const bool leads = std::any_of(kLeaders.begin(), kLeaders.end(), [&](auto word) { return person.has_word(word); });
    if (leads && (leader == kNone || person.last > discourse_.referents()[leader].last)) leader = referent;
  });
  return leader;
}

bool Linker::is_excluded(const View& view, const std::vector<Candidate>& candidates,
                         const std::vector<MentionContext>& contexts, std::uint32_t index,
                         std::uint32_t referent) const {
  const Candidate& candidate = candidates[index];
  const Referent& it = discourse_.referents()[referent];
  if (it.last == kNone) return false;
  const std::uint32_t last_quote = contexts[it.last].quote;
  // "Biden lied," he said: "he" is not Biden.
  const Candidate& last = candidates[it.last];
  const bool told_of =
      last.kind == MentionKind::kName || last.gender == Gender::kMale || last.gender == Gender::kFemale;
  if (source_of_[index] != kNone && last_quote == source_of_[index] && told_of &&
      (contexts[it.last].direct || last.kind == MentionKind::kName)) {
    return true;
  }
  const std::uint32_t quote = contexts[index].quote;
  const bool third = candidate.pronoun == nullptr || candidate.pronoun->person == 3;
  // Lee said: "He lied.": "he" is not Lee.
  if (quote != kNone && contexts[index].direct && third && speakers_[quote] == referent) return true;
  if (candidate.kind != MentionKind::kNominal || !it.named || it.type != EntityType::kPerson) return false;
  // "The Varnish leader" is not the Norish president.
  const auto& hashes = view.tokens.lower_hashes;
  const bool leader = hashes[candidate.head] == tokenize::hash_lower("leader") ||
                      std::find(kLeaders.begin(), kLeaders.end(), hashes[candidate.head]) != kLeaders.end();
  for (std::uint32_t token = candidate.tokens.begin + 1; leader && token < candidate.head; ++token) {
    if (view.tokens.has(token, tokenize::kInitialUpper) && !it.has_word(hashes[token])) return true;
  }
  // Lee said the minister lied. Lee thanked the driver.
  if (quote != kNone && speakers_[quote] == referent) return true;
  return candidates[it.last].sentence == candidate.sentence && contexts[it.last].role == Role::kSubject &&
         contexts[index].role != Role::kSubject && !contexts[index].appositive;
}

Linker::Called Linker::how_called(const View& view, const Candidate& candidate, const Referent& referent) const {
  const std::uint64_t head = view.tokens.lower_hashes[candidate.head];
  // Nearly always the last word tells that it is somebody else.
  if (!referent.has_word(head) && !referent.is_known_as(head)) return Called::kOtherwise;
  const bool office = kOffices.contains(head);
  bool said = true;
  std::uint32_t words = 0;
  std::uint32_t foreign = 0;
  const bool determined = view.tags.of[candidate.tokens.begin] == tag::Tag::kDT;
  for (std::uint32_t token = candidate.tokens.begin + (determined ? 1 : 0); token <= candidate.head; ++token) {
    const std::uint64_t hash = view.tokens.lower_hashes[token];
    if (view.tokens.has(token, tokenize::kPunctuation) || view.tags.of[token] == tag::Tag::kCC) continue;
    if (referent.has_word(hash)) {
      ++words;
      continue;
    }
    if (token < candidate.head && kTimes.contains(hash)) continue;
    said = false;
    if (referent.is_known_as(hash))
      ++words;
    else if (token < candidate.head && !office && view.tokens.has(token, tokenize::kInitialUpper))
      ++foreign;
    else
      return Called::kOtherwise;
  }
  if (said) return Called::kSo;
  if (referent.type == EntityType::kPerson && words + foreign < 2) return Called::kOtherwise;
  return foreign == 0 ? Called::kElsewhere : Called::kPerhaps;
}

std::uint32_t Linker::latest(EntityType type, const std::vector<Candidate>& candidates,
                             const std::vector<MentionContext>& contexts, std::uint32_t index) const {
  constexpr std::uint32_t kNearSentences = 2;
  std::uint32_t found = kNone;
  discourse_.recent([&](std::uint32_t referent, std::uint32_t) {
    const Referent& person = discourse_.referents()[referent];
    if (!person.named || person.type != type || contexts[person.last].quote != kNone) return;
    if (candidates[person.last].sentence + kNearSentences < candidates[index].sentence) return;
    if (contexts[person.last].role == Role::kPossessor || contexts[person.last].role == Role::kModifier) return;
    if (found == kNone || person.last > discourse_.referents()[found].last) found = referent;
  });
  return found;
}

std::uint32_t Linker::who_is_called(const View& view, const std::vector<Candidate>& candidates,
                                    const std::vector<MentionContext>& contexts, std::uint32_t index) const {
  const Candidate& candidate = candidates[index];
  if (candidate.kind != MentionKind::kNominal || candidate.number != Number::kSingular || candidate.tokens.size() < 2) {
    return kNone;
  }
  if (!view.tagged()) return kNone;
  const MentionContext& context = contexts[index];
  // "The mayor and | Norish party leader |"
  const std::uint32_t begin = candidate.tokens.begin;
  const bool second = context.determiner == Determiner::kNoneAtAll && begin > 0 && view.word(begin - 1) == "and" &&
                      candidate.tokens.size() > 2 && source_of_[index] != kNone;
  if (context.determiner != Determiner::kThe && context.determiner != Determiner::kThis && !second) return kNone;
  const bool aged = view.tokens.span_of(candidate.tokens).of(view.text).find("-year-old") != std::string_view::npos;
  if ((candidate.demonym || aged) && source_of_[index] != kNone) {
    return latest(EntityType::kPerson, candidates, contexts, index);
  }
  struct Found {
    std::uint32_t referent = kNone;
    std::uint32_t count = 0;
  };
  std::array<Found, kCalledKinds> found{};
  discourse_.recent([&](std::uint32_t referent, std::uint32_t) {
    const Referent& person = discourse_.referents()[referent];
    if (!person.named || (person.type != EntityType::kPerson && person.type != EntityType::kOrg)) return;
    const Called called = how_called(view, candidate, person);
    if (called == Called::kOtherwise || is_excluded(view, candidates, contexts, index, referent)) return;
    Found& of_kind = found[static_cast<std::size_t>(called)];
    of_kind.referent = referent;
    ++of_kind.count;
  });
  for (const Found& of_kind : found) {
    if (of_kind.count > 0) return of_kind.count == 1 ? of_kind.referent : kNone;
  }
  const bool kind_only =
      candidate.tokens.size() == 2 && kOrganisations.contains(view.tokens.lower_hashes[candidate.head]);
  return kind_only && source_of_[index] != kNone ? latest(EntityType::kOrg, candidates, contexts, index) : kNone;
}

std::uint32_t Linker::name_ahead(const View& view, const std::vector<Candidate>& candidates,
                                 const std::vector<MentionContext>& contexts, std::uint32_t index) const {
  constexpr std::uint32_t kWords = 30;
  constexpr std::uint32_t kMentions = 8;
  const Candidate& pronoun = candidates[index];
  if (!view.tagged() || pronoun.pronoun == nullptr || pronoun.pronoun->person != 3) return kNone;
  if (pronoun.number != Number::kSingular) return kNone;
  const TokenRange sentence = view.tokens.sentences[pronoun.sentence];
  if (!kOpeners.contains(view.tokens.lower_hashes[sentence.begin]) && view.tags.of[sentence.begin] != tag::Tag::kVBG &&
      view.tags.of[sentence.begin] != tag::Tag::kVBN) {
    return kNone;
  }
  for (std::uint32_t i = index + 1; i < candidates.size() && i < index + kMentions; ++i) {
    const Candidate& name = candidates[i];
    if (name.sentence != pronoun.sentence || name.tokens.begin > pronoun.tokens.end + kWords) return kNone;
    if (name.kind != MentionKind::kName || name.modifier || contexts[i].quote != contexts[index].quote) continue;
    if (referent_of_[i] == kNone || !agrees(pronoun, contexts[index], discourse_.referents()[referent_of_[i]]))
      continue;
    const bool after_comma = name.phrase.begin > pronoun.tokens.end && view.word(name.phrase.begin - 1) == ",";
    const bool subject = contexts[i].role == Role::kSubject;
    const bool apposed = name.tokens.end < sentence.end && view.word(name.tokens.end) == ",";
    if (after_comma ? subject || apposed : subject && name.phrase.begin > pronoun.tokens.end) return i;
  }
  return kNone;
}

void Linker::find_options(const View& view, const std::vector<Candidate>& candidates,
                          const std::vector<MentionContext>& contexts, std::uint32_t index) {
  const Candidate& candidate = candidates[index];
  const MentionContext& context = contexts[index];
  options_.clear();
  options_.push_back({});
  const auto& referents = discourse_.referents();
  discourse_.recent([&](std::uint32_t referent, std::uint32_t rank) {
    if (!agrees(candidate, context, referents[referent])) return;
    if (is_excluded(view, candidates, contexts, index, referent)) return;
    options_.push_back({referent, rank, 0});
  });
  if (const std::uint32_t ahead = name_ahead(view, candidates, contexts, index); ahead != kNone) {
    const std::uint32_t referent = referent_of_[ahead];
    const auto known = std::find_if(options_.begin() + 1, options_.end(),
                                    [&](const Option& option) { return option.referent == referent; });
    if (known != options_.end())
      known->ahead = ahead;
    else if (referents[referent].last == kNone)
      options_.push_back({.referent = referent, .ahead = ahead});
  }
  const bool gendered =
      candidate.pronoun != nullptr && (candidate.gender == Gender::kMale || candidate.gender == Gender::kFemale);
  // The order of the lists is by kind; what counts is how many that agree were spoken of later.
  for (std::size_t i = 1; i < options_.size(); ++i) {
    for (std::size_t k = 1; k < options_.size(); ++k) {
      const Referent& other = referents[options_[k].referent];
      const Referent& it = referents[options_[i].referent];
      const bool later = other.last != kNone && (it.last == kNone || other.last > it.last);
      if (later) ++options_[i].agreeing;
      if (other.mentions > it.mentions) ++options_[i].busier;
      if (gendered && agrees_surely(candidate, other) && !agrees_surely(candidate, it)) ++options_[i].surer;
    }
  }
  options_[0].agreeing = static_cast<std::uint32_t>(options_.size() - 1);
}

}  // namespace copydesk::resolve
