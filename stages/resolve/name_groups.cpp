// SPDX-License-Identifier: Apache-2.0
#include "stages/resolve/name_groups.h"

#include <algorithm>
#include <utility>

#include "stages/resolve/capitals.h"
#include "stages/resolve/spelling.h"
#include "stages/resolve/titles.h"
#include "stages/resolve/word_set.h"

namespace copydesk::resolve {
namespace {

/// What a key stands for, so that "Paris" the surname and "Paris" the whole name do not meet.
enum Salt : std::uint64_t {
  kWhole = 0x51ED270B9F0A8C01ULL,
  kSurname = 0xA24BAED4963EE407ULL,
  kFirstName = 0x9FB21C651E98DF25ULL,
  kSurnameSpelling = 0xC2B2AE3D27D4EB4FULL,
  kInitials = 0x165667B19E3779F9ULL,
  kPrefix = 0x27D4EB2F165667C5ULL,
  kLastWord = 0x85EBCA77C2B2AE63ULL,
  kWholeSpelling = 0x9E3779B185EBCA87ULL,
  kPlace = 0xD1B54A32D192ED03ULL,
  kMiddleName = 0x8CB92BA72F3D8DD7ULL,
};
constexpr std::uint64_t key(Salt salt, std::uint64_t hash) {
  return (hash ^ salt) * 0x9E3779B97F4A7C15ULL;
}
std::uint64_t place_hash(const Place* place) {
  return place->geonames;
}
constexpr std::uint64_t append(std::uint64_t hash, std::uint64_t word) {
  return (hash ^ word) * 0x100000001b3ULL + 0x632be59bd9b4e019ULL;
}

/// May end a place's longer name without making it another place.
constexpr auto kPlaceWords = word_set("city", "town", "state", "republic", "county", "river", "province", "region",
                                      "municipality", "peninsula", "desert", "valley", "prefecture", "district");
/// Called by the place that they are in, as "Oss College" is by Oss.
constexpr auto kSchools = word_set("school", "college", "university", "academy", "institute");
/// Organisations that are often called by their last word alone: "the Commission".
constexpr std::uint32_t kMaxPrefix = 4;

constexpr bool is_place(EntityType type) {
  return type == EntityType::kGpe || type == EntityType::kLoc || type == EntityType::kFac;
}
constexpr bool is_place_or_org(EntityType type) {
  return is_place(type) || type == EntityType::kOrg;
}

bool conflict(Gender a, Gender b) {
  return a != Gender::kUnknown && b != Gender::kUnknown && a != b;
}

char first_letter(std::string_view word) {
  for (const char c : word) {
    if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) return static_cast<char>(c | 0x20);
    if (static_cast<unsigned char>(c) >= 0x80) return 0;
  }
  return 0;
}

/// "Wines" for "Wimes", "McLenney" for "McClenney": one letter left out, put in or another one, but not the first one.
bool is_one_letter_off(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() > a.size() + 1 || a.empty() || a[0] != b[0] || a == b) return false;
  std::size_t same = 1;
  while (same < a.size() && a[same] == b[same]) ++same;
  if (a.size() == b.size()) return a.substr(same + 1) == b.substr(same + 1);
  return a.substr(same) == b.substr(same + 1);
}

}  // namespace

