// SPDX-License-Identifier: Apache-2.0
// find_quotes FILE.jsonl: prints, for each line {"id", "text"}, {"id", "quotes": […]} with offsets in code points, as
// the scorer of docs/quotes.md reads them. Needs no entities: `speaker` is the source's mention.
// find_quotes --candidates VERBS NOMINALS FILE.jsonl: prints, for tools/quotes/count_cues.py, what these two lists of
// cues by frame (the format of cue_rates.cpp) make of the texts, before overlaps are resolved; with --cues in its
// place, the quotes that they make.
#include <simdjson.h>

#include <bit>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "stages/syntax/cue_verbs.h"
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

/// As `quotes::Rule` has them.
constexpr const char* kRules[] = {"quoted-cue", "cue-quoted", "transcript",    "block",      "according-to",
                                  "alone",      "fragment",   "parenthetical", "complement", "nominal"};

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

std::string_view frame_name(const quotes::Candidate& candidate) {
  return candidate.frame == 0 ? std::string_view()
                              : syntax::kFrameNames[static_cast<std::size_t>(std::countr_zero(candidate.frame))];
}

/// How a quote was found: what its confidence is counted by.
std::string origin(const quotes::Candidates& candidates, const quotes::Candidate& candidate, const syntax::Cue& cue) {
  std::uint32_t size = 0;
  for (std::uint32_t i = 0; i < candidate.span_count; ++i) size += candidates.spans[candidate.first_span + i].size();
  return std::string(",\"rule\":\"") + kRules[static_cast<int>(candidate.rule)] + "\",\"frame\":\"" +
         std::string(frame_name(candidate)) + "\",\"speech\":" + (cue.speech ? "true" : "false") +
         ",\"rate\":" + std::to_string(cue.rate(candidate.frame)) + ",\"tokens\":" + std::to_string(size);
}

void print(std::string_view id, std::string_view text, quotes::Quotes quotes,
           const quotes::QuotesStage::Scratch& considered, const syntax::Lexicon& lexicon) {
  static constexpr const char* kTypes[] = {"direct", "indirect", "mixed"};
  const std::vector<std::uint32_t> offset = code_points(text);
  const auto mention = [&](Span span) {
    return "{\"start\":" + std::to_string(offset[span.begin]) + ",\"end\":" + std::to_string(offset[span.end]) +
           ",\"text\":" + json_string(span.of(text)) + "}";
  };
  std::string line = "{\"id\":" + json_string(id) + ",\"quotes\":[";
  for (std::size_t i = 0; i < quotes.items.size(); ++i) {
    const quotes::Quote& quote = quotes.items[i];
    const quotes::Candidate& candidate = considered.candidates.items[considered.chosen[i]];
    if (line.back() != '[') line += ",";
    line += std::string("{\"type\":\"") + kTypes[static_cast<int>(quote.type)] + "\",\"spans\":[";
    for (const Span span : quote.spans) {
      if (line.back() != '[') line += ",";
      line += "[" + std::to_string(offset[span.begin]) + "," + std::to_string(offset[span.end]) + "]";
    }
    line += "]";
    if (!quote.source.empty()) line += ",\"speaker\":" + mention(quote.source);
    if (!quote.cue.empty()) line += ",\"cue\":" + mention(quote.cue);
    line += ",\"lemma\":" + json_string(quote.cue_lemma) + ",\"confidence\":" + std::to_string(quote.confidence) +
            origin(considered.candidates, candidate, lexicon.cue(candidate.cue_index)) + "}";
  }
  std::cout << line << "]}\n";
}

void print_candidates(std::string_view id, std::string_view text, const tokenize::Tokens& tokens,
                      const quotes::QuotesStage::Scratch& considered, const syntax::Lexicon& lexicon) {
  const std::vector<std::uint32_t> offset = code_points(text);
  std::string line = "{\"id\":" + json_string(id) + ",\"candidates\":[";
  for (const quotes::Candidate& candidate : considered.candidates.items) {
    if (candidate.span_count == 0) continue;
    if (line.back() != '[') line += ",";
    line += std::string("{\"rule\":\"") + kRules[static_cast<int>(candidate.rule)] + "\",\"frame\":\"";
    line += frame_name(candidate);
    line += "\",\"lemma\":" + json_string(lexicon.cue(candidate.cue_index).lemma) + ",\"spans\":[";
    for (std::uint32_t i = 0; i < candidate.span_count; ++i) {
      const Span span = tokens.span_of(considered.candidates.spans[candidate.first_span + i]);
      if (line.back() != '[') line += ",";
      line += "[" + std::to_string(offset[span.begin]) + "," + std::to_string(offset[span.end]) + "]";
    }
    line += "]}";
  }
  std::cout << line << "]}\n";
}

std::string contents(const char* path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(std::string("cannot read ") + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

int main(int count, char** arguments) {
  const std::string_view option = count > 2 ? arguments[1] : "";
  const bool candidates = count == 5 && option == "--candidates";
  const bool lists = candidates || (count == 5 && option == "--cues");
  const bool untagged = count == 3 && option == "--untagged";
  if (count != 2 && !lists && !untagged) {
    std::fputs(
        "usage: find_quotes [--candidates VERBS NOMINALS | --cues VERBS NOMINALS | --untagged] FILE.jsonl\n"
        "       (lines of {\"id\", \"text\"})\n",
        stderr);
    return 2;
  }
  try {
    const std::string verbs = lists ? contents(arguments[2]) : std::string();
    const std::string nominals = lists ? contents(arguments[3]) : std::string();
    const syntax::Lexicon lexicon =
        lists ? syntax::Lexicon(syntax::kCueVerbs, verbs, nominals) : syntax::Lexicon::english();
    copydesk::testing::QuoteFinder finder(COPYDESK_SOURCE_DIR "/models/tagger.model", lexicon);
    simdjson::dom::parser parser;
    simdjson::dom::document_stream lines = parser.load_many(arguments[count - 1], std::size_t{1} << 26U);
    for (const simdjson::dom::element record : lines) {
      const std::string text(record["text"].get_string().value());
      const std::string_view id = record["id"].get_string().value();
      const quotes::Quotes found = finder.find(text, !untagged);
      if (candidates)
        print_candidates(id, text, finder.tokens(), finder.considered(), lexicon);
      else
        print(id, text, found, finder.considered(), lexicon);
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "find_quotes: %s: %s\n", arguments[count - 1], error.what());
    return 1;
  }
}
