// SPDX-License-Identifier: Apache-2.0
#include "stages/parse/json_object.h"

#include <simdjson.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>

#include "stages/parse/article.h"
#include "stages/parse/utf8_check.h"

namespace copydesk::parse {
namespace {

namespace ondemand = simdjson::ondemand;

static_assert(Payload::kPadding >= simdjson::SIMDJSON_PADDING, "simdjson reads past the end of the payload");

[[nodiscard]] std::string_view trim_right(std::string_view bytes) noexcept {
  const std::size_t last = bytes.find_last_not_of(kJsonSpace);
  return bytes.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

/// RFC 8259, section 6. simdjson's own number parser also refuses valid numbers that no double holds.
[[nodiscard]] bool is_number(std::string_view token) noexcept {
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t from = at;
    while (at < token.size() && token[at] >= '0' && token[at] <= '9') ++at;
    return at - from;
  };
  const auto take = [&](std::string_view any_of) {
    const bool found = at < token.size() && any_of.find(token[at]) != std::string_view::npos;
    if (found) ++at;
    return found;
  };
  (void)take("-");
  if (!take("0") && digits() == 0) return false;
  if (take(".") && digits() == 0) return false;
  if (take("eE")) {
    (void)take("+-");
    if (digits() == 0) return false;
  }
  return at == token.size();
}

[[nodiscard]] JsonKind kind_of(std::string_view token) noexcept {
  switch (token.empty() ? '\0' : token.front()) {
    case '{': return JsonKind::kObject;
    case '[': return JsonKind::kArray;
    case '"': return JsonKind::kString;
    case 't':
    case 'f': return JsonKind::kBoolean;
    case 'n': return JsonKind::kNull;
    default: return JsonKind::kNumber;
  }
}

/// The known member of an item called `key`, or null.
[[nodiscard]] RawString* slot_of(JsonItem& item, std::string_view key) noexcept {
  if (key == "value") return &item.value;
  if (key == "role") return &item.role;
  if (key == "contenttype" || key == "contentType") return &item.content_type;
  if (key == "name") return &item.name;
  if (key == "version") return &item.version;
  return nullptr;
}

}  // namespace

struct JsonReader::State {
  ondemand::parser parser;
  JsonObject object;
  std::vector<std::uint32_t> order;
};

namespace {

/// One walk over the input. Each function returns an error, or nothing.
class Walk {
 public:
  using Fault = std::optional<Error>;

  Walk(std::string_view bytes, ondemand::document& document, JsonObject& object, JsonReader::WantsItems wants_items,
       Arena& arena, std::size_t before)
      : bytes_(bytes),
        document_(document),
        object_(object),
        wants_items_(wants_items),
        arena_(arena),
        before_(before) {}

  Fault top() {
    ondemand::object root;
    if (const auto code = document_.get_object().get(root)) return fault(code);
    for (auto entry : root) {
      ondemand::field field;
      if (const auto code = std::move(entry).get(field)) return fault(code);
      JsonMember member;
      RawString key;
      if (Fault found = read_key(field, key)) return found;
      member.key = unescape(key, arena_);
      member.first_item = static_cast<std::uint32_t>(object_.items.size());
      if (Fault found = top_value(field.value(), member)) return found;
      member.item_count = static_cast<std::uint32_t>(object_.items.size()) - member.first_item;
      object_.members.push_back(member);
    }
    if (document_.current_location().error() != simdjson::OUT_OF_BOUNDS) {
      return Error{ErrorCode::kMalformedJson, "the value goes on or is cut off after the object's end at byte " +
                                                  std::to_string(before_ + location()) +
                                                  "; send one complete JSON object per record"};
    }
    return std::nullopt;
  }

 private:
  /// Byte offset of what simdjson looks at, for messages.
  [[nodiscard]] std::size_t location() {
    const char* here = nullptr;
    if (document_.current_location().get(here) != simdjson::SUCCESS) return bytes_.size();
    return std::min(static_cast<std::size_t>(here - bytes_.data()), bytes_.size());
  }
  [[nodiscard]] std::size_t offset_of(std::string_view part) const {
    return static_cast<std::size_t>(part.data() - bytes_.data());
  }
  [[nodiscard]] Error malformed(std::string_view what, std::size_t offset) const {
    return {ErrorCode::kMalformedJson, std::string(what) + " at byte " + std::to_string(before_ + offset) +
                                           "; send one complete JSON object per record"};
  }
  [[nodiscard]] Error fault(simdjson::error_code code) {
    if (code == simdjson::MEMALLOC) return {ErrorCode::kMemoryLimit, "the JSON parser got no memory"};
    return malformed(simdjson::error_message(code), location());
  }

