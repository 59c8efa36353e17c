#include "stages/resolve/mention_list.h"

#include <algorithm>

#include "stages/resolve/titles.h"

namespace copydesk::who {
namespace {

constexpr bool is_determiner(Tag tag) {
  return tag == Tag::kDT || tag == Tag::kPRPS || tag == Tag::kPDT;
}
/// May stand between a determiner and a noun.
constexpr bool is_modifier(Tag tag) {
  return is_noun(tag) || tag == Tag::kJJ || tag == Tag::kJJR || tag == Tag::kJJS || tag == Tag::kCD ||
         tag == Tag::kVBN || tag == Tag::kVBG || tag == Tag::kFW;
}

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
    while (at < std::min(limit, name) && is_determiner(view.tags.of[at])) ++at;
  }
  const bool opened = at > begin;
  while (at < limit) {
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
    const Tag tag = view.tags.of[at];
    // "son-in-law": what hyphens hold together is one word.
    if (at > begin && at + 1 < limit && view.word(at) == "-" && !view.tokens.has(at, kSpaceBefore) &&
        !view.tokens.has(at + 1, kSpaceBefore)) {
      const bool noun = is_noun(view.tags.of[at + 1]) || phrase.end == at;
      at += 2;
      if (noun) {
        phrase.end = at;
        phrase.last_name = kNone;
        phrase.names_end = next_name;
      }
      continue;
    }
    if (!is_modifier(tag)) break;
    if ((tag == Tag::kVBG || tag == Tag::kVBN) && (phrase.end > begin || !opened)) break;
    ++at;
    if (is_noun(tag)) {
      phrase.end = at;
      phrase.last_name = kNone;
      phrase.names_end = next_name;
    }
  }
  return phrase;
}

void add_name(const View& view, std::uint32_t index, std::uint32_t sentence, std::vector<Candidate>& found) {
  const Name& name = view.names.items[index];
  TokenRange range = name.tokens;
  while (range.size() > 1 && (view.tokens.flags[range.end - 1] & kClitic) != 0) --range.end;
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
  const Tag tag = view.tags.of[candidate.head];
  candidate.number = tag == Tag::kNNS || tag == Tag::kNNPS ? Number::kPlural : Number::kSingular;
  found.push_back(candidate);
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
      if (named && pronoun != nullptr && names[next_name].tokens.size() == 1 && !view.tokens.has(token, kAllUpper)) {
        named = false;
        ++next_name;
      }
      if (pronoun != nullptr && !named && pronoun->grammatical_case != Case::kPossessive) {
        add_pronoun(*pronoun, token, sentence, found);
        ++token;
        continue;
      }
      const Phrase phrase = read_phrase(view, token, range.end, next_name);
      if (phrase.end > token && phrase.last_name == kNone) {
        add_nominal(view, {token, phrase.end}, sentence, found);
        for (std::size_t name = next_name; name < phrase.names_end; ++name) {
          const EntityType type = names[name].type;
          found.back().holds_name |= type == EntityType::kPerson || type == EntityType::kOrg;
        }
      }
      if (pronoun != nullptr && !named) add_pronoun(*pronoun, token, sentence, found);
      for (; next_name < phrase.names_end; ++next_name) {
        if (!is_name(names[next_name].type) || names[next_name].tokens.empty()) continue;
        add_name(view, static_cast<std::uint32_t>(next_name), sentence, found);
        if (next_name == phrase.last_name)
          found.back().phrase.begin = token;
        else
          found.back().modifier = true;
      }
      token = std::max(token + 1, phrase.end);
    }
  }
}

}  // namespace copydesk::who