void NameGroups::build(const View& view, const WordLexicon& lexicon, const std::vector<Candidate>& candidates,
                       const PlaceTable& places) {
  lexicon_ = &lexicon;
  words_.clear();
  forms_.clear();
  groups_.clear();
  form_of_group_.clear();
  group_of_.assign(candidates.size(), kNone);
  for (std::uint32_t i = 0; i < candidates.size(); ++i) {
    if (candidates[i].kind == MentionKind::kName) add_form(view, candidates, places, i);
  }
  by_key_.reset(forms_.size() * 4);
  // Full forms first, so that a headline's "Mills" finds the "Gary Mills" of the body.
  for (const Form& form : forms_) {
    if (!form.is_short()) place_full(view, candidates, form);
  }
  open_titled(view, candidates);
  for (const Form& form : forms_) {
    if (!form.is_short())
      groups_[group_of_[form.candidate]].last = form.candidate;
    else
      place_short(view, candidates, form);
  }
  join_strays(candidates);
  for (std::uint32_t i = 0; i < candidates.size(); ++i) {
    if (group_of_[i] == kNone) continue;
    NameGroup& group = groups_[group_of_[i]];
    if (group.first == kNone) group.first = i;
    group.last = i;
    ++group.votes[static_cast<std::size_t>(candidates[i].type)];
  }
  for (NameGroup& group : groups_) {
    const auto most = std::max_element(group.votes.begin(), group.votes.end());
    group.type = static_cast<EntityType>(most - group.votes.begin());
  }
  find_capitals(view, candidates, places, groups_, group_of_);
}

void NameGroups::open_titled(const View& view, const std::vector<Candidate>& candidates) {
  for (const Form& form : forms_) {
    if (!form.is_short() || !form.person || candidates[form.candidate].gender == Gender::kUnknown) continue;
    bool relative = false;
    by_key_.any(key(kSurname, form.surname), [&](std::uint32_t) { return relative = true; });
    if (!relative) continue;
    if (const std::uint32_t bearer = find_bearer(candidates, form); bearer != kNone) {
      groups_[bearer].opened = std::min(groups_[bearer].opened, form.candidate);
      continue;
    }
    const std::uint32_t group = open(candidates, form);
    groups_[group].gender = candidates[form.candidate].gender;
    groups_[group].fullest = form.candidate;
    index(view, candidates, form, group);
  }
}

void NameGroups::join_strays(const std::vector<Candidate>& candidates) {
  alone_.assign(groups_.size(), 0);
  for (const Form& form : forms_) {
    if (form.size == 1) ++alone_[group_of_[form.candidate]];
  }
  home_.assign(groups_.size(), kNone);
  bool any = false;
  for (std::uint32_t stray = 0; stray < groups_.size(); ++stray) {
    const Form& form = forms_[form_of_group_[stray]];
    if (form.size > 1 || form.acronym || groups_[stray].type == EntityType::kPerson || form.place != nullptr) continue;
    if (groups_[stray].type == EntityType::kNorp) continue;
    std::uint32_t person = kNone;
    bool one = true;
    by_key_.any(key(kSurname, append(0, words_[form.first_word].hash)), [&](std::uint32_t group) {
      if (groups_[group].type != EntityType::kPerson || forms_[form_of_group_[group]].size < 2) return false;
      one = one && (person == kNone || person == group);
      person = group;
      return false;
    });
    // By the name alone the person was meant about as often.
    const std::uint32_t people = alone_[person == kNone ? 0 : person] + (is_place(groups_[stray].type) ? 0 : 1);
    if (person == kNone || !one || people < std::max(alone_[stray], 1U)) continue;
    home_[stray] = person;
    any = true;
  }
  if (!any) return;
  for (std::uint32_t i = 0; i < candidates.size(); ++i) {
    if (group_of_[i] != kNone && home_[group_of_[i]] != kNone) group_of_[i] = home_[group_of_[i]];
  }
}

