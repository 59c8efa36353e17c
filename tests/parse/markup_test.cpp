// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "stages/parse/markup_text.h"
#include "stages/parse/utf8_check.h"

namespace copydesk {
namespace {

struct Conversion {
  explicit Conversion(std::string_view markup,
                      StageContext::Clock::time_point deadline = StageContext::Clock::time_point::max())
      : context(arena, deadline), error(parse::convert_markup(markup, context, text)) {}

  ChunkPool pool;
  Arena arena{pool};
  StageContext context;
  parse::MarkupText text;
  std::optional<Error> error;
};

// Each line of markup/*.jsonl: {"case", "markup", "text", "headline"?}.
class MarkupGolden : public testing::TestWithParam<std::string> {};

TEST_P(MarkupGolden, Holds) {
  std::ifstream file(std::string(COPYDESK_SOURCE_DIR) + "/tests/parse/markup/" + GetParam() + ".jsonl");
  std::string line;
  std::size_t cases = 0;
  while (std::getline(file, line)) {
    const auto golden = nlohmann::json::parse(line);
    const Conversion got(golden["markup"].get<std::string>());
    ASSERT_FALSE(got.error) << golden["case"];
    EXPECT_EQ(got.text.body, golden["text"].get<std::string>()) << golden["case"];
    EXPECT_EQ(got.text.headline, golden.value("headline", "")) << golden["case"];
    ++cases;
  }
  EXPECT_GT(cases, 0U);
}

INSTANTIATE_TEST_SUITE_P(Files, MarkupGolden, testing::Values("html", "nitf"),
                         [](const auto& file) { return file.param; });

std::string repeat(std::string_view piece, std::size_t bytes) {
  std::string all;
  while (all.size() < bytes) all += piece;
  return all;
}

TEST(Markup, RefusesDeepNesting) {
  for (const std::string_view open : {"<div>", "<b>", "<x>"}) {
    const Conversion got(repeat(open, 100000));
    ASSERT_TRUE(got.error);
    EXPECT_EQ(got.error->code, ErrorCode::kTooDeep);
  }
}

TEST(Markup, RefusesAFloodOfNames) {
  std::string starts;
  std::string ends;
  std::string attributes = "<p";
  for (int i = 0; i < 200000; ++i) {
    const std::string name = std::string("e").append(std::to_string(i));
    starts.append("<").append(name).append("/>");
    ends.append("</").append(name).append(">");
    attributes.append(" ").append(name);
  }
  for (const std::string& flood : {starts, ends, attributes + ">x"}) {
    const Conversion got(flood);
    ASSERT_TRUE(got.error);
    EXPECT_EQ(got.error->code, ErrorCode::kTooLarge);
  }
}

TEST(Markup, StopsAtTheDeadline) {
  const Conversion got(repeat("<p>a</p>", 1000000), StageContext::Clock::time_point::min());
  ASSERT_TRUE(got.error);
  EXPECT_EQ(got.error->code, ErrorCode::kDeadline);
}

// Each input grows eightfold; quadratic work would make the time grow 64-fold. The bound leaves room for noise.
// Quadratic work on so much of it would not end within the test's time-out.
TEST(Markup, TakesLinearTimeOnHostileInput) {
  constexpr std::size_t kPieces = 1U << 22U;
  for (const std::string& markup :
       {"<p " + std::string(kPieces, 'a'), std::string(kPieces, '<'), "<!--" + std::string(kPieces, '-'),
        repeat("<!--", kPieces), "<b>" + repeat("</i>", kPieces), repeat("&", kPieces), repeat("&#x27;", kPieces),
        std::string(kPieces, 'w'), std::string(kPieces, ' ') + "x", "<table><tr>" + repeat("<td>", kPieces),
        "<p a='" + std::string(kPieces, 'v')}) {
    const Conversion got(markup);
    EXPECT_LE(got.text.body.size(), markup.size()) << markup.substr(0, 20);
  }
}

// Whatever comes in, what comes out is UTF-8 without a break at either end.
TEST(Markup, GivesTrimmedUtf8) {
  static constexpr std::array<std::string_view, 24> kPieces{
      "<p>",  "</p>", "<td>", "<tr>", "<table>", "</table>", "<br>", "<pre>",  "</pre>", "<q>", "</q>", "<li>",
      "<ul>", " ",    "\n",   "\t",   "é",       "“",        "😀",   "\u00a0", "&#150;", "x",   "<!--", "</td>"};
  std::mt19937 random(11);
  for (int round = 0; round < 3000; ++round) {
    std::string markup;
    for (std::uint32_t i = 0; i < random() % 60; ++i) markup += kPieces[random() % kPieces.size()];
    const Conversion got(markup);
    ASSERT_FALSE(got.error);
    const std::string& text = got.text.body;
    EXPECT_FALSE(parse::check_utf8(text)) << markup;
    if (text.empty()) continue;
    EXPECT_EQ(std::string_view(" \n\t").find(text.front()), std::string_view::npos) << markup;
    EXPECT_EQ(std::string_view(" \n\t").find(text.back()), std::string_view::npos) << markup;
    EXPECT_EQ(text.find("\n\n\n"), std::string::npos) << markup;
  }
}

}  // namespace
}  // namespace copydesk