  Fault check_string(std::string_view content, RawString& out) {
    const EscapeCheck check = check_escapes(content);
    const std::size_t offset = offset_of(content) + check.offset;
    if (check.fault == EscapeFault::kBadEscape) return malformed("a backslash escape that JSON does not know", offset);
    if (check.fault == EscapeFault::kLoneSurrogate) {
      return Error{ErrorCode::kInvalidUtf8, "the \\u escape at byte " + std::to_string(before_ + offset) +
                                                " is half of a surrogate pair; write both halves, or the character"};
    }
    out = {content, check.escaped, true};
    return std::nullopt;
  }

  Fault read_key(ondemand::field& field, RawString& key) {
    const char* begin = field.key().raw();
    const char* const limit = bytes_.data() + bytes_.size();
    const char* end = begin;
    while (end < limit && *end != '"') end += *end == '\\' ? 2 : 1;
    if (end >= limit) return malformed("a key without its closing quote", bytes_.size());
    return check_string({begin, static_cast<std::size_t>(end - begin)}, key);
  }

  Fault read_scalar(std::string_view token, JsonKind kind, RawString& text) {
    switch (kind) {
      case JsonKind::kString:
        if (token.size() < 2 || token.back() != '"') return malformed("a string without its end", offset_of(token));
        return check_string(token.substr(1, token.size() - 2), text);
      case JsonKind::kBoolean:
        if (token == "true" || token == "false") return std::nullopt;
        break;
      case JsonKind::kNull:
        if (token == "null") return std::nullopt;
        break;
      default:
        if (is_number(token)) return std::nullopt;
        break;
    }
    return malformed("something that is no JSON value", offset_of(token));
  }

  Fault top_value(ondemand::value value, JsonMember& member) {
    const std::string_view token = trim_right(value.raw_json_token());
    member.kind = kind_of(token);
    const bool items = wants_items_(member.key);
    if (member.kind == JsonKind::kObject) {
      JsonItem item;
      if (Fault found = walk_object(value, 2, items ? &item : nullptr)) return found;
      if (items) list(item);
    } else if (member.kind == JsonKind::kArray) {
      if (Fault found = walk_array(value, 2, items ? &member : nullptr)) return found;
    } else {
      if (Fault found = read_scalar(token, member.kind, member.text)) return found;
      member.value = token;
      return std::nullopt;
    }
    // simdjson now stands at the token after the value.
    const std::size_t from = offset_of(token);
    const std::size_t next = location();
    if (next <= from) return malformed("an object or array without its end", from);
    member.value = trim_right(bytes_.substr(from, next - from));
    return std::nullopt;
  }

  /// Any value at `depth`; `item` takes the known strings where the value is an object that may be an item.
  Fault walk(ondemand::value value, std::uint32_t depth, JsonItem* item, JsonKind& kind, RawString& text) {
    const std::string_view token = trim_right(value.raw_json_token());
    kind = kind_of(token);
    if (kind == JsonKind::kObject) return walk_object(value, depth, item);
    if (kind == JsonKind::kArray) return walk_array(value, depth, nullptr);
    return read_scalar(token, kind, text);
  }

  [[nodiscard]] Error too_deep() {
    return {ErrorCode::kTooDeep, "objects and arrays inside each other deeper than " +
                                     std::to_string(JsonReader::kMaxDepth) + " levels at byte " +
                                     std::to_string(before_ + location()) + "; flatten the value"};
  }

  Fault walk_object(ondemand::value& value, std::uint32_t depth, JsonItem* item) {
    if (depth > JsonReader::kMaxDepth) return too_deep();
    ondemand::object inner;
    if (const auto code = value.get_object().get(inner)) return fault(code);
    for (auto entry : inner) {
      ondemand::field field;
      if (const auto code = std::move(entry).get(field)) return fault(code);
      RawString key;
      if (Fault found = read_key(field, key)) return found;
      JsonKind kind = JsonKind::kNull;
      RawString text;
      if (Fault found = walk(field.value(), depth + 1, nullptr, kind, text)) return found;
      RawString* const slot = item == nullptr ? nullptr : slot_of(*item, key.bytes);
      if (slot == nullptr) continue;
      *slot = text;
      if (kind != JsonKind::kString && kind != JsonKind::kNull && item->wrong_type.empty())
        item->wrong_type = key.bytes;
    }
    return std::nullopt;
  }