void NameGroups::add_form(const View& view, const std::vector<Candidate>& candidates, const PlaceTable& places,
                          std::uint32_t index) {
  const Candidate& candidate = candidates[index];
  TokenRange range = candidate.tokens;
  const bool person = candidate.type == EntityType::kPerson;
  const auto& hashes = view.tokens.lower_hashes;
  if (person) {
    while (range.size() > 1 && find_title(hashes[range.begin]).is_title) ++range.begin;
    while (range.size() > 1 &&
           (is_name_suffix(hashes[range.end - 1]) || view.tokens.has(range.end - 1, tokenize::kPunctuation))) {
      --range.end;
    }
  } else {
    if (range.size() > 1 && hashes[range.begin] == tokenize::hash_lower("the")) ++range.begin;
    while (range.size() > 1 && candidate.type == EntityType::kOrg &&
           (is_legal_form(hashes[range.end - 1]) || view.tokens.has(range.end - 1, tokenize::kPunctuation))) {
      --range.end;
    }
  }
  Form form;
  form.candidate = index;
  form.first_word = static_cast<std::uint32_t>(words_.size());
  std::uint64_t initials = key(kInitials, 0);
  std::uint32_t letters = 0;
  for (std::uint32_t token = range.begin; token < range.end; ++token) {
    if (view.tokens.has(token, tokenize::kPunctuation)) continue;
    const std::string_view text = view.word(token);
    Word word;
    buffer_.clear();
    for (const char c : text) {
      if (c != '.') buffer_.push_back(c);
    }
    word.hash = tokenize::hash_lower(buffer_);
    if (candidate.type == EntityType::kNorp && buffer_.size() > 3 && buffer_.back() == 's') {
      word.hash = tokenize::hash_lower(std::string_view(buffer_).substr(0, buffer_.size() - 1));
    }
    word.spelling = spelling_key(buffer_);
    const char letter = first_letter(text);
    word.initial = static_cast<unsigned char>(letter);
    word.is_initial = buffer_.size() == 1;
    word.is_particle = person && is_surname_particle(hashes[token]);
    word.token = token;
    if (!is_name_particle(hashes[token]) && letter != 0) {
      initials = append(initials, static_cast<unsigned char>(letter));
      ++letters;
    }
    if (form.size == 0) {
      form.acronym = view.tokens.has(token, tokenize::kAllUpper) && buffer_.size() >= 2 && buffer_.size() <= 8;
      for (const char c : buffer_) form.acronym = form.acronym && c >= 'A' && c <= 'Z';
      if (form.acronym) {
        form.initials = key(kInitials, 0);
        for (const char c : buffer_) form.initials = append(form.initials, static_cast<unsigned char>(c | 0x20));
      }
    }
    words_.push_back(word);
    ++form.size;
    form.whole = append(form.whole, word.hash);
  }
  if (form.size == 0) {
    // Only punctuation: a name of its own kind, by its bytes.
    words_.push_back({tokenize::hash_lower(view.word(range.begin)), 0, 0, false});
    form.size = 1;
    form.whole = append(0, words_.back().hash);
  }
  form.person = person;
  if (person) find_surname(form);
  if (form.size > 1) {
    form.acronym = false;
    form.initials = letters >= 2 ? initials : 0;
  }
  if (candidate.type == EntityType::kGpe || candidate.type == EntityType::kLoc) {
    form.place = places.well_known(view.tokens.span_of(range).of(view.text));
  }
  forms_.push_back(form);
}

void NameGroups::find_surname(Form& form) const {
  form.surname_at = form.size - 1;
  while (form.surname_at > 1 && words_[form.first_word + form.surname_at - 1].is_particle) --form.surname_at;
  const Word& first = words_[form.first_word];
  if (form.surname_at == 1 && first.is_particle && !is_particle_or_first_name(first.hash)) form.surname_at = 0;
  for (std::uint32_t i = form.surname_at; i < form.size; ++i) form.surname = append(form.surname, word(form, i));
}

bool NameGroups::may_join(const Candidate& candidate, std::uint32_t group) const {
  const EntityType type = groups_[group].type;
  if (candidate.type == EntityType::kPerson) {
    return type == EntityType::kPerson && !conflict(candidate.gender, groups_[group].gender);
  }
  return candidate.type == type || (is_place_or_org(candidate.type) && is_place_or_org(type));
}

bool NameGroups::first_names_agree(const Form& form, const Form& other) const {
  if (form.size < 2 || other.size < 2) return true;
  const Word& mine = words_[form.first_word];
  const Word& theirs = words_[other.first_word];
  if (mine.hash == theirs.hash || (mine.spelling != 0 && mine.spelling == theirs.spelling)) return true;
  if (formal_first_name(mine.hash) == formal_first_name(theirs.hash)) return true;
  return (mine.is_initial || theirs.is_initial) && mine.initial == theirs.initial;
}

