// SPDX-License-Identifier: Apache-2.0
// Prints the names that the entities stage finds in articles, one record a line, for the evaluation scripts:
//   names_eval --model models/names.model < articles.jsonl > names.jsonl
// Reads {"id", "text"} lines; writes {"id", "text", "mentions": [{"start", "end", "type", "kind"}]} with code points.
#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <string>

#include "stages/entities/entities_stage.h"
#include "stages/parse/parse_stage.h"
#include "stages/tokenize/tokenize_stage.h"

namespace {

using namespace copydesk;

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if (letter == '"' || letter == '\\') {
      out += '\\';
      out += letter;
    } else if (byte < 0x20) {
      std::array<char, 8> escape;
      std::snprintf(escape.data(), escape.size(), "\\u%04x", byte);
      out += escape.data();
    } else {
      out += letter;
    }
  }
  return out + '"';
}

}  // namespace

int main(int argc, char** argv) {
  std::string model = "models/names.model";
  CLI::App app{"Prints the names of articles, for the evaluation scripts."};
  app.add_option("--model", model, "Model of the entities stage")->capture_default_str();
  CLI11_PARSE(app, argc, argv);

  const parse::ParseStage parse{parse::ParseSettings{}};
  const tokenize::TokenizeStage tokenize;
  const entities::EntitiesStage entities(model);
  parse::ParseStage::Scratch parse_scratch;
  tokenize::TokenizeStage::Scratch tokenize_scratch;
  entities::EntitiesStage::Scratch entities_scratch;
  ChunkPool pool;
  Arena arena(pool);
  double spent = 0;
  std::size_t words = 0;
  for (std::string line; std::getline(std::cin, line);) {
    arena.reset();
    const StageContext context(arena, StageContext::Clock::time_point::max());
    const std::string padded = line + std::string(parse::Payload::kPadding, ' ');
    parse::Payload payload;
    payload.bytes = std::string_view(padded).substr(0, line.size());
    const auto article = parse.run({{payload}}, parse_scratch, context);
    if (!article) {
      std::cerr << "names_eval: " << article.error().message << '\n';
      continue;
    }
    const auto tokens = tokenize.run({{*article}}, tokenize_scratch, context);
    if (!tokens) continue;
    const std::clock_t start = std::clock();
    const auto names = entities.run({{*article, *tokens}}, entities_scratch, context);
    spent += static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    words += tokens->size();
    if (!names) continue;

    std::vector<std::uint32_t> points(article->text.size() + 1);
    std::uint32_t point = 0;
    for (std::size_t i = 0; i < article->text.size(); ++i) {
      points[i] = point;
      if (i + 1 == article->text.size() || (static_cast<unsigned char>(article->text[i + 1]) & 0xC0U) != 0x80U) ++point;
    }
    points[article->text.size()] = point;
    std::string out = "{\"id\": " + quoted(article->id) + ", \"text\": " + quoted(article->text) + ", \"mentions\": [";
    const char* comma = "";
    for (const entities::Name& name : names->items) {
      const Span span = tokens->span_of(name.tokens);
      out += comma;
      out += "{\"start\": " + std::to_string(points[span.begin]) + ", \"end\": " + std::to_string(points[span.end]) +
             ", \"type\": \"" + std::string(name_of(name.type)) +
             "\", \"kind\": \"name\", \"confidence\": " + std::to_string(name.confidence) + "}";
      comma = ", ";
    }
    out += "]}\n";
    std::fwrite(out.data(), 1, out.size(), stdout);
  }
  std::fprintf(stderr, "%zu tokens in %.3f CPU-seconds: %.0f tokens per CPU-second in the entities stage\n", words,
               spent, static_cast<double>(words) / spent);
  return 0;
}
