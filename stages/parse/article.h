// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "stages/span.h"

namespace copydesk::parse {

/// The external layer: one record as it came from Kafka or a file. All views are owned by whoever submits the
/// article and outlive its processing.
struct Payload {
  /// Bytes that must be readable past the end of `bytes` (simdjson reads in blocks). Their content does not matter.
  static constexpr std::size_t kPadding = 64;

  std::string_view bytes;        ///< the value, followed by kPadding readable bytes
  std::string_view name;         ///< the id where the value has none: the Kafka key, of any bytes (key_text.h says what
                                 ///< stands for one that is no text), or a `.txt` file's name
  bool plain_text = false;       ///< `bytes` is the text itself (a `.txt` file), not JSON
  std::int64_t received_ms = 0;  ///< Unix time in milliseconds; 0 = do not write times into the record
};

/// What a schema registry's serializer had put before the JSON; see payload_form.h.
enum class PayloadFrame : std::uint8_t { kNone, kConfluent, kGlue };

enum class InputFormat : std::uint8_t { kNinjs1, kNinjs2, kNinjs3, kPlainJson, kPlainText };

/// IPTC publication status. Withheld and canceled articles are passed on without text, so that readers can recall them.
enum class PublicationStatus : std::uint8_t { kUsable, kWithheld, kCanceled };

/// How much was done with the text.
enum class Analysis : std::uint8_t {
  kFull,          ///< every stage
  kSegmentation,  ///< tokens and sentences only: the language is not English
  kNone,          ///< withheld or canceled: the text is empty
};

/// One field of the source inside the analysed text.
struct Segment {
  std::string_view field;  ///< "headline" or "body"
  Span span;
};

/// A point of time on the wire, as the article states it.
struct Timestamp {
  std::int64_t seconds = 0;         ///< Unix time, UTC
  std::int32_t offset_minutes = 0;  ///< the zone that the article wrote it in
};

/// A top-level member of the input object, as raw JSON (views into the payload).
struct RawField {
  std::string_view key;    ///< unescaped
  std::string_view value;  ///< raw JSON, byte for byte
  bool carried = false;    ///< its content is in the Article's other fields: the record need not repeat it
};

/// Somebody or something that a ninjs object already lists, so that enriching in place repeats nothing.
struct ListedName {
  enum class List : std::uint8_t { kPeople, kOrganisations, kPlaces, kInfoSources };
  List list = List::kPeople;
  std::string_view name;
};

/// The layer made by `parse`: what the later stages need to know of an article. Views point into the payload or
/// the stage's arena.
struct Article {
  std::string_view text;  ///< valid UTF-8: headline, blank line, body; < 4 GiB
  std::span<const Segment> segments;
  std::string_view id;
  std::string_view version;                 ///< empty where the article states none; so are the next ones
  std::string_view language;                ///< BCP 47, as stated or the default
  std::string_view published;               ///< RFC 3339, as stated
  std::string_view embargoed;               ///< RFC 3339, as stated
  std::optional<Timestamp> published_time;  ///< `published`, where it can be read
  PublicationStatus status = PublicationStatus::kUsable;
  Analysis analysis = Analysis::kFull;
  InputFormat format = InputFormat::kPlainText;
  PayloadFrame frame = PayloadFrame::kNone;  ///< was taken off
  std::span<const RawField>
      fields;  ///< the input's top-level members in their order, the last of each key; empty for .txt
  std::span<const ListedName> listed;  ///< in no particular order
  std::string_view raw;                ///< the input object's bytes, for enriching in place; empty for plain text
};

}  // namespace copydesk::parse
