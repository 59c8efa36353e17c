// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "stages/parse/article.h"
#include "stages/result.h"

namespace copydesk::parse {

/// A record's value without what stands before its JSON.
struct UnframedValue {
  std::string_view json;  ///< from the first byte after frame and byte order mark to the value's end
  PayloadFrame frame = PayloadFrame::kNone;
  std::uint32_t schema_id = 0;  ///< of a Confluent frame
};

/// Takes off a UTF-8 byte order mark, and the frame of a schema registry's serializer where a JSON object follows it:
/// Confluent's (0, schema id in 4 bytes, big-endian) and AWS Glue's without compression (3, 0, schema version in 16
/// bytes). No JSON begins with 0 or 3, so nothing else is taken for a frame. Linear in the white space before the
/// object.
[[nodiscard]] UnframedValue without_frame(std::string_view value) noexcept;

/// " (it comes after a Confluent frame, schema id 7)", for messages about the JSON; empty without a frame.
[[nodiscard]] std::string frame_text(const UnframedValue& value);

/// The error for a value that is something else than JSON and shows it by its first bytes: compressed, Avro, XML,
/// UTF-16, a frame before no JSON … The message names what it is and says what to do. Nothing where the value begins as
/// a JSON object does, or as nothing that is known here. The code is kInvalidUtf8 where the value is not UTF-8, else
/// kMalformedJson. Looks at the white space at the beginning and at 64 bytes after it, and for the code at all.
[[nodiscard]] std::optional<Error> check_form(std::string_view value);

}  // namespace copydesk::parse
