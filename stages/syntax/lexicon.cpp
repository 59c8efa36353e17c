// SPDX-License-Identifier: Apache-2.0
#include "stages/syntax/lexicon.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "stages/syntax/cue_verbs.h"
#include "stages/tokenize/hash.h"

namespace copydesk::syntax {

const std::array<std::string_view, kFrameCount> kFrameNames{
    "that",   "clause", "wh",     "object",  "to-do", "doing",      "told",         "them-to",    "paren",   "quote",
    "called", "obj-as", "obj-of", "obj-for", "about", "on",         "for",          "to",         "against", "of",
    "with",   "as",     "in",     "at",      "from",  "passive-to", "passive-that", "passive-by", "passive", "seem"};

namespace {

/// Both spellings of the regular past and -ing forms of a verb: "planed/planned"; the wrong one is no word.
void verb_forms(std::string_view lemma, std::vector<std::string>& forms) {
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

std::string plural(std::string_view noun) {
  std::string form(noun);
  const char last = noun.back();
  if (last == 'y' && noun.size() > 1 &&
      std::string_view("aeiou").find(noun[noun.size() - 2]) == std::string_view::npos) {
    return form.substr(0, form.size() - 1) + "ies";
  }
  const bool hiss = last == 's' || last == 'x' || last == 'z' || form.ends_with("sh") || form.ends_with("ch");
  return form + (hiss ? "es" : "s");
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
  return {kCueVerbs, kVerbRates, kNominalRates};
}

Lexicon::Lexicon(std::string_view verbs, std::string_view verb_rates, std::string_view nominal_rates) {
  rehash(16384);
  cues_.emplace_back();  // index 0: no cue
  for (const ClassWords& row : class_words()) {
    std::string_view rest = row.words;
    for (std::string_view word = next_word(rest); !word.empty(); word = next_word(rest)) {
      slot_of(word).word_class = row.word_class;
    }
  }
  add_sections(verbs, Part::kVerb);
  add_sections(verb_rates, Part::kVerb);
  add_sections(nominal_rates, Part::kNominal);
}

void Lexicon::add_sections(std::string_view text, Part part) {
  std::uint32_t frames = 0;
  bool speech = false;
  std::size_t place = 0;  // of the frame
  while (!text.empty()) {
    std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
      std::string_view rest = line.substr(0, colon);
      const std::string_view name = next_word(rest);
      line.remove_prefix(colon + 1);
      if (name == "forms") {
        // The section's other lines follow until the text's next one with a colon.
        add_forms(line, part);
        while (!text.empty()) {
          end = std::min(text.find('\n'), text.size());
          if (text.substr(0, end).find(':') != std::string_view::npos) break;
          add_forms(text.substr(0, end), part);
          text.remove_prefix(std::min(end + 1, text.size()));
        }
        continue;
      }
      speech = name == "speech";
      const auto* frame = std::find(kFrameNames.begin(), kFrameNames.end(), name);
      place = static_cast<std::size_t>(frame - kFrameNames.begin());
      frames = frame == kFrameNames.end() ? 0U : 1U << place;
    }
    for (std::string_view lemma = next_word(line); !lemma.empty();) {
      Cue& cue = cue_of(lemma, part);
      std::string_view word = next_word(line);
      std::uint8_t rate = 100;
      if (!word.empty() && word.front() >= '0' && word.front() <= '9') {
        std::from_chars(word.data(), word.data() + word.size(), rate);
        word = next_word(line);
      }
      cue.frames |= frames;
      if (frames != 0) cue.rates[place] = rate;
      cue.speech = cue.speech || speech;
      lemma = word;
    }
  }
}

void Lexicon::add_forms(std::string_view lemmas_and_forms, Part part) {
  while (!lemmas_and_forms.empty()) {
    const std::size_t end = std::min(lemmas_and_forms.find(';'), lemmas_and_forms.size());
    std::string_view words = lemmas_and_forms.substr(0, end);
    lemmas_and_forms.remove_prefix(std::min(end + 1, lemmas_and_forms.size()));
    const std::string_view lemma = next_word(words);
    if (lemma.empty()) continue;
    cue_of(lemma, part);
    const Entry known = slot_of(lemma);
    for (std::string_view form = next_word(words); !form.empty(); form = next_word(words)) {
      Entry& entry = slot_of(form);
      if (part == Part::kVerb)
        entry.cue = known.cue;
      else
        entry.nominal = known.nominal;
    }
  }
}

Cue& Lexicon::cue_of(std::string_view lemma, Part part) {
  const auto place = [part](Entry& entry) -> std::uint16_t& { return part == Part::kVerb ? entry.cue : entry.nominal; };
  if (const std::uint16_t known = place(slot_of(lemma)); known != 0 && cues_[known].lemma == lemma) return cues_[known];
  const auto index = static_cast<std::uint16_t>(cues_.size());
  Cue added;
  added.lemma = lemma;
  cues_.push_back(added);
  std::vector<std::string> forms;
  if (part == Part::kVerb)
    verb_forms(lemma, forms);
  else
    forms = {std::string(lemma), plural(lemma)};
  for (const std::string& form : forms) {
    std::uint16_t& cue = place(slot_of(form));
    if (cue == 0 || form == lemma) cue = index;
  }
  return cues_[index];
}

Lexicon::Entry& Lexicon::slot_of(std::string_view form) {
  if (used_ * 2 > table_.size()) rehash(table_.size() * 2);
  const std::uint64_t hash = tokenize::hash_lower(form);
  std::size_t slot = hash & mask_;
  while (table_[slot].hash != 0 && table_[slot].hash != hash) slot = (slot + 1) & mask_;
  if (table_[slot].hash == 0) ++used_;
  table_[slot].hash = hash;
  return table_[slot];
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

}  // namespace copydesk::syntax
