// SPDX-License-Identifier: Apache-2.0
#include "stages/syntax/guessed_tags.h"

namespace copydesk::syntax {

void guess_tags(const Tokens& tokens, std::string_view text, const Lexicon& lexicon, std::vector<Tag>& tags) {
  const std::size_t count = tokens.size();
  tags.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const Lexicon::Entry& entry = lexicon.find(tokens.lower_hashes[i]);
    const std::string_view word = tokens.text(text, i);
    Tag tag = Tag::kNN;
    if (tokens.has(i, kPunctuation)) {
      tag = word == "$" || word == "%" ? Tag::kSYM : Tag::kPunct;
    } else if (tokens.has(i, kHasDigit)) {
      tag = Tag::kCD;
    } else if (entry.cue != 0) {
      tag = word.ends_with("ing") ? Tag::kVBG : Tag::kVBD;
    } else {
      switch (entry.word_class) {
        case WordClass::kThat: tag = Tag::kIN; break;
        case WordClass::kWho:
        case WordClass::kWhich:
        case WordClass::kWhat: tag = Tag::kWP; break;
        case WordClass::kWhAdverb: tag = Tag::kWRB; break;
        case WordClass::kAnd:
        case WordClass::kBut:
        case WordClass::kOr: tag = Tag::kCC; break;
        case WordClass::kNot: tag = Tag::kRB; break;
        case WordClass::kBe:
        case WordClass::kHave:
        case WordClass::kDo: tag = tokens.has(i, kClitic) && word.ends_with("s") ? Tag::kPOS : Tag::kVBD; break;
        case WordClass::kTo: tag = Tag::kTO; break;
        case WordClass::kTime:
        case WordClass::kRecipient:
          tag = word.size() <= 4 && word.size() > 1 && word != "days" ? Tag::kPRP : Tag::kNN;
          break;
        case WordClass::kNone: {
          const bool upper = tokens.has(i, kInitialUpper);
          if (word == "I" || word == "he" || word == "she" || word == "they" || word == "we" || word == "it" ||
              word == "He" || word == "She" || word == "They" || word == "We" || word == "It") {
            tag = Tag::kPRP;
          } else if (word == "the" || word == "a" || word == "an" || word == "The" || word == "A" || word == "An") {
            tag = Tag::kDT;
          } else if (upper) {
            tag = Tag::kNNP;
          } else if (word.ends_with("ly")) {
            tag = Tag::kRB;
          }
          break;
        }
        default: tag = Tag::kIN; break;
      }
    }
    tags[i] = tag;
  }
}

}  // namespace copydesk::syntax
