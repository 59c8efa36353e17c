// SPDX-License-Identifier: Apache-2.0
#include "stages/parse/payload_form.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "stages/parse/json_string.h"
#include "stages/parse/utf8_check.h"

namespace copydesk::parse {
namespace {

using namespace std::string_view_literals;

/// How much of a value is looked at for what it is.
constexpr std::size_t kSample = 64;

// https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/#wire-format
constexpr char kConfluentMagic = '\0';
constexpr std::size_t kConfluentFrame = 1 + 4;
/// Schema ids are positive numbers of 32 bits with a sign.
constexpr std::uint32_t kLargestSchemaId = 0x7FFFFFFF;
// AWSSchemaRegistryConstants of awslabs/aws-glue-schema-registry: version, compression, schema version as a UUID.
constexpr char kGlueVersion = '\x03';
constexpr char kGluePlain = '\x00';
constexpr char kGlueZlib = '\x05';
constexpr std::size_t kGlueFrame = 1 + 1 + 16;

[[nodiscard]] std::uint8_t byte_at(std::string_view bytes, std::size_t at) noexcept {
  return static_cast<std::uint8_t>(bytes[at]);
}

[[nodiscard]] std::string_view trim_left(std::string_view bytes) noexcept {
  return bytes.substr(std::min(bytes.find_first_not_of(kJsonSpace), bytes.size()));
}

/// In UTF-16 and UTF-32 a brace has NUL beside it.
[[nodiscard]] bool begins_object(std::string_view bytes) noexcept {
  const std::string_view rest = trim_left(bytes);
  return rest.starts_with('{') && (rest.size() == 1 || rest[1] != '\0');
}

[[nodiscard]] bool has_confluent_frame(std::string_view value) noexcept {
  return value.size() >= kConfluentFrame && value.front() == kConfluentMagic;
}

[[nodiscard]] bool has_glue_frame(std::string_view value) noexcept {
  return value.size() >= kGlueFrame && value.front() == kGlueVersion &&
         (value[1] == kGluePlain || value[1] == kGlueZlib);
}

[[nodiscard]] std::uint32_t schema_id_of(std::string_view frame) noexcept {
  std::uint32_t id = 0;
  for (std::size_t i = 1; i < kConfluentFrame; ++i) id = (id << 8U) | byte_at(frame, i);
  return id;
}

/// Of a Glue frame: 8-4-4-4-12 hexadecimal digits.
[[nodiscard]] std::string schema_version_of(std::string_view frame) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string uuid;
  for (std::size_t i = 2; i < kGlueFrame; ++i) {
    if (i == 6 || i == 8 || i == 10 || i == 12) uuid += '-';
    uuid += kHex[byte_at(frame, i) >> 4U];
    uuid += kHex[byte_at(frame, i) & 0xFU];
  }
  return uuid;
}

/// Code units of `width` bytes. JSON and XML begin with two characters of ASCII (RFC 4627, section 3), and most of what
/// follows at the beginning is ASCII, too.
[[nodiscard]] bool is_wide_text(std::string_view value, std::size_t width, bool big_endian) noexcept {
  const std::size_t units = std::min(value.size(), kSample) / width;
  std::size_t ascii = 0;
  for (std::size_t unit = 0; unit < units; ++unit) {
    std::uint32_t point = 0;
    for (std::size_t i = 0; i < width; ++i) {
      point = (point << 8U) | byte_at(value, unit * width + (big_endian ? i : width - 1 - i));
    }
    const bool text = (point >= 0x20 && point < 0x7F) || point == '\t' || point == '\n' || point == '\r';
    if (point == 0 || point > 0x10FFFF || (unit < 2 && !text)) return false;
    ascii += text ? 1U : 0U;
  }
  return units >= 2 && ascii * 2 >= units;
}

/// "UTF-16, little-endian, with a byte order mark"; empty where it is none of these.
[[nodiscard]] std::string_view wide_encoding(std::string_view value) noexcept {
  // The mark of UTF-32 begins with that of UTF-16.
  if (value.starts_with("\xFF\xFE\0\0"sv)) return "UTF-32, little-endian, with a byte order mark";
  if (value.starts_with("\0\0\xFE\xFF"sv)) return "UTF-32, big-endian, with a byte order mark";
  if (value.starts_with("\xFF\xFE")) return "UTF-16, little-endian, with a byte order mark";
  if (value.starts_with("\xFE\xFF")) return "UTF-16, big-endian, with a byte order mark";
  if (is_wide_text(value, 4, false)) return "UTF-32, little-endian, without a byte order mark";
  if (is_wide_text(value, 4, true)) return "UTF-32, big-endian, without a byte order mark";
  if (is_wide_text(value, 2, false)) return "UTF-16, little-endian, without a byte order mark";
  if (is_wide_text(value, 2, true)) return "UTF-16, big-endian, without a byte order mark";
  return {};
}

constexpr std::string_view kSendUncompressed =
    "send the JSON itself, and let Kafka compress it (`compression.type` of the producer)";
constexpr std::string_view kSendJson = "send the article as a JSON object (docs/input-formats.md)";

struct Signature {
  std::string_view bytes;
  std::string_view name;  ///< "the value is …"
  std::string_view advice;
};

/// What the value begins with, by the definition of each format. No JSON object begins so.
constexpr std::array kSignatures{
    Signature{"\x1F\x8B\x08"sv, "compressed with gzip", kSendUncompressed},
    Signature{"\x28\xB5\x2F\xFD"sv, "compressed with zstd", kSendUncompressed},
    Signature{"\xFF\x06\0\0sNaPpY"sv, "compressed with snappy (framing format)", kSendUncompressed},
    Signature{"\x82SNAPPY\0"sv, "compressed with snappy (blocks of snappy-java)", kSendUncompressed},
    Signature{"\x04\x22\x4D\x18"sv, "compressed with lz4 (frame format)", kSendUncompressed},
    Signature{"\x02\x21\x4C\x18"sv, "compressed with lz4 (legacy frame format)", kSendUncompressed},
    Signature{"LZ4Block"sv, "compressed with lz4 (blocks of lz4-java)", kSendUncompressed},
    Signature{"\x78\x01"sv, "compressed with zlib", kSendUncompressed},
    Signature{"\x78\x9C"sv, "compressed with zlib", kSendUncompressed},
    Signature{"\x78\xDA"sv, "compressed with zlib", kSendUncompressed},
    Signature{"BZh"sv, "compressed with bzip2", kSendUncompressed},
    Signature{"\xFD\x37zXZ\0"sv, "compressed with xz", kSendUncompressed},
    Signature{"PK\x03\x04"sv, "a zip archive", kSendUncompressed},
    Signature{"PK\x05\x06"sv, "an empty zip archive", kSendUncompressed},
    Signature{"7z\xBC\xAF\x27\x1C"sv, "a 7z archive", kSendUncompressed},
    Signature{"Obj\x01"sv, "an Avro object container file", kSendJson},
    Signature{"\xC3\x01"sv, "Avro (single-object encoding)", kSendJson},
    Signature{"\xAC\xED\x00\x05"sv, "a serialised Java object", kSendJson},
    Signature{"\xD9\xD9\xF7"sv, "CBOR", kSendJson},
    Signature{":)\n"sv, "Smile, the binary form of JSON", kSendJson},
    Signature{"PAR1"sv, "an Apache Parquet file", kSendJson},
    Signature{"%PDF-"sv, "a PDF", kSendJson},
    Signature{"\xFF\xD8\xFF"sv, "a JPEG image", kSendJson},
    Signature{"\x89PNG\r\n\x1A\n"sv, "a PNG image", kSendJson},
    Signature{"GIF8"sv, "a GIF image", kSendJson},
};

[[nodiscard]] bool begins_with_word(std::string_view text, std::string_view lower) noexcept {
  return text.size() >= lower.size() && std::equal(lower.begin(), lower.end(), text.begin(), [](char a, char b) {
           return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b);
         });
}