void NameGroups::place_full(const View& view, const std::vector<Candidate>& candidates, const Form& form) {
  const Candidate& candidate = candidates[form.candidate];
  std::uint32_t found = kNone;
  const auto take = [&](std::uint32_t group) {
    if (!may_join(candidate, group)) return false;
    found = group;
    return true;
  };
  const auto take_named_alike = [&](std::uint32_t group) {
    return first_names_agree(form, forms_[form_of_group_[group]]) && take(group);
  };
  bool done = by_key_.any(key(kWhole, form.whole), take);
  const Word& last = words_[form.first_word + form.size - 1];
  if (candidate.type == EntityType::kPerson) {
    // "Van der Berg" after "Jan van der Berg"
    if (!done && words_[form.first_word].is_particle) done = by_key_.any(key(kSurname, form.whole), take);
    done = done || by_key_.any(key(kSurname, form.surname), take_named_alike);
    done = done || (last.spelling != 0 && by_key_.any(key(kSurnameSpelling, last.spelling), take_named_alike));
  } else {
    if (!done && candidate.type == EntityType::kOrg) {
      done = by_key_.any(key(kPrefix, form.whole), take);
      std::uint64_t prefix = 0;
      for (std::uint32_t i = 0; !done && i + 1 < form.size && i < kMaxPrefix; ++i) {
        prefix = append(prefix, word(form, i));
        done = i > 0 && by_key_.any(key(kWhole, prefix), take);
      }
    }
    if (!done && form.place != nullptr) done = by_key_.any(key(kPlace, place_hash(form.place)), take);
    if (!done && is_place(candidate.type) && kPlaceWords.contains(last.hash)) {
      std::uint64_t prefix = 0;
      for (std::uint32_t i = 0; i + 1 < form.size; ++i) prefix = append(prefix, word(form, i));
      done = by_key_.any(key(kWhole, prefix), take);
    }
  }
  if (!done) found = open(candidates, form);
  join(view, candidates, form, found);
  index(view, candidates, form, found);
}

std::uint32_t NameGroups::find_bearer(const std::vector<Candidate>& candidates, const Form& form) const {
  // A group scores for being named in full, for being the first of its name, and for having been spoken of just now;
  // those brought in as relatives are called by their first names afterwards.
  constexpr int kFull = 1;
  constexpr int kMostFull = 3;
  constexpr int kFirst = 3;
  constexpr int kNear = 6;
  constexpr int kQuiteNear = 3;
  constexpr int kFar = 6;
  constexpr std::uint32_t kFarSentences = 12;
  constexpr std::uint32_t kMostBare = 3;
  constexpr int kRelative = 8;
  constexpr std::uint32_t kLongName = 3;  // words; a longer one may be a headline in capitals
  const Candidate& candidate = candidates[form.candidate];
  const bool titled = candidate.tokens.size() > form.size;  // "President Obama" is the one so called all along
  std::uint32_t first = kNone;
  const auto fits = [&](std::uint32_t group) {
    if (!may_join(candidate, group)) return false;
    const NameGroup& it = groups_[group];
    if (it.gender != Gender::kUnknown || it.women > WordLexicon::kSurelyWoman) return true;
    if (candidate.gender == Gender::kMale) return it.women < WordLexicon::kMostlyWoman;
    return candidate.gender != Gender::kFemale || it.women > WordLexicon::kMostlyMan;
  };
  by_key_.any(key(kSurname, form.surname), [&](std::uint32_t group) {
    if (fits(group) && forms_[form_of_group_[group]].size <= kLongName &&
        (first == kNone || groups_[group].opened < groups_[first].opened))
      first = group;
    return false;
  });
  std::uint32_t best = kNone;
  int best_score = 0;
  by_key_.any(key(kSurname, form.surname), [&](std::uint32_t group) {
    if (!fits(group)) return false;
    const NameGroup& it = groups_[group];
    int score = kFull * std::min(static_cast<int>(it.full_names), kMostFull);
    if (group == first) score += kFirst;
    if (it.kin) score -= kRelative;
    score += static_cast<int>(std::min(it.surnames, kMostBare));
    if (!titled && it.last != kNone && it.last < form.candidate) {
      const std::uint32_t distance = candidate.sentence - candidates[it.last].sentence;
      score += distance <= 1 ? kNear : distance == 2 ? kQuiteNear : distance > kFarSentences ? -kFar : 0;
    }
    if (best == kNone || score > best_score) {
      best = group;
      best_score = score;
    }
    return false;
  });
  return best;
}

