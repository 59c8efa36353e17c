// SPDX-License-Identifier: Apache-2.0
#include "stages/encode/record_json.h"

#include <array>
#include <chrono>
#include <cmath>
#include <string>

#include "stages/encode/time_text.h"

namespace copydesk::encode {
namespace {

[[nodiscard]] constexpr std::string_view word_of(parse::PublicationStatus status) noexcept {
  switch (status) {
    case parse::PublicationStatus::kWithheld: return "withheld";
    case parse::PublicationStatus::kCanceled: return "canceled";
    case parse::PublicationStatus::kUsable: break;
  }
  return "usable";
}

[[nodiscard]] constexpr std::string_view word_of(parse::Analysis analysis) noexcept {
  switch (analysis) {
    case parse::Analysis::kSegmentation: return "segmentation";
    case parse::Analysis::kNone: return "none";
    case parse::Analysis::kFull: break;
  }
  return "full";
}

[[nodiscard]] constexpr std::string_view word_of(resolve::MentionKind kind) noexcept {
  switch (kind) {
    case resolve::MentionKind::kNominal: return "nominal";
    case resolve::MentionKind::kPronoun: return "pronoun";
    case resolve::MentionKind::kName: break;
  }
  return "name";
}

[[nodiscard]] constexpr std::string_view word_of(quotes::QuoteType type) noexcept {
  switch (type) {
    case quotes::QuoteType::kIndirect: return "indirect";
    case quotes::QuoteType::kMixed: return "mixed";
    case quotes::QuoteType::kDirect: break;
  }
  return "direct";
}

/// Empty for what the source stands by.
[[nodiscard]] constexpr std::string_view word_of(quotes::Polarity polarity) noexcept {
  switch (polarity) {
    case quotes::Polarity::kDenied: return "denied";
    case quotes::Polarity::kWithheld: return "withheld";
    case quotes::Polarity::kAsserted: break;
  }
  return {};
}

/// Writes one record, field by field in the documented order. The first span that breaks its contract is remembered,
/// and nothing that follows is looked at.
class RecordJson {
 public:
  RecordJson(const EncodeStage::Input& input, const EncodeSettings& settings, EncodeStage::Scratch& scratch)
      : payload_(input.get<parse::Payload>()),
        article_(input.get<parse::Article>()),
        tokens_(input.get<tokenize::Tokens>()),
        values_(input.get<values::Values>()),
        quotes_(input.get<quotes::Quotes>()),
        resolution_(input.get<resolve::Resolution>()),
        settings_(settings),
        scratch_(scratch),
        json_(scratch.json),
        points_(scratch.code_points) {}

  std::optional<Error> write() {
    json_.start(expected_bytes());
    points_.index(article_.text);
    head();
    if (settings_.tokens) segmentation();
    entities();
    mentions();
    quotes();
    extra();
    provenance();
    return std::move(broken_);
  }

 private:
  [[nodiscard]] std::size_t expected_bytes() const noexcept {
    constexpr std::size_t kFrame = 1024;
    constexpr std::size_t kPerEntity = 160;
    constexpr std::size_t kPerMention = 128;
    constexpr std::size_t kPerQuote = 512;
    constexpr std::size_t kPerToken = 14;
    const std::size_t tokens = settings_.tokens ? tokens_.size() * kPerToken : 0;
    return kFrame + article_.text.size() + article_.text.size() / 16 + resolution_.entities.size() * kPerEntity +
           (resolution_.mentions.size() + values_.items.size()) * kPerMention + quotes_.items.size() * kPerQuote +
           tokens;
  }

  void broken(std::string_view layer, Span span) {
    if (broken_) return;
    std::string message("a span of the layer `");
    message.append(layer)
        .append("` (bytes ")
        .append(std::to_string(span.begin))
        .append(" to ")
        .append(std::to_string(span.end))
        .append(") is outside the text or splits a character; please report it with the article");
    broken_ = Error{ErrorCode::kInternal, std::move(message)};
  }
  void bad_index(std::string_view layer) {
    if (broken_) return;
    std::string message("the layer `");
    message.append(layer).append("` refers to something that is not there; please report it with the article");
    broken_ = Error{ErrorCode::kInternal, std::move(message)};
  }