/// HTML or XML, by its first tag; empty where it is neither.
[[nodiscard]] std::string_view markup_name(std::string_view value) noexcept {
  const std::string_view text = trim_left(without_byte_order_mark(value));
  if (text.size() < 2 || text.front() != '<') return {};
  if (begins_with_word(text, "<!doctype html") || begins_with_word(text, "<html")) return "HTML";
  const char next = text[1];
  const bool letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
  return letter || next == '?' || next == '!' || next == '_' || byte_at(text, 1) >= 0x80 ? "XML" : "";
}

[[nodiscard]] std::string message_of_confluent(std::string_view value) {
  return "the value has a Confluent frame (magic byte 0, schema id " + std::to_string(schema_id_of(value)) + "), and " +
         (value.size() == kConfluentFrame
              ? "nothing comes after it"
              : "no JSON object comes after it: it is Avro or Protobuf, or something else of that schema registry") +
         "; send articles with the JSON Schema serializer, or as JSON without a frame";
}

[[nodiscard]] std::string message_of_glue(std::string_view value) {
  const bool compressed = value[1] == kGlueZlib;
  return "the value has an AWS Glue frame (schema version " + schema_version_of(value) +
         (compressed ? "), and what comes after it is compressed with zlib; switch the serializer's compression off "
                       "(`compressionType` NONE) and use its data format JSON, or send JSON without a frame"
                     : "), and no JSON object comes after it: it is Avro or Protobuf; use the serializer's data format "
                       "JSON, or send JSON without a frame");
}

