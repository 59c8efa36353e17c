// SPDX-License-Identifier: Apache-2.0
// segment FILE.jsonl: reads {"id", "text"} a line; prints {"id", "tokens": [[begin, end], …], "sentences": […]} in
// code points, for scoring against a corpus.
#include <simdjson.h>

#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "stages/tokenize/tokenize_stage.h"

namespace copydesk {
namespace {

/// Code points before each byte.
std::vector<std::uint32_t> code_point_offsets(std::string_view text) {
  std::vector<std::uint32_t> offsets;
  offsets.reserve(text.size() + 1);
  std::uint32_t count = 0;
  for (const char byte : text) {
    if ((static_cast<unsigned char>(byte) & 0xC0U) == 0x80U) {
      offsets.push_back(count);
    } else {
      offsets.push_back(count++);
    }
  }
  offsets.push_back(count);
  return offsets;
}

void print(std::string_view name, const std::vector<Span>& spans, const std::vector<std::uint32_t>& offsets) {
  std::cout << ", \"" << name << "\": [";
  for (std::size_t i = 0; i < spans.size(); ++i) {
    std::cout << (i == 0 ? "[" : ", [") << offsets[spans[i].begin] << ", " << offsets[spans[i].end] << "]";
  }
  std::cout << "]";
}

int segment(const char* path) {
  simdjson::dom::parser parser;
  simdjson::dom::document_stream documents;
  if (const auto error = parser.load_many(path, 1U << 26U).get(documents); error != simdjson::SUCCESS) {
    std::cerr << path << ": " << simdjson::error_message(error) << "\n";
    return 1;
  }
  const tokenize::TokenizeStage stage;
  tokenize::TokenizeStage::Scratch scratch;
  ChunkPool pool;
  for (const simdjson::dom::element document : documents) {
    parse::Article article;
    article.text = std::string_view(document["text"]);
    Arena arena(pool);
    const Reads<parse::Article> input{std::tuple<const parse::Article&>(article)};
    const auto result = stage.run(input, scratch, StageContext(arena, StageContext::Clock::time_point::max()));
    if (!result) {
      std::cerr << result.error().message << "\n";
      return 1;
    }
    const tokenize::Tokens& tokens = *result;
    const auto offsets = code_point_offsets(article.text);
    std::vector<Span> sentences;
    for (const TokenRange range : tokens.sentences) sentences.push_back(tokens.span_of(range));
    std::cout << "{\"id\": " << simdjson::minify(simdjson::dom::element(document["id"]));
    print("tokens", {tokens.spans.begin(), tokens.spans.end()}, offsets);
    print("sentences", sentences, offsets);
    std::cout << "}\n";
  }
  return 0;
}

}  // namespace
}  // namespace copydesk

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: segment FILE.jsonl\n";
    return 2;
  }
  try {
    return copydesk::segment(argv[1]);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