  /// `"start": …, "end": …` of a checked span.
  void offsets(std::string_view layer, Span span) {
    if (!points_.is_valid(span)) return broken(layer, span);
    json_.raw("\"start\":");
    json_.number(points_.before(span.begin));
    json_.raw(",\"end\":");
    json_.number(points_.before(span.end));
  }
  void pair(std::string_view layer, Span span) {
    if (!points_.is_valid(span)) return broken(layer, span);
    json_.raw('[');
    json_.number(points_.before(span.begin));
    json_.raw(',');
    json_.number(points_.before(span.end));
    json_.raw(']');
  }
  void text_of(Span span) {
    if (broken_) return;
    json_.raw(",\"text\":");
    json_.string(span.of(article_.text));
  }
  void optional_string(std::string_view key_with_comma, std::string_view value) {
    if (value.empty()) return;
    json_.raw(key_with_comma);
    json_.string(value);
  }

  void head() {
    json_.raw(R"({"schema":"copydesk/enriched-article/1","id":)");
    json_.string(article_.id);
    optional_string(",\"version\":", article_.version);
    optional_string(",\"status\":", word_of(article_.status));
    optional_string(",\"analysis\":", word_of(article_.analysis));
    optional_string(",\"language\":", article_.language);
    optional_string(",\"published\":", article_.published);
    optional_string(",\"embargoed\":", article_.embargoed);
    scratch_.marks_at = json_.str().size();
    json_.raw(",\"text\":");
    json_.string(article_.text);
    json_.raw(",\"segments\":[");
    for (std::size_t i = 0; i < article_.segments.size() && !broken_; ++i) {
      const parse::Segment& segment = article_.segments[i];
      json_.raw(i == 0 ? "{\"field\":" : ",{\"field\":");
      json_.string(segment.field);
      json_.raw(',');
      offsets("parse", segment.span);
      json_.raw('}');
    }
    json_.raw("],\"offset_unit\":\"codepoint\"");
  }

  void segmentation() {
    json_.raw(",\"tokens\":[");
    for (std::size_t i = 0; i < tokens_.spans.size() && !broken_; ++i) {
      if (i != 0) json_.raw(',');
      pair("tokenize", tokens_.spans[i]);
    }
    json_.raw("],\"sentences\":[");
    for (std::size_t i = 0; i < tokens_.sentences.size() && !broken_; ++i) {
      if (i != 0) json_.raw(',');
      pair("tokenize", span_of("tokenize", tokens_.sentences[i]));
    }
    json_.raw(']');
  }

  [[nodiscard]] Span span_of(std::string_view layer, TokenRange range) {
    if (range.empty() || range.end > tokens_.spans.size()) {
      bad_index(layer);
      return {};
    }
    return tokens_.span_of(range);
  }

  /// `"e1"` for the first entity.
  void entity_id(std::uint32_t entity) {
    json_.raw("\"e");
    json_.number(entity + 1);
    json_.raw('"');
  }

  void link(const resolve::Link& link) {
    const bool place = link.geonames != 0;
    if (link.iso3166.empty() && !place && link.uri.empty()) return;
    json_.raw(",\"link\":{");
    bool first = true;
    const auto separate = [&] {
      if (!first) json_.raw(',');
      first = false;
    };
    if (!link.iso3166.empty()) {
      separate();
      json_.raw("\"iso3166\":");
      json_.string(link.iso3166);
    }
    if (place) {
      separate();
      json_.raw("\"geonames\":");
      json_.number(link.geonames);
      if (std::isfinite(link.latitude) && std::isfinite(link.longitude)) {
        json_.raw(",\"lat\":");
        json_.number(link.latitude);
        json_.raw(",\"lon\":");
        json_.number(link.longitude);
      }
    }
    if (!link.uri.empty()) {
      separate();
      json_.raw("\"uri\":");
      json_.string(link.uri);
    }
    json_.raw('}');
  }