  /// Lists an item, unless it says nothing that is known.
  void list(const JsonItem& item) {
    const bool says_nothing = !item.role.present && !item.content_type.present && !item.value.present &&
                              !item.name.present && !item.version.present && item.wrong_type.empty();
    if (!says_nothing) object_.items.push_back(item);
  }

  /// `member`: whose elements are to be listed, or null.
  Fault walk_array(ondemand::value& value, std::uint32_t depth, JsonMember* member) {
    if (depth > JsonReader::kMaxDepth) return too_deep();
    ondemand::array inner;
    if (const auto code = value.get_array().get(inner)) return fault(code);
    for (auto entry : inner) {
      ondemand::value element;
      if (const auto code = std::move(entry).get(element)) return fault(code);
      JsonItem item;
      JsonKind kind = JsonKind::kNull;
      RawString text;
      if (Fault found = walk(element, depth + 1, member != nullptr ? &item : nullptr, kind, text)) return found;
      if (member == nullptr) continue;
      member->mixed = member->mixed || kind != JsonKind::kObject;
      list(item);
    }
    return std::nullopt;
  }

  std::string_view bytes_;
  ondemand::document& document_;
  JsonObject& object_;
  JsonReader::WantsItems wants_items_;
  Arena& arena_;
  std::size_t before_;  // bytes of the value that come before bytes_
};

[[nodiscard]] Error no_object(char first, std::size_t offset) {
  std::string message = "the value does not begin with { at byte " + std::to_string(offset);
  if (first == '[') message += " but is an array";
  if (first == '"') message += " but is a string, as an object that was serialised twice is";
  return {ErrorCode::kMalformedJson, message + "; send one JSON object per record"};
}

/// Marks all but the last of the members that share a key.
void mark_shadowed(std::vector<JsonMember>& members, std::vector<std::uint32_t>& order) {
  order.resize(members.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return members[a].key != members[b].key ? members[a].key < members[b].key : a < b;
  });
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (members[order[i - 1]].key == members[order[i]].key) members[order[i - 1]].shadowed = true;
  }
}

}  // namespace

JsonReader::JsonReader() : state_(std::make_unique<State>()) {}
JsonReader::~JsonReader() = default;
JsonReader::JsonReader(JsonReader&&) noexcept = default;
JsonReader& JsonReader::operator=(JsonReader&&) noexcept = default;

Result<const JsonObject*> JsonReader::read(std::string_view bytes, WantsItems wants_items, Arena& arena,
                                           std::size_t before) {
  // simdjson keeps about 6 bytes per byte of the largest article it has seen; a rare giant must not stay in memory.
  constexpr std::size_t kKeptCapacity = std::size_t{8} << 20U;
  constexpr std::size_t kKeptEntries = std::size_t{1} << 16U;
  const bool giant = state_->parser.capacity() > kKeptCapacity || state_->object.members.capacity() > kKeptEntries ||
                     state_->object.items.capacity() > kKeptEntries;
  if (giant && bytes.size() < kKeptCapacity) state_ = std::make_unique<State>();
  JsonObject& object = state_->object;
  object.members.clear();
  object.items.clear();

  const std::size_t first = bytes.find_first_not_of(kJsonSpace);
  if (first == std::string_view::npos) {
    return Error{ErrorCode::kEmpty, "the value is only white space; send one JSON object per record"};
  }
  if (auto error = check_utf8(bytes, before)) return *std::move(error);
  if (bytes[first] != '{') {
    return no_object(bytes[first], before + first);
  }
  ondemand::document document;
  const simdjson::padded_string_view padded(bytes.data(), bytes.size(), bytes.size() + simdjson::SIMDJSON_PADDING);
  if (const auto code = state_->parser.iterate(padded).get(document)) {
    if (code == simdjson::MEMALLOC) return Error{ErrorCode::kMemoryLimit, "the JSON parser got no memory"};
    return Error{ErrorCode::kMalformedJson, std::string(simdjson::error_message(code)) + " (the value has " +
                                                std::to_string(before + bytes.size()) +
                                                " bytes); send one complete JSON object per record"};
  }
  if (auto error = Walk(bytes, document, object, wants_items, arena, before).top()) return *std::move(error);
  object.raw = trim_right(bytes.substr(first));
  mark_shadowed(object.members, state_->order);
  return static_cast<const JsonObject*>(&object);
}

}  // namespace copydesk::parse
