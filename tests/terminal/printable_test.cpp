// SPDX-License-Identifier: Apache-2.0
#include "pipeline/terminal/printable.h"

#include <gtest/gtest.h>

#include <string>

#include "pipeline/terminal/paint.h"
#include "stages/parse/utf8_check.h"

namespace copydesk {
namespace {

using namespace std::string_literals;

/// True where no byte or character of the text can control a terminal.
bool is_harmless(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7F) return false;
    if (byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) return false;
  }
  return !parse::check_utf8(text);
}

TEST(Printable, TextStaysAsItIs) {
  for (const char* text :
       {"", "The bridge", "“Wir sind bereit”, sagte Ilse Brändt", "橋は五月に", "👩‍🚒 e\u0301", "\u00A0"}) {
    EXPECT_EQ(terminal::printable(text), text);
  }
}

TEST(Printable, NothingControlsTheTerminal) {
  EXPECT_EQ(terminal::printable("a\x1b[31mred\x1b]0;title\x07"), "a\uFFFD[31mred\uFFFD]0;title\uFFFD");
  EXPECT_EQ(terminal::printable("\xC2\x9B"
                                "31m"),
            "\uFFFD31m")
      << "C1 as UTF-8";
  EXPECT_EQ(terminal::printable("\x9B"
                                "31m"),
            "\uFFFD31m")
      << "C1 as a byte";
  EXPECT_EQ(terminal::printable("a\bb\x7F"s + '\0'), "a\uFFFDb\uFFFD\uFFFD");
  EXPECT_EQ(terminal::printable("abc\u202Edcb\u2066x\u2069"), "abc\uFFFDdcb\uFFFDx\uFFFD") << "direction";
  EXPECT_EQ(terminal::printable("one\ntwo\r\n\tthree\u2028four"), "one two   three four");
  EXPECT_EQ(terminal::printable("cut off \xE2\x80"), "cut off \uFFFD\uFFFD");
}

TEST(Printable, EveryByteAndEveryPairOfBytes) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string text{static_cast<char>(first), static_cast<char>(second), '[', 'A'};
      EXPECT_TRUE(is_harmless(terminal::printable(text))) << first << ' ' << second;
      EXPECT_TRUE(is_harmless(terminal::printable(text, 1))) << first << ' ' << second;
    }
  }
}

TEST(Printable, LinesMayStay) {
  EXPECT_EQ(terminal::printable_lines("one\n\ttwo\r\n\x1b[2J"), "one\n\ttwo \n\uFFFD[2J");
}

TEST(Printable, CutsBetweenCharacters) {
  EXPECT_EQ(terminal::printable("Brändt", 3), "Br…");
  EXPECT_EQ(terminal::printable("Brändt", 4), "Brä…");
  EXPECT_EQ(terminal::printable("Brändt", 7), "Brändt");
  EXPECT_EQ(terminal::fitted("Brändt", 8, 8), "Brändt  ");
  EXPECT_EQ(terminal::fitted("Brändt", 0, 4), "Brä…");
  EXPECT_EQ(terminal::fitted("Brändt", 0, 1), "…");
  EXPECT_EQ(terminal::columns("Brändt"), 6U);
}

TEST(Paint, ColoursOnlyWhereWanted) {
  const terminal::PaintedLine line{{terminal::Paint::kSpeaker, "Mara Venn"}, {terminal::Paint::kPlain, ": ready"}};
  EXPECT_EQ(terminal::painted(line, false), "Mara Venn: ready");
  EXPECT_EQ(terminal::painted(line, true), "\x1b[1;33mMara Venn\x1b[0m: ready");
}

}  // namespace
}  // namespace copydesk
