// SPDX-License-Identifier: Apache-2.0
#include "stages/syntax/guessed_tags.h"

namespace copydesk::syntax {

void guess_tags(const tokenize::Tokens& tokens, std::string_view text, const Lexicon& lexicon,
                std::vector<tag::Tag>& tags) {
  const std::size_t count = tokens.size();
  tags.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const Lexicon::Entry& entry = lexicon.find(tokens.lower_hashes[i]);
    const std::string_view word = tokens.text(text, i);
    tag::Tag tag = tag::Tag::kNN;
    if (tokens.has(i, tokenize::kPunctuation)) {
      tag = word == "$" || word == "%" ? tag::Tag::kSYM : tag::Tag::kPunct;
    } else if (tokens.has(i, tokenize::kHasDigit)) {
      tag = tag::Tag::kCD;
    } else if (entry.cue != 0) {
      tag = word.ends_with("ing") ? tag::Tag::kVBG : tag::Tag::kVBD;
    } else {
      switch (entry.word_class) {
        case WordClass::kThat: tag = tag::Tag::kIN; break;
        case WordClass::kWho:
        case WordClass::kWhich:
        case WordClass::kWhat: tag = tag::Tag::kWP; break;
        case WordClass::kWhAdverb: tag = tag::Tag::kWRB; break;
        case WordClass::kAnd:
        case WordClass::kBut:
        case WordClass::kOr: tag = tag::Tag::kCC; break;
        case WordClass::kNot: tag = tag::Tag::kRB; break;
        case WordClass::kBe:
        case WordClass::kHave:
        case WordClass::kDo:
          tag = tokens.has(i, tokenize::kClitic) && word.ends_with("s") ? tag::Tag::kPOS : tag::Tag::kVBD;
          break;
        case WordClass::kTo: tag = tag::Tag::kTO; break;
        case WordClass::kTime:
        case WordClass::kRecipient:
          tag = word.size() <= 4 && word.size() > 1 && word != "days" ? tag::Tag::kPRP : tag::Tag::kNN;
          break;
        case WordClass::kNone: {
          const bool upper = tokens.has(i, tokenize::kInitialUpper);
          if (word == "I" || word == "he" || word == "she" || word == "they" || word == "we" || word == "it" ||
              word == "He" || word == "She" || word == "They" || word == "We" || word == "It") {
            tag = tag::Tag::kPRP;
          } else if (word == "the" || word == "a" || word == "an" || word == "The" || word == "A" || word == "An") {
            tag = tag::Tag::kDT;
          } else if (upper) {
            tag = tag::Tag::kNNP;
          } else if (word.ends_with("ly")) {
            tag = tag::Tag::kRB;
          }
          break;
        }
        default: tag = tag::Tag::kIN; break;
      }
    }
    tags[i] = tag;
  }
}

}  // namespace copydesk::syntax
