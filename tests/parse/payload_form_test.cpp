// SPDX-License-Identifier: Apache-2.0
// What a value is, where it is not the JSON that it should be. tests/wire/bad has whole records of each kind.
#include "stages/parse/payload_form.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "stages/parse/utf8_check.h"
#include "tests/parse/parsed.h"

namespace copydesk {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

const std::string kBridge = R"({"id":"a","text":"The bridge reopens on Monday."})";
const std::string kSchemaVersion = "\x6f\x1c\x2a\x34\x9d\x0b\x4c\x57\x8e\x21\x5a\xb3\xf0\xd9\x7c\x46"s;

std::string confluent(std::uint32_t schema_id, std::string_view content) {
  std::string value(1, '\0');
  for (int shift = 24; shift >= 0; shift -= 8) value += static_cast<char>(schema_id >> static_cast<unsigned>(shift));
  return value.append(content);
}

std::string glue(char compression, std::string_view content) {
  return std::string("\x03").append(1, compression).append(kSchemaVersion).append(content);
}

/// ASCII in code units of `width` bytes.
std::string wide(std::string_view ascii, std::size_t width, bool big_endian) {
  std::string bytes;
  for (const char c : ascii) {
    std::string unit(width, '\0');
    unit[big_endian ? width - 1 : 0] = c;
    bytes += unit;
  }
  return bytes;
}

std::string message_of(std::string_view value) {
  const auto error = parse::check_form(value);
  return error ? error->message : "";
}

TEST(PayloadForm, WhatBeginsAsAnObjectIsNothingElse) {
  for (const std::string_view before : {""sv, " "sv, "\r\n\t "sv, "\xEF\xBB\xBF"sv, "\xEF\xBB\xBF \n"sv}) {
    for (int byte = 1; byte < 256; ++byte) {
      const std::string value = std::string(before) + "{" + static_cast<char>(byte) + "\0\0\0\0"s;
      EXPECT_EQ(message_of(value), "") << byte;
      const parse::UnframedValue unframed = parse::without_frame(value);
      EXPECT_EQ(unframed.frame, parse::PayloadFrame::kNone);
      EXPECT_EQ(unframed.json, parse::without_byte_order_mark(value));
    }
    EXPECT_EQ(message_of(std::string(before) + "{"), "");
    EXPECT_EQ(message_of(before), "");
  }
}

TEST(PayloadForm, UnknownBytesAreGivenNoName) {
  for (const std::string_view value : {"\0"sv,
                                       "\0\0\0\0"sv,
                                       "\0\0\0\0\0\0\0\0\0"sv,
                                       "\x03"sv,
                                       "\x03\x01 a version of Glue's that nobody knows"sv,
                                       "plain words"sv,
                                       "Bridge to reopen"sv,
                                       "P"sv,
                                       "17"sv,
                                       "null"sv,
                                       "[1]"sv,
                                       "\"text\""sv,
                                       "<"sv,
                                       "< 5"sv,
                                       "<3 news"sv,
                                       "\xC3\xA9t\xC3\xA9"sv,
                                       "\xFF\xFF\xFF\xFF"sv,
                                       "\x1F\x8B"sv,
                                       "\x28\xB5\x2F"sv,
                                       "xylophone"sv,
                                       "\x01\0\x02\0\x03\0"sv,
                                       "a\0b"sv}) {
    EXPECT_EQ(message_of(value), "") << testing::PrintToString(std::string(value));
  }
}

TEST(PayloadForm, ABeginningIsEnoughForAName) {
  struct Case {
    std::string_view bytes;
    std::string_view name;
  };
  for (const Case& one :
       {Case{"\x1F\x8B\x08"sv, "compressed with gzip"}, Case{"\x28\xB5\x2F\xFD"sv, "compressed with zstd"},
        Case{"\xFF\x06\0\0sNaPpY"sv, "compressed with snappy (framing"},
        Case{"\x82SNAPPY\0\0\0\0\1"sv, "compressed with snappy (blocks"},
        Case{"\x04\x22\x4D\x18"sv, "compressed with lz4"}, Case{"LZ4Block\x15"sv, "compressed with lz4"},
        Case{"Obj\x01"sv, "an Avro object container file"}, Case{"\xC3\x01 fingerprint"sv, "Avro (single-object"},
        Case{"\xAC\xED\x00\x05t"sv, "a serialised Java object"}, Case{"%PDF-1.7"sv, "a PDF"},
        Case{"<?xml version='1.0'?>"sv, "XML"}, Case{"  \n<nitf>"sv, "XML"}, Case{"\xEF\xBB\xBF\t<newsItem/>"sv, "XML"},
        Case{"<!-- a comment -->"sv, "XML"}, Case{"<!DOCTYPE nitf>"sv, "XML"}, Case{"<!doctype HTML>"sv, "HTML"},
        Case{"<HTML>"sv, "HTML"}}) {
    const std::string message = message_of(one.bytes);
    EXPECT_TRUE(message.starts_with("the value is " + std::string(one.name))) << message << " for " << one.name;
    EXPECT_NE(message.find("; send "), std::string::npos) << "what to do: " << message;
  }
}

TEST(PayloadForm, WideEncodingsAreNamedWithAndWithoutMark) {
  for (const std::string& text : {kBridge, "{}"s, " \n{\"id\":1}"s, "[{}]"s, "<?xml version=\"1.0\"?>"s}) {
    for (const bool big_endian : {true, false}) {
      const std::string order = big_endian ? "big-endian" : "little-endian";
      for (const std::size_t width : {2U, 4U}) {
        const std::string name = "the value is UTF-" + std::to_string(8 * width) + ", " + order;
        const std::string plain = wide(text, width, big_endian);
        EXPECT_EQ(message_of(plain), name + ", without a byte order mark; send UTF-8") << text;
        std::string mark = big_endian ? "\xFE\xFF" : "\xFF\xFE";
        if (width == 4) mark = big_endian ? "\0\0"s + mark : mark + "\0\0"s;
        EXPECT_EQ(message_of(mark + plain), name + ", with a byte order mark; send UTF-8") << text;
      }
    }
  }
}

TEST(PayloadForm, TheReasonSaysWhetherTheBytesAreUtf8) {
  EXPECT_EQ(parse::check_form("<?xml version='1.0'?><p>caf\xC3\xA9</p>")->code, ErrorCode::kMalformedJson);
  EXPECT_EQ(parse::check_form("<?xml version='1.0'?><p>caf\xE9</p>")->code, ErrorCode::kInvalidUtf8);
  EXPECT_EQ(parse::check_form(wide(kBridge, 2, true))->code, ErrorCode::kMalformedJson);
  EXPECT_EQ(parse::check_form("\x1F\x8B\x08"sv)->code, ErrorCode::kInvalidUtf8);
}

TEST(PayloadForm, AFrameIsTakenOffAnObjectAndNothingElse) {
  for (const std::string& space : {""s, " "s, "\n\t "s, "\xEF\xBB\xBF"s, "\xEF\xBB\xBF\r\n"s}) {
    // Whatever the id: those of 0 and beyond 2^31, and those whose bytes look like UTF-16 and UTF-32.
    for (const std::uint32_t id : {0U, 1U, 7U, 0x7BU, 0x7B00U, 0x7B0022U, 0x7B002200U, 0xFEFFU, 0x20202020U, ~0U}) {
      const std::string value = confluent(id, space + kBridge);
      const parse::UnframedValue unframed = parse::without_frame(value);
      EXPECT_EQ(unframed.frame, parse::PayloadFrame::kConfluent) << id;
      EXPECT_EQ(unframed.schema_id, id);
      EXPECT_EQ(unframed.json, parse::without_byte_order_mark(value).substr(5 + (space.starts_with('\xEF') ? 3 : 0)));
      EXPECT_EQ(message_of(value), "");
    }
    const std::string value = glue('\0', space + kBridge);
    EXPECT_EQ(parse::without_frame(value).frame, parse::PayloadFrame::kGlue);
    EXPECT_EQ(message_of(value), "");
  }
  for (const std::string& value : {confluent(7, ""), confluent(7, "[]"), confluent(7, "\"{}\""), confluent(7, "  "),
                                   confluent(7, "{\0"s), glue('\0', "[]"), glue('\0', ""), glue('\x05', kBridge),
                                   glue('\x01', kBridge), "\x01" + kBridge, wide(kBridge, 2, true)}) {
    EXPECT_EQ(parse::without_frame(value).frame, parse::PayloadFrame::kNone) << testing::PrintToString(value);
    EXPECT_EQ(parse::without_frame(value).json, value);
  }
}

TEST(PayloadForm, AFrameBeforeSomethingElseIsNamed) {
  EXPECT_NE(message_of(confluent(100417,
                                 "\x06"
                                 "abc"))
                .find("Confluent frame (magic byte 0, schema id 100417)"),
            std::string::npos);
  EXPECT_NE(message_of(confluent(7, "")).find("nothing comes after it"), std::string::npos);
  EXPECT_NE(message_of(glue('\0',
                            "\x06"
                            "abc"))
                .find("AWS Glue frame (schema version "
                      "6f1c2a34-9d0b-4c57-8e21-5ab3f0d97c46)"),
            std::string::npos);
  EXPECT_NE(message_of(glue('\x05', "\x78\x9C")).find("compressed with zlib"), std::string::npos);
}

// Whatever stands before the object, the article is the same.
TEST(PayloadForm, AFramedArticleIsReadAsItIsWithoutFrame) {
  const std::string ninjs =
      "{\n \"uri\": \"urn:a\",\n \"headlines\": [{\"value\": \"Bridge\"}],\n \"bodies\": [{\"value\": \"It "
      "reopens.\"}],\n \"place\": \"Åsund\"\n}";
  for (const std::string& article : {kBridge, ninjs, " \n" + ninjs + "\n"}) {
    const Parsed plain(article);
    ASSERT_TRUE(plain.result());
    EXPECT_EQ(plain.result()->frame, parse::PayloadFrame::kNone);
    for (const std::string& value :
         {confluent(7, article), glue('\0', article), confluent(7, "\xEF\xBB\xBF" + article)}) {
      const Parsed framed(value);
      ASSERT_TRUE(framed.result()) << framed.result().error().message;
      EXPECT_EQ(framed.result()->frame,
                value[0] == '\0' ? parse::PayloadFrame::kConfluent : parse::PayloadFrame::kGlue);
      EXPECT_EQ(framed.result()->id, plain.result()->id);
      EXPECT_EQ(framed.result()->text, plain.result()->text);
      EXPECT_EQ(framed.result()->raw, plain.result()->raw) << "what is enriched in place has no frame";
      ASSERT_EQ(framed.result()->fields.size(), plain.result()->fields.size());
      for (std::size_t i = 0; i < plain.result()->fields.size(); ++i) {
        EXPECT_EQ(framed.result()->fields[i].value, plain.result()->fields[i].value);
      }
    }
  }
}

// An offset leads to the byte in the value that the dead letter holds.
TEST(PayloadForm, OffsetsCountFromTheFirstByteOfTheValue) {
  const auto offset_of = [](const Parsed& parsed) {
    const std::string message = parsed.result() ? "" : parsed.result().error().message;
    const std::size_t at = message.find("byte ");
    return at == std::string::npos ? std::string::npos : std::stoul(message.substr(at + 5));
  };
  for (const std::string& broken :
       {R"({"id":"a","text":"a \q wrong escape"})"s, R"({"id":"a","text":"half \uD800 of a pair"})"s,
        "{\"id\":\"a\",\"text\":\"not \xFF UTF-8\"}"s, R"({"id":"a","text":"a"} {})"s, R"({"id":"a","n":nope})"s,
        "{\"a\":" + std::string(300, '[')}) {
    const std::size_t plain = offset_of(Parsed(broken));
    ASSERT_NE(plain, std::string::npos) << broken;
    EXPECT_EQ(offset_of(Parsed("\xEF\xBB\xBF" + broken)), plain + 3);
    EXPECT_EQ(offset_of(Parsed(confluent(7, broken))), plain + 5);
    EXPECT_EQ(offset_of(Parsed(confluent(7, "\xEF\xBB\xBF" + broken))), plain + 8);
    EXPECT_EQ(offset_of(Parsed(glue('\0', broken))), plain + 18);
    EXPECT_NE(Parsed(confluent(7, broken)).result().error().message.find("Confluent frame, schema id 7"),
              std::string::npos);
  }
}

TEST(PayloadForm, ArraysAndStringsAreCalledSo) {
  EXPECT_NE(Parsed("[" + kBridge + "]").result().error().message.find("is an array"), std::string::npos);
  EXPECT_NE(Parsed(R"("{\"id\":\"a\"}")").result().error().message.find("serialised twice"), std::string::npos);
}

}  // namespace
}  // namespace copydesk
