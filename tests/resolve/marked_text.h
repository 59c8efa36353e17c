// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "stages/entities/names.h"
#include "stages/parse/article.h"
#include "stages/quotes/quotes.h"
#include "stages/resolve/resolution.h"
#include "stages/tag/tags.h"
#include "stages/tokenize/tokens.h"
#include "stages/values/values.h"

namespace copydesk::test {

/// One golden case: an article written as tokens between blanks, one sentence a line, with its layers marked.
///
///   # title
///   [1:PERSON Mara Holt] , a_DT baker_NN , spoke_VBD .     a name, and which entity it is of
///   << We_PRP start_VBP early_RB >> {1* she} said_VBD .     a quote; the mention 1 is its source
///   {1* She} said <<~ she would go >> .                    in other words: reported speech
///   {1** Secretary of_IN State [1:PERSON Mara Holt]}       a source that is more than a mention
///   {0 It} rained_VBD .                                    a mention of no entity
///   {1 the [2:NORP Norish] capital}                        marks may nest
///   = 1 name Mara Holt                                     what entity 1 must hold: name, role, alias, unnamed, iso …
///
/// A word's tag stands after its last underscore; without one it follows from the word's form (see tag_of()).
struct MarkedText {
  struct Expected {
    Span span;
    int entity = 0;
    bool is_name = false;
  };
  struct Fact {
    int entity = 0;
    std::string key;
    std::string value;
  };

  std::string title;
  std::string text;
  std::vector<Expected> expected;
  std::vector<Fact> facts;
  std::vector<int> speakers;  ///< per quote

  std::vector<Span> spans;
  std::vector<std::uint16_t> flags;
  std::vector<std::uint64_t> hashes;
  std::vector<TokenRange> sentences;
  std::vector<tag::Tag> tags;
  std::vector<entities::Name> names;
  std::vector<quotes::Quote> quotes;
  std::vector<Span> quote_spans;

  [[nodiscard]] parse::Article article() const;
  [[nodiscard]] tokenize::Tokens token_layer() const { return {spans, flags, hashes, sentences}; }
  [[nodiscard]] tag::Tags tag_layer() const { return {tags}; }
  [[nodiscard]] entities::Names name_layer() const { return {names}; }
  [[nodiscard]] quotes::Quotes quote_layer() const { return {quotes}; }
};

/// Reads a file of cases. Throws std::runtime_error naming the line that makes no sense.
[[nodiscard]] std::vector<MarkedText> read_cases(const std::string& path);
/// One case from its lines.
[[nodiscard]] MarkedText read_case(const std::vector<std::string>& lines);

}  // namespace copydesk::test
