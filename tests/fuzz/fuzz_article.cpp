// SPDX-License-Identifier: Apache-2.0
// Any bytes as an article: as JSON, bare and behind a Confluent frame, and as a text file; and as the key of an
// article. Whatever parses is encoded in both formats, and what is encoded must parse again.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "stages/encode/encode_stage.h"
#include "stages/parse/parse_stage.h"
#include "stages/parse/utf8_check.h"
#include "tests/fuzz/require.h"

namespace copydesk {
namespace {

using fuzz::require;

bool any_key(std::string_view) {
  return true;
}

/// Bytes as a consumer holds them: followed by padding whose content must not matter.
class Padded {
 public:
  explicit Padded(std::string_view bytes) : size_(bytes.size()), all_(bytes) {
    all_.append(parse::Payload::kPadding, '}');
  }
  [[nodiscard]] std::string_view bytes() const { return std::string_view(all_).substr(0, size_); }

 private:
  std::size_t size_;
  std::string all_;
};

class Fuzzed {
 public:
  void article(std::string_view bytes, bool plain_text, std::string_view name = "key") {
    const Padded padded(bytes);
    parse::Payload payload;
    payload.bytes = padded.bytes();
    payload.name = name;
    payload.plain_text = plain_text;
    const auto parsed =
        parse_.run(parse::ParseStage::Input{std::tuple<const parse::Payload&>(payload)}, parse_scratch_, context_);
    if (!parsed) {
      require(parsed.error().code != ErrorCode::kInternal && !parsed.error().message.empty(), parsed.error().message);
      return;
    }
    const parse::Article article = *parsed;
    require(!parse::check_utf8(article.text), "the text is UTF-8");
    require(!parse::check_utf8(article.id), "the id is UTF-8");
    for (const parse::Segment& segment : article.segments) {
      require(segment.span.end <= article.text.size(), "segments lie within the text");
    }
    encode(payload, article, record_);
    encode(payload, article, ninjs_);
  }

  /// A frame changes nothing of what is read.
  void framed(std::string_view bytes) {
    const std::string framed = std::string("\0\0\0\0\7", 5).append(bytes);
    const Padded bare(bytes);
    const Padded with_frame(framed);
    parse::Payload payload;
    payload.name = "key";
    payload.bytes = bare.bytes();
    const auto one =
        parse_.run(parse::ParseStage::Input{std::tuple<const parse::Payload&>(payload)}, parse_scratch_, context_);
    if (!one || one->frame != parse::PayloadFrame::kNone) return;
    const std::string text(one->text);
    const std::string id(one->id);
    const std::string raw(one->raw);
    payload.bytes = with_frame.bytes();
    const auto other =
        parse_.run(parse::ParseStage::Input{std::tuple<const parse::Payload&>(payload)}, parse_scratch_, context_);
    require(other.ok() && other->frame == parse::PayloadFrame::kConfluent, "the frame is taken off");
    require(other->text == text && other->id == id && other->raw == raw, "the article is the same without its frame");
  }

 private:
  void encode(const parse::Payload& payload, const parse::Article& article, const encode::EncodeStage& stage) {
    const Span all{0, static_cast<std::uint32_t>(article.text.size())};
    const tokenize::Tokens tokens{std::span<const Span>(&all, 1), {}, {}, {}};
    const fingerprint::Fingerprint fingerprint;
    const values::Values values;
    const quotes::Quotes quotes;
    const std::array entities{resolve::Entity{EntityType::kPerson, article.id, article.text, {}, 1, 0, false, {}}};
    const std::array mentions{resolve::Mention{all, EntityType::kPerson, resolve::MentionKind::kName, 0}};
    const resolve::Resolution resolution{entities, mentions, {}};
    const encode::EncodeStage::Input input{
        std::tuple<const parse::Payload&, const parse::Article&, const tokenize::Tokens&,
                   const fingerprint::Fingerprint&, const values::Values&, const quotes::Quotes&,
                   const resolve::Resolution&>(payload, article, tokens, fingerprint, values, quotes, resolution)};
    const auto record = stage.run(input, encode_scratch_, context_);
    require(record.ok(), "whatever parses is encoded");
    require(record->json.find_first_of("\r\n") == std::string_view::npos, "a record is one line");
    const Padded again(record->json);
    require(reader_.read(again.bytes(), any_key, arena_).ok() || is_deep(record->json), "a record can be read again");
  }
  /// `extra` adds a level to what was at the limit.
  [[nodiscard]] bool is_deep(std::string_view json) {
    const Padded padded(json);
    const auto read = reader_.read(padded.bytes(), any_key, arena_);
    return !read && read.error().code == ErrorCode::kTooDeep;
  }

  ChunkPool pool_;
  Arena arena_{pool_};
  StageContext context_{arena_, StageContext::Clock::time_point::max()};
  parse::ParseStage parse_{parse::ParseSettings{}};
  encode::EncodeStage record_{
      encode::EncodeSettings{.format = encode::OutputFormat::kRecord, .tokens = true, .pipeline = "p"}};
  encode::EncodeStage ninjs_{encode::EncodeSettings{.format = encode::OutputFormat::kNinjs, .pipeline = "p"}};
  parse::ParseStage::Scratch parse_scratch_;
  encode::EncodeStage::Scratch encode_scratch_;
  parse::JsonReader reader_;
};

}  // namespace
}  // namespace copydesk

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  copydesk::Fuzzed fuzzed;
  fuzzed.article(bytes, false);
  fuzzed.article(bytes, true);
  fuzzed.framed(bytes);
  fuzzed.article(R"({"text":""})", false, bytes.empty() ? std::string_view("key") : bytes);
  return 0;
}
