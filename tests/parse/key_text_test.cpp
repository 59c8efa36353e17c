// SPDX-License-Identifier: Apache-2.0
// A Kafka key may be any bytes; where it stands in for an id, it must be text.
#include "stages/parse/key_text.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

#include "stages/parse/utf8_check.h"
#include "tests/parse/parsed.h"

namespace copydesk {
namespace {

using namespace std::string_literals;

TEST(KeyText, TextStaysAsItIs) {
  for (const std::string& key : {""s, "urn:newsml:northline:17"s, "key:00"s, "Åsund/2026"s, "\xF0\x9F\x93\xB0"s,
                                 "two\nlines\r\n\tof words"s, "\xC2\xA0"s, std::string(100'000, 'k')}) {
    EXPECT_TRUE(parse::is_text(key)) << key.substr(0, 40);
    EXPECT_EQ(parse::key_text(key), key);
  }
}

TEST(KeyText, OtherBytesAreWrittenInHexadecimalDigits) {
  EXPECT_EQ(parse::key_text("\x00\x00\x00\x00\x00\x00\x00\x2A"s), "key:000000000000002a")
      << "a number of Java's LongSerializer";
  EXPECT_EQ(parse::key_text("\xFF\xFE"s), "key:fffe");
  EXPECT_EQ(parse::key_text("caf\xE9"s), "key:636166e9") << "Latin-1";
  EXPECT_EQ(parse::key_text("a\0b"s), "key:610062");
  EXPECT_EQ(parse::key_text("\x1B[31m"s), "key:1b5b33316d");
  EXPECT_EQ(parse::key_text("\x7F"s), "key:7f");
  EXPECT_EQ(parse::key_text("\xC2\x9B"s), "key:c29b") << "a control character of C1";
  EXPECT_EQ(parse::key_text("\xED\xA0\x80"s), "key:eda080") << "a surrogate";
  EXPECT_EQ(parse::key_text(std::string(64, '\xFF')), "key:" + std::string(128, 'f'));
}

TEST(KeyText, ALongKeyIsItsBeginningAndAHashOfAll) {
  const std::string key(65, '\xFF');
  // xxhsum -H128 says the same.
  EXPECT_EQ(parse::key_text(key), "key:" + std::string(64, 'f') + "-ddeeca42af982d938eb1008349f1d19c");
  std::set<std::string> texts;
  for (std::size_t at = 0; at < 2000; ++at) {
    std::string other(2000, '\xFF');
    other[at] = '\0';
    const std::string text = parse::key_text(other);
    EXPECT_EQ(text.size(), 4 + 64 + 1 + 32U);
    EXPECT_EQ(text, parse::key_text(other));
    texts.insert(text);
  }
  EXPECT_EQ(texts.size(), 2000U) << "each key has its own";
}

TEST(KeyText, StandsInForAnId) {
  const Parsed binary(R"({"text":"The bridge reopens."})", "\x80\x00\x01"s);
  ASSERT_TRUE(binary.result());
  EXPECT_EQ(binary.result()->id, "key:800001");
  const Parsed text(R"({"text":"The bridge reopens."})", "desk-17");
  ASSERT_TRUE(text.result());
  EXPECT_EQ(text.result()->id, "desk-17");
  const Parsed stated(R"({"id":"a","text":"The bridge reopens."})", "\x80\x00\x01"s);
  ASSERT_TRUE(stated.result());
  EXPECT_EQ(stated.result()->id, "a");
  const Parsed file("The bridge reopens.", "caf\xE9.txt", true);
  ASSERT_TRUE(file.result());
  EXPECT_EQ(file.result()->id, "key:636166e92e747874");
}

TEST(KeyText, EveryKeyOfTwoBytesIsUtf8) {
  std::set<std::string> texts;
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string key{static_cast<char>(first), static_cast<char>(second)};
      const std::string text = parse::key_text(key);
      EXPECT_FALSE(parse::check_utf8(text));
      EXPECT_EQ(text.find('\0'), std::string::npos);
      texts.insert(text);
    }
  }
  EXPECT_EQ(texts.size(), 65'536U);
}

}  // namespace
}  // namespace copydesk
