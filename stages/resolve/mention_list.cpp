// SPDX-License-Identifier: Apache-2.0
#include "stages/resolve/mention_list.h"

#include <algorithm>

#include "stages/resolve/titles.h"
#include "stages/resolve/word_set.h"
#include "stages/tokenize/hash.h"

namespace copydesk::resolve {
namespace {

/// Nobody: what "nobody is bigger than the club" begins with is spoken of once, and never "he".
constexpr auto kNobody = word_set("nobody", "none", "both", "ones", "everyone", "everybody", "anyone", "anybody",
                                  "nothing", "anything", "everything");

constexpr bool is_determiner(tag::Tag tag) {
  return tag == tag::Tag::kDT || tag == tag::Tag::kPRPS || tag == tag::Tag::kPDT;
}
/// May stand between a determiner and a noun.
constexpr bool is_modifier(tag::Tag tag) {
  return tag::is_noun(tag) || tag == tag::Tag::kJJ || tag == tag::Tag::kJJR || tag == tag::Tag::kJJS ||
         tag == tag::Tag::kCD || tag == tag::Tag::kVBN || tag == tag::Tag::kVBG || tag == tag::Tag::kFW;
}

/// More words than this before a noun, and it is no phrase. Keeps "the the the …" linear.
constexpr std::uint32_t kMaxBeforeNoun = 24;

/// Reads one noun phrase without prepositions, [determiner] modifiers noun, in which names count as nouns.
struct Phrase {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;            ///< after its last noun; `begin` where there is none
  std::uint32_t last_name = kNone;  ///< the name that ends it, or kNone where a common noun does
  std::size_t names_end = 0;        ///< first name after it
};

Phrase read_phrase(const View& view, std::uint32_t begin, std::uint32_t limit, std::size_t next_name) {
  const auto& names = view.names.items;
  Phrase phrase{begin, begin, kNone, next_name};
  std::uint32_t at = begin;
  if (view.tagged()) {
    const std::uint32_t name = next_name < names.size() ? names[next_name].tokens.begin : limit;
    while (at < std::min({limit, name, begin + kMaxBeforeNoun}) && is_determiner(view.tags.of[at])) ++at;
  }
  // "Dell's | running mate"
  const bool opened = at > begin || (begin > 0 && view.tagged() && view.tags.of[begin - 1] == tag::Tag::kPOS);
  while (at < std::min(limit, phrase.end + kMaxBeforeNoun)) {
    while (next_name < names.size() && names[next_name].tokens.begin < at) ++next_name;
    if (next_name < names.size() && names[next_name].tokens.begin == at) {
      const bool nationality = names[next_name].type == EntityType::kNorp;
      at = std::max(at + 1, std::min(names[next_name].tokens.end, limit));
      if (!nationality || phrase.end == begin) {
        phrase.end = at;
        phrase.last_name = static_cast<std::uint32_t>(next_name);
        phrase.names_end = next_name + 1;
      }
      continue;
    }
    if (!view.tagged()) break;
    const tag::Tag tag = view.tags.of[at];
    // "son-in-law": what hyphens hold together is one word.
    if (at > begin && at + 1 < limit && view.word(at) == "-" && !view.tokens.has(at, tokenize::kSpaceBefore) &&
        !view.tokens.has(at + 1, tokenize::kSpaceBefore)) {
      const bool noun = tag::is_noun(view.tags.of[at + 1]) || phrase.end == at;
      at += 2;
      if (noun) {
        phrase.end = at;
        phrase.last_name = kNone;
        phrase.names_end = next_name;
      }
      continue;
    }
    if (!is_modifier(tag)) break;
    if ((tag == tag::Tag::kVBG || tag == tag::Tag::kVBN) && (phrase.end > begin || !opened)) break;
    ++at;
    if (tag::is_noun(tag)) {
      phrase.end = at;
      phrase.last_name = kNone;
      phrase.names_end = next_name;
    }
  }
  return phrase;
}

void add_name(const View& view, std::uint32_t index, std::uint32_t sentence, std::vector<Candidate>& found) {
  const entities::Name& name = view.names.items[index];
  TokenRange range = name.tokens;
  while (range.size() > 1 && (view.tokens.flags[range.end - 1] & tokenize::kClitic) != 0) --range.end;
  Candidate candidate;
  candidate.tokens = range;
  candidate.phrase = range;
  candidate.head = range.end - 1;
  candidate.sentence = sentence;
  candidate.type = name.type;
  candidate.name = index;
  if (name.type == EntityType::kPerson) {
    candidate.number = Number::kSingular;
    for (std::uint32_t token = range.begin > 3 ? range.begin - 3 : 0; token < range.end; ++token) {
      const Title title = find_title(view.tokens.lower_hashes[token]);
      if (token >= range.begin && !title.is_title) break;
      if (!title.is_title)
        candidate.gender = Gender::kUnknown;
      else if (title.gender != Gender::kUnknown)
        candidate.gender = title.gender;
    }
  } else {
    candidate.gender = Gender::kNeuter;
  }
  found.push_back(candidate);
}

void add_pronoun(const Pronoun& pronoun, std::uint32_t token, std::uint32_t sentence, std::vector<Candidate>& found) {
  Candidate candidate;
  candidate.tokens = {token, token + 1};
  candidate.phrase = candidate.tokens;
  candidate.head = token;
  candidate.sentence = sentence;
  candidate.kind = MentionKind::kPronoun;
  candidate.gender = pronoun.gender;
  candidate.number = pronoun.number;
  candidate.pronoun = &pronoun;
  found.push_back(candidate);
}

void add_nominal(const View& view, TokenRange tokens, std::uint32_t sentence, std::vector<Candidate>& found) {
  Candidate candidate;
  candidate.tokens = tokens;
  candidate.phrase = tokens;
  candidate.head = tokens.end - 1;
  candidate.sentence = sentence;
  candidate.kind = MentionKind::kNominal;
  const tag::Tag tag = view.tags.of[candidate.head];
  candidate.number = tag == tag::Tag::kNNS || tag == tag::Tag::kNNPS ? Number::kPlural : Number::kSingular;
  found.push_back(candidate);
}

/// Where "a poet and close friend of Una Dell," ends, of which `first` is "a poet": where it is the first half of such
/// a pair and a comma or the sentence's end closes it, before that; else at the end of `first`.
std::uint32_t end_of_pair(const View& view, const Phrase& first, std::uint32_t limit) {
  const std::uint32_t conjunction = first.end;
  if (conjunction + 1 >= limit || view.word(conjunction) != "and") return first.end;
  if (is_determiner(view.tags.of[conjunction + 1])) return first.end;
  const Phrase second = read_phrase(view, conjunction + 1, limit, first.names_end);
  if (second.end == conjunction + 1 || second.last_name != kNone) return first.end;
  std::uint32_t end = second.end;
  if (end + 1 < limit && view.tags.of[end] == tag::Tag::kIN) {
    const Phrase complement = read_phrase(view, end + 1, limit, second.names_end);
    if (complement.end == end + 1) return first.end;
    end = complement.end;
  }
  const bool closed = end < limit && (view.word(end) == "," || view.word(end) == ".");
  return closed ? end : first.end;
}

/// "The Norlander", "the Norish Democrat": one of a people or a party, said of somebody who is named elsewhere. "The
/// Dutch", "the Chinese" are all of them.
bool is_demonym(const View& view, std::uint32_t token, const Phrase& phrase, std::uint32_t limit) {
  if (!view.tagged() || phrase.last_name == kNone || phrase.end < token + 2) return false;
  if (view.tokens.lower_hashes[token] != tokenize::hash_lower("the")) return false;
  const entities::Name& name = view.names.items[phrase.last_name];
  if (name.type != EntityType::kNorp || name.tokens.size() != 1) return false;
  const std::string_view word = view.word(phrase.end - 1);
  for (const std::string_view collective : {"s", "sh", "ch", "ese"}) {
    if (word.ends_with(collective)) return false;
  }
  if (phrase.end >= limit) return true;
  const tag::Tag next = view.tags.of[phrase.end];
  return !tag::is_noun(next) && next != tag::Tag::kJJ && next != tag::Tag::kCC && next != tag::Tag::kVBN &&
         next != tag::Tag::kVBG;
}

/// Where the phrase of the name just found begins, which starts at `token` as far as read: in "Secretary of State Una
/// Dell" at "Secretary", which then is no noun phrase of its own.
std::uint32_t take_title(const View& view, std::uint32_t token, std::vector<Candidate>& found) {
  constexpr std::size_t kMaxBack = 5;
  const Candidate& name = found.back();
  if (name.type != EntityType::kPerson || name.tokens.begin == token || token < 2) return token;
  if (view.tokens.lower_hashes[token - 1] != tokenize::hash_lower("of")) return token;
  for (std::size_t back = 2; back <= std::min(kMaxBack, found.size()); ++back) {
    const auto at = found.end() - static_cast<std::ptrdiff_t>(back);
    if (at->kind != MentionKind::kNominal || at->tokens.end != token - 1) continue;
    const std::uint64_t first = view.tokens.lower_hashes[at->tokens.begin];
    if (first == tokenize::hash_lower("a") || first == tokenize::hash_lower("an")) return token;
    if (!find_title(view.tokens.lower_hashes[at->head]).is_title) return token;
    const std::uint32_t begin = at->tokens.begin;
    found.erase(at);
    return begin;
  }
  return token;
}

}  // namespace

void find_candidates(const View& view, std::vector<Candidate>& found) {
  found.clear();
  std::size_t next_name = 0;
  const auto& names = view.names.items;
  for (std::uint32_t sentence = 0; sentence < view.tokens.sentences.size(); ++sentence) {
    const TokenRange range = view.tokens.sentences[sentence];
    for (std::uint32_t token = range.begin; token < range.end;) {
      while (next_name < names.size() && names[next_name].tokens.begin < token) ++next_name;
      const Pronoun* pronoun = find_pronoun(view.tokens.lower_hashes[token]);
      bool named = next_name < names.size() && names[next_name].tokens.begin == token;
      // "We" is nobody's name; "US" and "IT" may be.
      if (named && pronoun != nullptr && names[next_name].tokens.size() == 1 &&
          !view.tokens.has(token, tokenize::kAllUpper)) {
        named = false;
        ++next_name;
      }
      if (pronoun != nullptr && !named && pronoun->grammatical_case != Case::kPossessive) {
        add_pronoun(*pronoun, token, sentence, found);
        ++token;
        continue;
      }
      const Phrase phrase = read_phrase(view, token, range.end, next_name);
      if (is_demonym(view, token, phrase, range.end)) {
        add_nominal(view, {token, phrase.end}, sentence, found);
        found.back().demonym = true;
        found.back().number = Number::kSingular;
        next_name = phrase.names_end;
        token = phrase.end;
        continue;
      }
      const bool nominal = phrase.end > token && phrase.last_name == kNone;
      if (nominal && !kNobody.contains(view.tokens.lower_hashes[phrase.end - 1])) {
        const bool appositive = !found.empty() && found.back().kind == MentionKind::kName &&
                                found.back().type == EntityType::kPerson && found.back().tokens.end + 1 == token &&
                                view.word(token - 1) == ",";
        add_nominal(view, {token, phrase.end}, sentence, found);
        if (appositive) found.back().tokens.end = end_of_pair(view, phrase, range.end);
        for (std::size_t name = next_name; name < phrase.names_end; ++name) {
          const EntityType type = names[name].type;
          found.back().holds_name |= type == EntityType::kPerson || type == EntityType::kOrg;
          found.back().holds_person |= type == EntityType::kPerson;
        }
      }
      if (pronoun != nullptr && !named) add_pronoun(*pronoun, token, sentence, found);
      for (; next_name < phrase.names_end; ++next_name) {
        if (!is_name(names[next_name].type) || names[next_name].tokens.empty()) continue;
        add_name(view, static_cast<std::uint32_t>(next_name), sentence, found);
        if (next_name == phrase.last_name)
          found.back().phrase.begin = take_title(view, token, found);
        else
          found.back().modifier = true;
      }
      token = std::max(token + 1, phrase.end);
    }
  }
}

}  // namespace copydesk::resolve