  void entities() {
    json_.raw(",\"entities\":[");
    for (std::size_t i = 0; i < resolution_.entities.size() && !broken_; ++i) {
      const resolve::Entity& entity = resolution_.entities[i];
      json_.raw(i == 0 ? "{\"id\":" : ",{\"id\":");
      entity_id(static_cast<std::uint32_t>(i));
      json_.raw(",\"type\":");
      json_.string(name_of(entity.type));
      json_.raw(",\"name\":");
      json_.string(entity.name);
      if (entity.unnamed) json_.raw(",\"unnamed\":true");
      optional_string(",\"role\":", entity.role);
      if (!entity.aliases.empty()) {
        json_.raw(",\"aliases\":[");
        for (std::size_t alias = 0; alias < entity.aliases.size(); ++alias) {
          if (alias != 0) json_.raw(',');
          json_.string(entity.aliases[alias]);
        }
        json_.raw(']');
      }
      json_.raw(",\"mentions\":");
      json_.number(entity.mentions);
      json_.raw(",\"quoted\":");
      json_.number(entity.quoted);
      link(entity.link);
      json_.raw('}');
    }
    json_.raw(']');
  }

  /// Whether a mention at `a` is listed before one at `b`: by its begin, the outer one first.
  [[nodiscard]] static bool stands_before(Span a, Span b) noexcept {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  }

  void mentions() {
    json_.raw(",\"mentions\":[");
    std::size_t value = 0;
    bool first = true;
    const auto values_before = [&](const Span* limit) {
      for (; value < values_.items.size() && !broken_; ++value) {
        const Span span = span_of("values", values_.items[value].tokens);
        if (limit != nullptr && !stands_before(span, *limit)) break;
        if (!first) json_.raw(',');
        first = false;
        value_mention(values_.items[value], span);
      }
    };
    for (const resolve::Mention& mention : resolution_.mentions) {
      values_before(&mention.span);
      if (broken_) return;
      if (!first) json_.raw(',');
      first = false;
      name_mention(mention);
    }
    values_before(nullptr);
    json_.raw(']');
  }

  void name_mention(const resolve::Mention& mention) {
    json_.raw('{');
    offsets("resolve", mention.span);
    text_of(mention.span);
    json_.raw(",\"type\":");
    json_.string(name_of(mention.type));
    json_.raw(",\"kind\":");
    json_.string(word_of(mention.kind));
    if (mention.entity != resolve::kNoEntity) {
      if (mention.entity >= resolution_.entities.size()) bad_index("resolve");
      json_.raw(",\"entity\":");
      entity_id(mention.entity);
    }
    json_.raw('}');
  }

  void value_mention(const values::Value& value, Span span) {
    json_.raw('{');
    offsets("values", span);
    text_of(span);
    json_.raw(",\"type\":");
    json_.string(name_of(value.type));
    json_.raw(",\"kind\":\"value\"");
    meaning(value);
    json_.raw('}');
  }

  void meaning(const values::Value& value) {
    switch (value.meaning) {
      case values::Value::Meaning::kUnknown: return;
      case values::Value::Meaning::kTime:
        if (value.iso.empty()) return;
        json_.raw(",\"value\":{\"iso\":");
        json_.string(value.iso);
        optional_string(",\"precision\":", value.unit);
        break;
      case values::Value::Meaning::kMoney:
        if (!std::isfinite(value.number)) return;
        json_.raw(",\"value\":{\"amount\":");
        json_.number(value.number);
        optional_string(",\"currency\":", value.unit);
        break;
      case values::Value::Meaning::kNumber:
        if (!std::isfinite(value.number)) return;
        json_.raw(",\"value\":{\"number\":");
        json_.number(value.number);
        optional_string(",\"unit\":", value.unit);
        break;
      case values::Value::Meaning::kRange: {
        const bool open_below = !std::isfinite(value.number);
        const bool open_above = !std::isfinite(value.max);
        if (open_below && open_above) return;
        json_.raw(",\"value\":{");
        if (!open_below) {
          json_.raw("\"min\":");
          json_.number(value.number);
        }
        if (!open_above) {
          json_.raw(open_below ? "\"max\":" : ",\"max\":");
          json_.number(value.max);
        }
        optional_string(value.type == EntityType::kMoney ? ",\"currency\":" : ",\"unit\":", value.unit);
        break;
      }
    }
    json_.raw('}');
  }

