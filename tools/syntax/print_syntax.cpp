// SPDX-License-Identifier: Apache-2.0
// print_syntax MODELS FILE.jsonl: for each line {"id", "text"}, prints {"id", "clauses", "appositions",
// "coordinations"} as the `syntax` stage makes them of the text, for tools/syntax/score_syntax.py. Offsets are code
// points.
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "stages/syntax/syntax_stage.h"
#include "stages/tag/tag_stage.h"
#include "stages/tokenize/tokenize_stage.h"

namespace {

using namespace copydesk;
using nlohmann::json;

constexpr const char* kKinds[] = {"main",       "complement", "relative", "adverbial", "coordinate",
                                  "infinitive", "participle", "inserted", "parataxis"};

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return *std::move(result);
}

/// The layer of one article as JSON.
class Printer {
 public:
  Printer(std::string_view text, const tokenize::Tokens& tokens) : tokens_(tokens), offsets_(text.size() + 1) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      offsets_[i + 1] = offsets_[i] + ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U ? 1U : 0U);
    }
  }

  void add(const syntax::Unit& unit, json& out) const {
    for (const syntax::Clause& clause : unit.clauses) {
      json item{{"kind", kKinds[static_cast<std::size_t>(clause.kind)]}, {"shared", clause.shared_subject}};
      item["verb"] = span(unit, {clause.verb, clause.verb + 1});
      item["extent"] = span(unit, clause.extent);
      if (clause.subject != syntax::kNoIndex) item["subject"] = span(unit, {clause.subject, clause.subject + 1});
      if (clause.object != syntax::kNoIndex) item["object"] = span(unit, {clause.object, clause.object + 1});
      out["clauses"].push_back(item);
    }
    for (const auto& pair : unit.appositions) out["appositions"].push_back(both(unit, pair));
    for (const auto& pair : unit.coordinations) out["coordinations"].push_back(both(unit, pair));
  }

 private:
  [[nodiscard]] json span(const syntax::Unit& unit, syntax::ChunkRange chunks) const {
    if (chunks.begin >= chunks.end) return json::array({0, 0});
    const Span bytes = tokens_.span_of(
        {unit.words[unit[chunks.begin].begin].token, unit.words[unit[chunks.end - 1].end - 1].last + 1});
    return json::array({offsets_[bytes.begin], offsets_[bytes.end]});
  }
  [[nodiscard]] json both(const syntax::Unit& unit, syntax::ChunkPair pair) const {
    return json::array({span(unit, {pair.first, pair.first + 1}), span(unit, {pair.second, pair.second + 1})});
  }

  const tokenize::Tokens& tokens_;
  std::vector<std::uint32_t> offsets_;
};

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: print_syntax MODELS FILE.jsonl\n";
    return 2;
  }
  try {
    std::ifstream file(arguments[2]);
    if (!file) throw std::runtime_error(std::string("cannot read ") + arguments[2]);
    const tokenize::TokenizeStage tokenize;
    const tag::TagStage tag(std::string(arguments[1]) + "/tagger.model");
    const syntax::SyntaxStage syntax;
    tokenize::TokenizeStage::Scratch tokenize_scratch;
    tag::TagStage::Scratch tag_scratch;
    syntax::SyntaxStage::Scratch syntax_scratch;
    ChunkPool pool;
    for (std::string line; std::getline(file, line);) {
      const json record = json::parse(line);
      const std::string text = record["text"];
      Arena arena(pool);
      const StageContext context(arena, StageContext::Clock::time_point::max());
      parse::Article article;
      article.text = text;
      const tokenize::Tokens tokens = must(tokenize.run({{article}}, tokenize_scratch, context));
      const tag::Tags tags = must(tag.run({{article, tokens}}, tag_scratch, context));
      const syntax::Syntax made = must(syntax.run({{article, tokens, tags}}, syntax_scratch, context));
      json out{{"id", record["id"]},
               {"clauses", json::array()},
               {"appositions", json::array()},
               {"coordinations", json::array()}};
      const Printer printer(text, tokens);
      for (const syntax::Unit& unit : made.units) printer.add(unit, out);
      for (const syntax::Unit& unit : made.quoted_units) printer.add(unit, out);
      std::cout << out.dump() << '\n';
    }
  } catch (const std::exception& error) {
    std::cerr << "print_syntax: " << error.what() << '\n';
    return 1;
  }
}
