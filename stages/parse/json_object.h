// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "stages/parse/json_string.h"
#include "stages/result.h"

namespace copydesk::parse {

enum class JsonKind : std::uint8_t { kObject, kArray, kString, kNumber, kBoolean, kNull };

/// One top-level member of the input object.
struct JsonMember {
  std::string_view key;    ///< unescaped
  std::string_view value;  ///< raw JSON, byte for byte
  JsonKind kind = JsonKind::kNull;
  RawString text;                ///< where `kind` is kString
  std::uint32_t first_item = 0;  ///< into JsonObject::items
  std::uint32_t item_count = 0;
  bool mixed = false;     ///< an array that holds something else than objects
  bool shadowed = false;  ///< a later member has the same key; the last one counts
};

/// The members that ninjs knows of an object one level down: an element of `bodies`, `people` …, or `standard` itself.
struct JsonItem {
  RawString role;
  RawString content_type;  ///< `contenttype` (2.x) or `contentType` (3.x)
  RawString value;
  RawString name;
  RawString version;
  std::string_view wrong_type;  ///< key of the first of these that is neither string nor null; empty: none
};

/// The input object as the walk found it. Views into the payload, except unescaped keys, which are in the arena.
struct JsonObject {
  std::vector<JsonMember> members;
  std::vector<JsonItem> items;
  std::string_view raw;  ///< from the opening to the closing brace
};

/// Reads one JSON object with simdjson's on-demand parser: every value of it is visited once, so that whatever is wrong
/// anywhere is found, and nothing is built but the lists above. One per thread; keeps its memory between articles.
class JsonReader {
 public:
  /// Objects and arrays inside each other. ninjs needs about ten; the bound keeps the walk's stack small.
  static constexpr std::uint32_t kMaxDepth = 256;

  JsonReader();
  ~JsonReader();
  JsonReader(JsonReader&&) noexcept;
  JsonReader& operator=(JsonReader&&) noexcept;

  /// Whether the elements of the top-level member `key` are to be listed in JsonObject::items.
  using WantsItems = bool (*)(std::string_view key);

  /// `bytes` is followed by Payload::kPadding readable bytes and does not begin with a BOM; `before` bytes of the value
  /// come before it, which offsets in messages count. The result is valid until the next call. Errors: kEmpty,
  /// kMalformedJson, kInvalidUtf8, kTooDeep, kMemoryLimit.
  [[nodiscard]] Result<const JsonObject*> read(std::string_view bytes, WantsItems wants_items, Arena& arena,
                                               std::size_t before = 0);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace copydesk::parse