  void quotes() {
    json_.raw(",\"quotes\":[");
    for (std::size_t i = 0; i < quotes_.items.size() && !broken_; ++i) {
      const quotes::Quote& quote = quotes_.items[i];
      json_.raw(i == 0 ? "{\"id\":\"q" : ",{\"id\":\"q");
      json_.number(i + 1);
      json_.raw("\",\"type\":");
      json_.string(word_of(quote.type));
      json_.raw(',');
      offsets("quotes", quote.extent);
      json_.raw(",\"spans\":[");
      for (std::size_t part = 0; part < quote.spans.size(); ++part) {
        if (part != 0) json_.raw(',');
        pair("quotes", quote.spans[part]);
      }
      json_.raw(']');
      text_of(quote.extent);
      speaker(quote, i);
      cue(quote);
      optional_string(",\"polarity\":", word_of(quote.polarity));
      json_.raw(",\"confidence\":");
      json_.number(std::isfinite(quote.confidence) ? quote.confidence : 0.0F);
      json_.raw('}');
    }
    json_.raw(']');
  }

  void speaker(const quotes::Quote& quote, std::size_t index) {
    const std::uint32_t entity = index < resolution_.speakers.size() ? resolution_.speakers[index] : resolve::kNoEntity;
    const bool in_text = quote.source_kind != quotes::SourceKind::kNone && !quote.source.empty();
    if (entity != resolve::kNoEntity && entity >= resolution_.entities.size()) return bad_index("resolve");
    if (!in_text && entity == resolve::kNoEntity) return;
    json_.raw(",\"speaker\":{");
    if (in_text) {
      offsets("quotes", quote.source);
      text_of(quote.source);
    }
    if (entity != resolve::kNoEntity) {
      json_.raw(in_text ? ",\"entity\":" : "\"entity\":");
      entity_id(entity);
      json_.raw(",\"name\":");
      json_.string(resolution_.entities[entity].name);
      if (index < resolution_.speaker_confidence.size()) {
        const float confidence = resolution_.speaker_confidence[index];
        json_.raw(",\"confidence\":");
        json_.number(std::isfinite(confidence) ? confidence : 0.0F);
      }
    }
    json_.raw('}');
  }

  void cue(const quotes::Quote& quote) {
    if (quote.cue.empty()) return;
    json_.raw(",\"cue\":{");
    offsets("quotes", quote.cue);
    text_of(quote.cue);
    optional_string(",\"lemma\":", quote.cue_lemma);
    json_.raw('}');
  }

  void extra() {
    bool first = true;
    for (const parse::RawField& field : article_.fields) {
      if (field.carried) continue;
      json_.raw(first ? ",\"extra\":{" : ",");
      first = false;
      json_.string(field.key);
      json_.raw(':');
      json_.raw_on_one_line(field.value);
    }
    if (!first) json_.raw('}');
  }

  void provenance() {
    json_.raw(",\"provenance\":{\"pipeline\":");
    json_.string(settings_.pipeline);
    if (!settings_.model.empty()) {
      json_.raw(",\"models\":{\"entities\":");
      json_.string(settings_.model);
      json_.raw('}');
    }
    if (payload_.received_ms != 0) {
      const auto now = std::chrono::system_clock::now().time_since_epoch();
      json_.raw(",\"received\":");
      json_.string(TimeText(payload_.received_ms).str());
      json_.raw(",\"enriched\":");
      json_.string(TimeText(std::chrono::duration_cast<std::chrono::milliseconds>(now).count()).str());
    }
    json_.raw("}}");
  }

  const parse::Payload& payload_;
  const parse::Article& article_;
  const tokenize::Tokens& tokens_;
  const values::Values& values_;
  const quotes::Quotes& quotes_;
  const resolve::Resolution& resolution_;
  const EncodeSettings& settings_;
  EncodeStage::Scratch& scratch_;
  JsonWriter& json_;
  CodePoints& points_;
  std::optional<Error> broken_;
};

}  // namespace

std::optional<Error> write_record(const EncodeStage::Input& input, const EncodeSettings& settings,
                                  EncodeStage::Scratch& scratch) {
  return RecordJson(input, settings, scratch).write();
}

}  // namespace copydesk::encode
