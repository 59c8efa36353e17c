// SPDX-License-Identifier: Apache-2.0
// Prints who is who in articles, for the evaluation scripts:
//   resolve_eval --docs documents.jsonl --models models > records.jsonl
// Reads {"id", "text"} lines; writes {"id", "text", "mentions", "entities"} with code points.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <nlohmann/json.hpp>

#include "stages/resolve/resolve_stage.h"
#include "tools/resolve/documents.h"

namespace {

using namespace copydesk;

std::vector<std::uint32_t> code_points(const std::string& text) {
  std::vector<std::uint32_t> points(text.size() + 1);
  std::uint32_t point = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    points[i] = point;
    if ((static_cast<unsigned char>(text[i + 1]) & 0xC0U) != 0x80U) ++point;
  }
  points[text.size()] = point;
  return points;
}

/// Processor time of this thread, so that other work on the machine does not count.
double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

constexpr std::array<const char*, 3> kKinds{"name", "nominal", "pronoun"};

}  // namespace

int main(int argc, char** argv) {
  std::string docs;
  std::string models = "models";
  int repeat = 1;
  CLI::App app{"Prints who is who in articles, for the evaluation scripts."};
  app.add_option("--docs", docs, "Articles as JSON lines")->required();
  app.add_option("--models", models, "Folder of the models")->capture_default_str();
  app.add_option("--repeat", repeat, "Run the stage so often, for its speed")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    ChunkPool pool;
    const resolve::ResolveStage resolve(resolve::ResolveFiles::in(models));
    resolve::ResolveStage::Scratch scratch;
    double spent = 0;
    std::size_t words = 0;
    for (const auto& document : tool::read_documents(docs, models, pool)) {
      resolve::Resolution found;
      Arena arena(pool);
      const values::Values values;
      for (int round = 0; round < repeat; ++round) {
        arena.reset();
        const StageContext context(arena, StageContext::Clock::time_point::max());
        const double start = processor_seconds();
        const auto result = resolve.run(
            {{document->article, document->tokens, document->tags, document->names, values, document->quotes}}, scratch,
            context);
        spent += processor_seconds() - start;
        words += document->tokens.size();
        if (!result) throw std::runtime_error(result.error().message);
        found = *result;
      }
      const auto points = code_points(document->text);
      nlohmann::ordered_json record{{"id", document->id}, {"text", document->text}};
      record["entities"] = nlohmann::json::array();
      record["mentions"] = nlohmann::json::array();
      record["quotes"] = nlohmann::json::array();
      for (std::size_t i = 0; i < found.entities.size(); ++i) {
        const resolve::Entity& entity = found.entities[i];
        record["entities"].push_back({{"id", "e" + std::to_string(i + 1)},
                                      {"type", name_of(entity.type)},
                                      {"name", entity.name},
                                      {"role", entity.role},
                                      {"aliases", entity.aliases},
                                      {"iso3166", entity.link.iso3166},
                                      {"geonames", entity.link.geonames},
                                      {"mentions", entity.mentions}});
        if (entity.unnamed) record["entities"].back()["unnamed"] = true;
      }
      for (const resolve::Mention& mention : found.mentions) {
        record["mentions"].push_back({{"start", points[mention.span.begin]},
                                      {"end", points[mention.span.end]},
                                      {"text", mention.span.of(document->text)},
                                      {"type", name_of(mention.type)},
                                      {"kind", kKinds[static_cast<std::size_t>(mention.kind)]},
                                      {"entity", "e" + std::to_string(mention.entity + 1)}});
      }
      for (std::size_t i = 0; i < document->quotes.items.size(); ++i) {
        const quotes::Quote& quote = document->quotes.items[i];
        nlohmann::ordered_json one{{"start", points[quote.extent.begin]},
                                   {"end", points[quote.extent.end]},
                                   {"text", quote.extent.of(document->text)}};
        one["spans"] = nlohmann::json::array();
        for (const Span part : quote.spans) one["spans"].push_back({points[part.begin], points[part.end]});
        if (quote.source_kind != quotes::SourceKind::kNone) {
          one["speaker"] = {{"text", quote.source.of(document->text)}};
          if (found.speakers[i] != resolve::kNoEntity) {
            one["speaker"]["entity"] = "e" + std::to_string(found.speakers[i] + 1);
            one["speaker"]["name"] = found.entities[found.speakers[i]].name;
            one["speaker"]["confidence"] = found.speaker_confidence[i];
          }
        }
        record["quotes"].push_back(one);
      }
      std::cout << record.dump() << '\n';
    }
    std::fprintf(stderr, "%zu words, %.3f microseconds per word in the resolve stage\n", words,
                 1e6 * spent / static_cast<double>(words));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "resolve_eval: %s\n", error.what());
    return 1;
  }
  return 0;
}