/// What the value is, and what to do; empty where nothing is known.
[[nodiscard]] std::string message_of(std::string_view value) {
  if (const std::string_view encoding = wide_encoding(value); !encoding.empty()) {
    return std::string("the value is ").append(encoding).append("; send UTF-8");
  }
  if (has_confluent_frame(value) && schema_id_of(value) >= 1 && schema_id_of(value) <= kLargestSchemaId) {
    return message_of_confluent(value);
  }
  if (has_glue_frame(value)) return message_of_glue(value);
  for (const Signature& signature : kSignatures) {
    if (!value.starts_with(signature.bytes)) continue;
    return std::string("the value is ").append(signature.name).append(", not JSON; ").append(signature.advice);
  }
  if (const std::string_view markup = markup_name(value); !markup.empty()) {
    return std::string("the value is ")
        .append(markup)
        .append(", not JSON; send a JSON object that holds HTML or NITF in one of its fields (docs/input-formats.md)");
  }
  return {};
}

}  // namespace

UnframedValue without_frame(std::string_view value) noexcept {
  if (has_confluent_frame(value)) {
    const std::string_view rest = without_byte_order_mark(value.substr(kConfluentFrame));
    if (begins_object(rest)) return {rest, PayloadFrame::kConfluent, schema_id_of(value)};
  } else if (has_glue_frame(value) && value[1] == kGluePlain) {
    const std::string_view rest = without_byte_order_mark(value.substr(kGlueFrame));
    if (begins_object(rest)) return {rest, PayloadFrame::kGlue, 0};
  }
  return {without_byte_order_mark(value), PayloadFrame::kNone, 0};
}

std::string frame_text(const UnframedValue& value) {
  switch (value.frame) {
    case PayloadFrame::kNone: break;
    case PayloadFrame::kConfluent:
      return " (it comes after a Confluent frame, schema id " + std::to_string(value.schema_id) + ")";
    case PayloadFrame::kGlue: return " (it comes after an AWS Glue frame)";
  }
  return {};
}

std::optional<Error> check_form(std::string_view value) {
  if (begins_object(without_frame(value).json)) return std::nullopt;
  std::string message = message_of(value);
  if (message.empty()) return std::nullopt;
  return Error{check_utf8(value) ? ErrorCode::kInvalidUtf8 : ErrorCode::kMalformedJson, std::move(message)};
}

}  // namespace copydesk::parse