std::uint32_t NameGroups::find_misspelt(const View& view, const std::vector<Candidate>& candidates,
                                        const Form& form) const {
  constexpr std::size_t kLookBack = 48;
  constexpr std::size_t kLetters = 5;
  const std::string_view surname = view.word(words_[form.first_word].token);
  if (surname.size() < kLetters) return kNone;
  for (std::size_t at = groups_.size(); at > 0 && at + kLookBack > groups_.size(); --at) {
    const auto group = static_cast<std::uint32_t>(at - 1);
    const Form& known = forms_[form_of_group_[group]];
    if (!known.person || known.size < 2 || known.surname_at + 1 != known.size) continue;
    if (!may_join(candidates[form.candidate], group)) continue;
    const Word& last = words_[known.first_word + known.size - 1];
    if (is_one_letter_off(surname, view.word(last.token))) return group;
  }
  return kNone;
}

void NameGroups::place_short(const View& view, const std::vector<Candidate>& candidates, const Form& form) {
  const Candidate& candidate = candidates[form.candidate];
  std::uint32_t found = kNone;
  const auto take_latest = [&](std::uint32_t group) {
    if (!may_join(candidate, group)) return false;
    // The one spoken of last; before anything was, the first in the text.
    const auto rank = [&](std::uint32_t g) { return groups_[g].last == kNone ? 0 : groups_[g].last + 1; };
    if (found == kNone || rank(group) > rank(found)) found = group;
    return false;
  };
  const auto look_up = [&](Salt salt, std::uint64_t hash) {
    if (found == kNone) by_key_.any(key(salt, hash), take_latest);
  };
  const Word& only = words_[form.first_word];
  if (candidate.type == EntityType::kPerson) {
    found = find_bearer(candidates, form);
    if (form.size == 1) look_up(kFirstName, only.hash);
    look_up(kWhole, form.whole);
    const Word& last = words_[form.first_word + form.size - 1];
    if (last.spelling != 0) look_up(kSurnameSpelling, last.spelling);
    if (form.size == 1) look_up(kMiddleName, only.hash);
    if (form.size == 1 && found == kNone) found = find_misspelt(view, candidates, form);
  } else {
    look_up(kWhole, form.whole);
    if (form.place != nullptr) look_up(kPlace, place_hash(form.place));
    if (form.acronym) look_up(kInitials, form.initials);
    if (candidate.type == EntityType::kOrg) {
      look_up(kPrefix, form.whole);
      if (candidate.tokens.begin > 0 &&
          view.tokens.lower_hashes[candidate.tokens.begin - 1] == tokenize::hash_lower("the")) {
        look_up(kLastWord, only.hash);
      }
    }
    // "Oss" may be "Oss College", but not "Oss Airlines".
    if (found == kNone && is_place(candidate.type)) {
      by_key_.any(key(kPrefix, form.whole), [&](std::uint32_t group) {
        const Form& longer = forms_[form_of_group_[group]];
        const bool called = is_place(groups_[group].type) || kSchools.contains(word(longer, longer.size - 1));
        return called && take_latest(group);
      });
    }
    if (only.spelling != 0 && is_place_or_org(candidate.type)) look_up(kWholeSpelling, only.spelling);
  }
  if (found == kNone) found = open(candidates, form);
  join(view, candidates, form, found);
  index(view, candidates, form, found);
}

