// find_quotes FILE.jsonl: prints, for each line {"id", "text"}, {"id", "quotes": […]} with offsets in code points, as
// the scorer of docs/quotes.md reads them. Needs no entities: `speaker` is the source's mention.
#include <simdjson.h>

#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "tests/quotes/tagged_article.h"

namespace {

using namespace copydesk;

/// before[i]: how many code points begin before byte i.
std::vector<std::uint32_t> code_points(std::string_view text) {
  std::vector<std::uint32_t> before(text.size() + 1, 0);
  for (std::size_t i = 0; i < text.size(); ++i) {
    before[i + 1] = before[i] + ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U ? 1 : 0);
  }
  return before;
}

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20)
      out += ' ';
    else
      out += c;
  }
  return out + "\"";
}

void print(std::string_view id, std::string_view text, Quotes quotes) {
  static constexpr const char* kTypes[] = {"direct", "indirect", "mixed"};
  const std::vector<std::uint32_t> offset = code_points(text);
  const auto mention = [&](Span span) {
    return "{\"start\":" + std::to_string(offset[span.begin]) + ",\"end\":" + std::to_string(offset[span.end]) +
           ",\"text\":" + json_string(span.of(text)) + "}";
  };
  std::string line = "{\"id\":" + json_string(id) + ",\"quotes\":[";
  for (const Quote& quote : quotes.items) {
    if (line.back() != '[') line += ",";
    line += std::string("{\"type\":\"") + kTypes[static_cast<int>(quote.type)] + "\",\"spans\":[";
    for (const Span span : quote.spans) {
      if (line.back() != '[') line += ",";
      line += "[" + std::to_string(offset[span.begin]) + "," + std::to_string(offset[span.end]) + "]";
    }
    line += "]";
    if (!quote.source.empty()) line += ",\"speaker\":" + mention(quote.source);
    if (!quote.cue.empty()) line += ",\"cue\":" + mention(quote.cue);
    line += ",\"lemma\":" + json_string(quote.cue_lemma) + ",\"confidence\":" + std::to_string(quote.confidence) + "}";
  }
  std::cout << line << "]}\n";
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: find_quotes FILE.jsonl   (lines of {\"id\", \"text\"})\n", stderr);
    return 2;
  }
  try {
    copydesk::testing::QuoteFinder finder(COPYDESK_SOURCE_DIR "/models/tagger.model");
    simdjson::dom::parser parser;
    simdjson::dom::document_stream lines = parser.load_many(arguments[1], std::size_t{1} << 26U);
    for (const simdjson::dom::element record : lines) {
      const std::string text(record["text"].get_string().value());
      print(record["id"].get_string().value(), text, finder.find(text));
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "find_quotes: %s: %s\n", arguments[1], error.what());
    return 1;
  }
}
