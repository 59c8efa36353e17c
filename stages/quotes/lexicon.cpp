#include "stages/quotes/lexicon.h"

#include <string>
#include <utility>

#include "stages/quotes/cue_verbs.h"
#include "stages/tokenize/hash.h"

namespace copydesk::quotes {

const std::array<std::string_view, kFrameCount> kFrameNames{
    "that",    "clause", "wh",     "object", "to-do",   "doing", "told", "them-to",    "paren",
    "quote",   "called", "obj-as", "obj-of", "obj-for", "about", "on",   "for",        "to",
    "against", "of",     "with",   "as",     "in",      "at",    "from", "passive-to", "passive-that"};

namespace {

struct ClassWords {
  WordClass word_class;
  std::string_view words;
};

constexpr std::array kClassWords{
    ClassWords{WordClass::kThat, "that"},
    ClassWords{WordClass::kWho, "who whom whose"},
    ClassWords{WordClass::kWhich, "which"},
    ClassWords{WordClass::kWhat, "what whatever"},
    ClassWords{WordClass::kWhether, "whether"},
    ClassWords{WordClass::kIf, "if"},
    ClassWords{WordClass::kWhAdverb, "how why where when"},
    ClassWords{WordClass::kBy, "by"},
    ClassWords{WordClass::kOf, "of"},
    ClassWords{WordClass::kTo, "to"},
    ClassWords{WordClass::kAs, "as"},
    ClassWords{WordClass::kFor, "for"},
    ClassWords{WordClass::kAbout, "about"},
    ClassWords{WordClass::kIn, "in"},
    ClassWords{WordClass::kOn, "on"},
    ClassWords{WordClass::kUpon, "upon"},
    ClassWords{WordClass::kAt, "at"},
    ClassWords{WordClass::kWith, "with"},
    ClassWords{WordClass::kFrom, "from"},
    ClassWords{WordClass::kAgainst, "against"},
    ClassWords{WordClass::kOver, "over"},
    ClassWords{WordClass::kInto, "into"},
    ClassWords{WordClass::kAccording, "according"},
    ClassWords{WordClass::kBut, "but yet"},
    ClassWords{WordClass::kAnd, "and &"},
    ClassWords{WordClass::kOr, "or nor"},
    ClassWords{WordClass::kWhile, "while although though whereas"},
    ClassWords{WordClass::kBecause, "because"},
    ClassWords{WordClass::kSubordinator, "after before since until unless during despite amid following"},
    ClassWords{WordClass::kThan, "than"},
    ClassWords{WordClass::kNot, "not n't never"},
    ClassWords{WordClass::kBe, "be is are was were been being am 's 're 'm"},
    ClassWords{WordClass::kHave, "have has had having 've"},
    ClassWords{WordClass::kDo, "do does did doing done"},
    ClassWords{
        WordClass::kTime,
        "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight week month year "
        "weekend morning afternoon evening night day days weeks months years mon tues wed thurs fri sat sun january "
        "february march april may june july august september october november december jan. feb. aug. sept. oct. "
        "nov. dec. noon midnight hour hours minutes ago spring summer fall autumn winter decade"},
    ClassWords{WordClass::kRecipient,
               "reporters journalists voters supporters viewers lawmakers investigators police them him me us her you "
               "crowd audience"},
};

/// Both spellings of the regular past and -ing forms of a verb: "planed/planned"; the wrong one is no word.
void regular_forms(std::string_view lemma, std::vector<std::string>& forms) {
  const std::string base(lemma);
  const char last = lemma.back();
  const auto vowel = [](char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; };
  const char before = lemma.size() > 1 ? lemma[lemma.size() - 2] : 'a';
  forms.push_back(base);
  if (last == 'y' && !vowel(before)) {
    const std::string stem = base.substr(0, base.size() - 1);
    forms.insert(forms.end(), {stem + "ies", stem + "ied", base + "ing"});
    return;
  }
  const bool hiss = last == 's' || last == 'x' || last == 'z' || base.ends_with("sh") || base.ends_with("ch");
  forms.push_back(base + (hiss || last == 'o' ? "es" : "s"));
  if (last == 'e') {
    forms.push_back(base + "d");
    forms.push_back(base.ends_with("ee") ? base + "ing" : base.substr(0, base.size() - 1) + "ing");
    return;
  }
  forms.insert(forms.end(), {base + "ed", base + "ing"});
  if (!vowel(last) && vowel(before) && last != 'w' && last != 'x' && last != 'y') {
    forms.insert(forms.end(), {base + last + "ed", base + last + "ing"});
  }
}

std::string_view next_word(std::string_view& rest) {
  const std::size_t begin = rest.find_first_not_of(' ');
  if (begin == std::string_view::npos) {
    rest = {};
    return {};
  }
  const std::size_t end = std::min(rest.find(' ', begin), rest.size());
  const std::string_view word = rest.substr(begin, end - begin);
  rest.remove_prefix(end);
  return word;
}

}  // namespace

Lexicon Lexicon::english() {
  return Lexicon(kCueVerbs);
}

Lexicon::Lexicon(std::string_view verbs) {
  rehash(16384);
  cues_.emplace_back();  // index 0: no cue
  for (const ClassWords& row : kClassWords) {
    std::string_view rest = row.words;
    for (std::string_view word = next_word(rest); !word.empty(); word = next_word(rest)) add(word, 0, row.word_class);
  }
  while (!verbs.empty()) {
    const std::size_t end = std::min(verbs.find('\n'), verbs.size());
    add_verb(verbs.substr(0, end));
    verbs.remove_prefix(std::min(end + 1, verbs.size()));
  }
}

void Lexicon::add_verb(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  std::string_view names = line.substr(0, colon);
  std::string_view frames = line.substr(colon + 1);
  Cue cue;
  std::string_view lemma = next_word(names);
  cue.speech = lemma.starts_with('!');
  if (cue.speech) lemma.remove_prefix(1);
  cue.lemma = lemma;
  for (std::string_view name = next_word(frames); !name.empty(); name = next_word(frames)) {
    for (std::size_t i = 0; i < kFrameCount; ++i) {
      if (kFrameNames[i] == name) cue.frames |= 1U << i;
    }
  }
  const auto index = static_cast<std::uint16_t>(cues_.size());
  cues_.push_back(cue);
  std::vector<std::string> forms;
  regular_forms(lemma, forms);
  for (const std::string& form : forms) add(form, index, WordClass::kNone);
  for (std::string_view form = next_word(names); !form.empty(); form = next_word(names)) {
    add(form, index, WordClass::kNone);
  }
}

void Lexicon::add(std::string_view form, std::uint16_t cue, WordClass word_class) {
  if (used_ * 2 > table_.size()) rehash(table_.size() * 2);
  const std::uint64_t hash = hash_lower(form);
  std::size_t slot = hash & mask_;
  while (table_[slot].hash != 0 && table_[slot].hash != hash) slot = (slot + 1) & mask_;
  Entry& entry = table_[slot];
  if (entry.hash == 0) ++used_;
  entry.hash = hash;
  if (cue != 0 && entry.cue == 0) entry.cue = cue;
  if (word_class != WordClass::kNone) entry.word_class = word_class;
}

void Lexicon::rehash(std::size_t slots) {
  std::vector<Entry> old = std::exchange(table_, std::vector<Entry>(slots));
  mask_ = slots - 1;
  for (const Entry& entry : old) {
    if (entry.hash == 0) continue;
    std::size_t slot = entry.hash & mask_;
    while (table_[slot].hash != 0) slot = (slot + 1) & mask_;
    table_[slot] = entry;
  }
}

}  // namespace copydesk::quotes
