#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "stages/parse/article.h"
#include "stages/quotes/candidate.h"
#include "stages/quotes/clauses.h"
#include "stages/quotes/lexicon.h"
#include "stages/quotes/marks.h"
#include "stages/quotes/overlaps.h"
#include "stages/quotes/quotes.h"
#include "stages/stage.h"
#include "stages/tag/tags.h"
#include "stages/tokenize/tokens.h"

namespace copydesk::quotes {

/// Finds direct, mixed and indirect quotes and the mention of who said them; see docs/quotes.md. English only: an
/// article of another language, or one that is not analysed in full, gets no quotes. Time is linear in the text.
class QuotesStage {
 public:
  static constexpr std::string_view kName = "quotes";
  using Input = Reads<parse::Article, tokenize::Tokens, tag::Tags>;
  using Output = Quotes;

  struct Scratch {
    std::vector<quotes::Region> regions;
    std::vector<tag::Tag> tags;  ///< guessed, where the article has none
    quotes::Unit unit;
    quotes::Candidates candidates;
    quotes::OverlapResolver overlaps;
    std::vector<std::uint32_t> chosen;
  };

  explicit QuotesStage(quotes::Lexicon lexicon = quotes::Lexicon::english());

  [[nodiscard]] Result<Quotes> run(const Input& input, Scratch& scratch, const StageContext& context) const;

 private:
  std::shared_ptr<const quotes::Lexicon> lexicon_;
};

}  // namespace copydesk::quotes