std::uint32_t NameGroups::open(const std::vector<Candidate>& candidates, const Form& form) {
  NameGroup group;
  group.type = candidates[form.candidate].type;
  group.opened = form.candidate;
  group.kin = candidates[form.candidate].kin;
  groups_.push_back(group);
  form_of_group_.push_back(static_cast<std::uint32_t>(&form - forms_.data()));
  return static_cast<std::uint32_t>(groups_.size() - 1);
}

void NameGroups::join(const View& view, const std::vector<Candidate>& candidates, const Form& form,
                      std::uint32_t index) {
  NameGroup& group = groups_[index];
  const Candidate& candidate = candidates[form.candidate];
  group_of_[form.candidate] = index;
  if (group.gender == Gender::kUnknown) group.gender = candidate.gender;
  if (group.place == nullptr) group.place = form.place;
  const Form& best = forms_[form_of_group_[index]];
  if (group.fullest == kNone || form.size > best.size) {
    group.fullest = form.candidate;
    form_of_group_[index] = static_cast<std::uint32_t>(&form - forms_.data());
  }
  if (form.person && !form.is_short()) {
    ++group.full_names;
    const std::uint8_t women = lexicon_->share_of_women(view.word(words_[form.first_word].token));
    if (group.women > WordLexicon::kSurelyWoman) group.women = women;
  }
  if (form.is_short()) {
    group.last = form.candidate;
    ++group.surnames;
  }
}

void NameGroups::index(const View& view, const std::vector<Candidate>& candidates, const Form& form,
                       std::uint32_t group) {
  const Candidate& candidate = candidates[form.candidate];
  by_key_.add(key(kWhole, form.whole), group);
  if (form.place != nullptr) by_key_.add(key(kPlace, place_hash(form.place)), group);
  const Word& last = words_[form.first_word + form.size - 1];
  if (candidate.type == EntityType::kPerson) {
    by_key_.add(key(kSurname, form.surname), group);
    if (last.spelling != 0) by_key_.add(key(kSurnameSpelling, last.spelling), group);
    if (form.surname_at == 0) return;
    if (!words_[form.first_word].is_initial) by_key_.add(key(kFirstName, word(form, 0)), group);
    for (std::uint32_t i = 1; i < std::min(form.surname_at, kMaxPrefix); ++i) {
      if (!words_[form.first_word + i].is_initial && !words_[form.first_word + i].is_particle)
        by_key_.add(key(kMiddleName, word(form, i)), group);
    }
    return;
  }
  if (form.size == 1) {
    if (last.spelling != 0) by_key_.add(key(kWholeSpelling, last.spelling), group);
    return;
  }
  if (form.initials != 0) by_key_.add(key(kInitials, form.initials), group);
  if (candidate.type == EntityType::kOrg) {
    by_key_.add(key(kLastWord, last.hash), group);
    std::uint64_t prefix = 0;
    for (std::uint32_t i = 0; i + 1 < form.size && i < kMaxPrefix; ++i) {
      prefix = append(prefix, word(form, i));
      by_key_.add(key(kPrefix, prefix), group);
    }
  } else if (kPlaceWords.contains(last.hash)) {
    std::uint64_t prefix = 0;
    for (std::uint32_t i = 0; i + 1 < form.size; ++i) prefix = append(prefix, word(form, i));
    by_key_.add(key(kPrefix, prefix), group);
  }
  // "Global Harvest Institute (GHI)": what stands in brackets is the same, whatever its letters.
  const std::uint32_t next = form.candidate + 1;
  if (next >= candidates.size() || candidates[next].kind != MentionKind::kName) return;
  const std::uint32_t bracket = candidate.tokens.end;
  if (candidates[next].tokens.begin != bracket + 1 || view.word(bracket) != "(") return;
  if (candidates[next].tokens.end >= view.tokens.size() || view.word(candidates[next].tokens.end) != ")") return;
  const std::uint32_t token = candidates[next].tokens.begin;
  if (candidates[next].tokens.size() != 1 || !view.tokens.has(token, tokenize::kAllUpper)) return;
  by_key_.add(key(kWhole, append(0, view.tokens.lower_hashes[token])), group);
}

}  // namespace copydesk::resolve
