// SPDX-License-Identifier: Apache-2.0
#include "stages/parse/parse_stage.h"

#include <array>
#include <cstring>
#include <optional>
#include <utility>

#include "stages/parse/article_text.h"
#include "stages/parse/key_text.h"
#include "stages/parse/known_fields.h"
#include "stages/parse/payload_form.h"
#include "stages/parse/timestamp.h"
#include "stages/parse/utf8_check.h"

namespace copydesk::parse {
namespace {

[[nodiscard]] bool equals_ignoring_case(std::string_view text, std::string_view lower) noexcept {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + 32) : text[i];
    if (c != lower[i]) return false;
  }
  return true;
}

/// By the primary subtag: BCP 47's "en", or "eng" as some wires write it.
[[nodiscard]] bool is_english(std::string_view language) noexcept {
  const std::string_view primary = language.substr(0, language.find_first_of("-_"));
  return equals_ignoring_case(primary, "en") || equals_ignoring_case(primary, "eng");
}

[[nodiscard]] Analysis analysis_of(PublicationStatus status, std::string_view language) noexcept {
  if (status != PublicationStatus::kUsable) return Analysis::kNone;
  return is_english(language) ? Analysis::kFull : Analysis::kSegmentation;
}

[[nodiscard]] std::optional<PublicationStatus> status_of(std::string_view word) noexcept {
  struct Entry {
    std::string_view word;
    PublicationStatus status;
  };
  // "embargoed" is AP's: such an article is usable, from a stated time on.
  static constexpr std::array<Entry, 5> kWords{{{"usable", PublicationStatus::kUsable},
                                                {"embargoed", PublicationStatus::kUsable},
                                                {"withheld", PublicationStatus::kWithheld},
                                                {"canceled", PublicationStatus::kCanceled},
                                                {"cancelled", PublicationStatus::kCanceled}}};
  for (const Entry& entry : kWords) {
    if (equals_ignoring_case(word, entry.word)) return entry.status;
  }
  return std::nullopt;
}

/// ninjs 1, 2 or 3: by how the known fields are spelled, since that is what a reader relies on; where none tells, by
/// what `standard` states.
[[nodiscard]] InputFormat ninjs_version(const JsonObject& object, const KnownFields& fields) noexcept {
  for (const Field field :
       {Field::kVersionCreated, Field::kFirstCreated, Field::kContentCreated, Field::kEmbargoed, Field::kStatus}) {
    const JsonMember* member = fields.find(field);
    const bool camel_case = member != nullptr && member->key.find_first_of("CSU") != std::string_view::npos;
    if (camel_case) return InputFormat::kNinjs3;
  }
  const bool lists = fields.has(Field::kBodies) || fields.has(Field::kHeadlines) || fields.has(Field::kDescriptions);
  if (!lists && (fields.has(Field::kBody) || fields.has(Field::kGuid) || fields.has(Field::kDescription) ||
                 fields.has(Field::kHeadline))) {
    return InputFormat::kNinjs1;
  }
  for (const Field field : {Field::kBodies, Field::kHeadlines, Field::kDescriptions}) {
    const JsonMember* member = fields.find(field);
    if (member == nullptr) continue;
    if (member->value.find("\"contentType\"") != std::string_view::npos) return InputFormat::kNinjs3;
    if (member->value.find("\"contenttype\"") != std::string_view::npos) return InputFormat::kNinjs2;
  }
  if (const JsonMember* standard = fields.find(Field::kStandard);
      standard != nullptr && standard->kind == JsonKind::kObject && standard->item_count != 0) {
    const std::string_view version = object.items[standard->first_item].version.bytes;
    if (version.starts_with("1")) return InputFormat::kNinjs1;
    if (version.starts_with("3")) return InputFormat::kNinjs3;
  }
  return InputFormat::kNinjs2;
}

[[nodiscard]] InputFormat format_of(const JsonObject& object, const KnownFields& fields) noexcept {
  const bool ninjs_id = fields.has(Field::kUri) || fields.has(Field::kGuid);
  const bool ninjs_text = fields.has(Field::kBodies) || fields.has(Field::kBody) || fields.has(Field::kHeadlines);
  if (fields.has(Field::kText) && !fields.has(Field::kBodies) && !fields.has(Field::kBody))
    return InputFormat::kPlainJson;
  return ninjs_id || ninjs_text ? ninjs_version(object, fields) : InputFormat::kPlainJson;
}

/// What stands in for an id: the name, or text in its place. `name` outlives the article, as does the arena.
[[nodiscard]] std::string_view id_of_name(std::string_view name, Arena& arena) {
  return is_text(name) ? name : arena.copy(std::string_view(key_text(name)));
}

constexpr std::string_view kGap = "\n\n";  // between headline and body

/// Fills one Article from a read object.
class Assembly {
 public:
  using Fault = std::optional<Error>;

  Assembly(const JsonObject& object, const Payload& payload, const ParseSettings& settings,
           ParseStage::Scratch& scratch, const StageContext& context)
      : object_(object),
        payload_(payload),
        settings_(settings),
        scratch_(scratch),
        context_(context),
        fields_(object) {}

  Result<Article> run() {
    article_.format = format_of(object_, fields_);
    article_.raw = object_.raw;
    if (Fault fault = identify()) return *std::move(fault);
    if (Fault fault = describe()) return *std::move(fault);
    if (article_.status == PublicationStatus::kUsable) {
      if (Fault fault = write_text()) return *std::move(fault);
    }
    article_.analysis = analysis_of(article_.status, article_.language);
    list_fields();
    list_names();
    return article_;
  }

 private:
  /// The member's characters, or nothing where it is absent. A number is taken as written where `number_too` is set.
  Fault read(Field field, std::string_view& out, bool number_too = false) {
    const JsonMember* member = fields_.find(field);
    if (member == nullptr) return std::nullopt;
    if (member->kind == JsonKind::kString) {
      out = unescape(member->text, context_.arena());
    } else if (number_too && member->kind == JsonKind::kNumber) {
      out = member->value;
    } else {
      return wrong_type(member->key, number_too ? "a string or a number" : "a string");
    }
    carried_.push(member);
    return std::nullopt;
  }

  Fault identify() {
    for (const Field field : {Field::kUri, Field::kGuid, Field::kId}) {
      if (!article_.id.empty() || (field == Field::kId && article_.format != InputFormat::kPlainJson)) continue;
      if (Fault fault = read(field, article_.id)) return fault;
    }
    if (article_.id.empty()) article_.id = id_of_name(payload_.name, context_.arena());
    if (!article_.id.empty()) return std::nullopt;
    return Error{ErrorCode::kMissingField, article_.format == InputFormat::kPlainJson
                                               ? "no `id`, and the record has no key; give every article an id"
                                               : "no `uri`, and the record has no key; give every article a uri"};
  }

  Fault describe() {
    if (Fault fault = read(Field::kVersion, article_.version, true)) return fault;
    if (Fault fault = read(Field::kLanguage, article_.language)) return fault;
    if (article_.language.empty())
      article_.language = context_.arena().copy(std::string_view(settings_.default_language));
    if (Fault fault = read(Field::kEmbargoed, article_.embargoed)) return fault;
    for (const Field field :
         {Field::kPublished, Field::kVersionCreated, Field::kFirstCreated, Field::kContentCreated}) {
      if (!article_.published.empty()) break;
      if (field == Field::kPublished && article_.format != InputFormat::kPlainJson) continue;
      if (Fault fault = read(field, article_.published)) return fault;
    }
    article_.published_time = parse_timestamp(article_.published);

    std::string_view word;
    if (Fault fault = read(Field::kStatus, word)) return fault;
    if (word.empty()) return std::nullopt;
    const auto status = status_of(word);
    if (!status && article_.format != InputFormat::kPlainJson) {
      return wrong_type(fields_.find(Field::kStatus)->key, "\"usable\", \"withheld\" or \"canceled\"");
    }
    article_.status = status.value_or(PublicationStatus::kUsable);
    return std::nullopt;
  }

  /// The characters of a headline or body; where it is markup, in `scratch`, so valid until the next article only.
  Result<std::string_view> convert(const TextSource& source, MarkupText& scratch) {
    scratch.clear();
    const std::string_view characters = unescape(source.text, context_.arena());
    if (source.markup == Markup::kPlain) return characters;
    if (auto fault = convert_markup(characters, context_, scratch)) return *std::move(fault);
    return std::string_view(scratch.body);
  }

  Fault write_text() {
    const auto headline_source = find_headline(object_, fields_);
    if (!headline_source) return headline_source.error();
    const auto body_source = find_body(object_, fields_);
    if (!body_source) return body_source.error();
    if (headline_source->member == nullptr && body_source->member == nullptr) return no_text();
    carried_.push(headline_source->member);
    carried_.push(body_source->member);
    auto headline = convert(*headline_source, scratch_.headline);
    if (!headline) return headline.error();
    const auto body = convert(*body_source, scratch_.body);
    if (!body) return body.error();
    if (headline->empty()) *headline = scratch_.body.headline;
    const bool markup = body_source->markup != Markup::kPlain;
    return join(*headline, markup ? without_headline(*body, *headline) : *body);
  }

  [[nodiscard]] Error no_text() const {
    return {ErrorCode::kMissingField,
            article_.format == InputFormat::kPlainJson
                ? "no `text` and no `headline`; docs/input-formats.md lists the fields that are read"
                : "no text in `bodies`, `body_…`, `descriptions` or a headline; docs/input-formats.md lists the fields "
                  "that are read"};
  }

  /// HTML bodies often begin with the headline once more.
  [[nodiscard]] static std::string_view without_headline(std::string_view body, std::string_view headline) noexcept {
    if (headline.empty() || !body.starts_with(headline)) return body;
    const std::string_view rest = body.substr(headline.size());
    if (rest.empty()) return rest;
    return rest.starts_with(kGap) ? rest.substr(kGap.size()) : body;
  }

  Fault join(std::string_view headline, std::string_view body) {
    if (headline.size() + kGap.size() + body.size() > UINT32_MAX) {
      return Error{ErrorCode::kTooLarge, "the text has 4 GiB or more; split the article"};
    }
    std::array<Segment, 2> segments;
    std::size_t count = 0;
    std::uint32_t end = 0;
    if (!headline.empty()) {
      end = static_cast<std::uint32_t>(headline.size());
      segments[count++] = {"headline", {0, end}};
    }
    if (!body.empty()) {
      const std::uint32_t begin = headline.empty() ? 0 : end + static_cast<std::uint32_t>(kGap.size());
      end = begin + static_cast<std::uint32_t>(body.size());
      segments[count++] = {"body", {begin, end}};
    }
    article_.segments = context_.arena().copy(std::span<const Segment>(segments.data(), count));
    const std::span<char> text = context_.arena().make_array<char>(end);
    char* out = text.data();
    for (const std::string_view part : {headline, count == 2 ? kGap : std::string_view(), body}) {
      if (part.empty()) continue;
      std::memcpy(out, part.data(), part.size());
      out += part.size();
    }
    article_.text = {text.data(), text.size()};
    return std::nullopt;
  }

  void list_fields() {
    scratch_.fields.clear();
    for (const JsonMember& member : object_.members) {
      if (member.shadowed) continue;
      const Field field = field_of(member.key);
      const bool text = field == Field::kBodies || field == Field::kBody || field == Field::kHeadlines ||
                        field == Field::kHeadline || field == Field::kText;
      scratch_.fields.push_back({member.key, member.value, text || carried_.has(&member)});
    }
    article_.fields = context_.arena().copy(scratch_.fields);
  }

  void list_names() {
    using List = ListedName::List;
    struct Source {
      Field field;
      List list;
    };
    scratch_.listed.clear();
    for (const Source& source :
         {Source{Field::kPeople, List::kPeople}, Source{Field::kOrganisations, List::kOrganisations},
          Source{Field::kPlaces, List::kPlaces}, Source{Field::kInfoSources, List::kInfoSources}}) {
      const JsonMember* member = fields_.find(source.field);
      if (member == nullptr || member->kind != JsonKind::kArray) continue;
      for (const JsonItem& item : std::span(object_.items).subspan(member->first_item, member->item_count)) {
        if (item.name.present) scratch_.listed.push_back({source.list, unescape(item.name, context_.arena())});
      }
    }
    article_.listed = context_.arena().copy(scratch_.listed);
  }

  /// The members whose content is in the article's own fields.
  struct Carried {
    std::array<const JsonMember*, 16> members{};
    std::size_t count = 0;

    void push(const JsonMember* member) noexcept {
      if (member != nullptr && count < members.size()) members[count++] = member;
    }
    [[nodiscard]] bool has(const JsonMember* member) const noexcept {
      for (std::size_t i = 0; i < count; ++i) {
        if (members[i] == member) return true;
      }
      return false;
    }
  };

  const JsonObject& object_;
  const Payload& payload_;
  const ParseSettings& settings_;
  ParseStage::Scratch& scratch_;
  const StageContext& context_;
  KnownFields fields_;
  Carried carried_;
  Article article_;
};

[[nodiscard]] Result<Article> plain_text(const Payload& payload, const ParseSettings& settings, Arena& arena) {
  Article article;
  article.text = without_byte_order_mark(payload.bytes);
  const std::size_t before = payload.bytes.size() - article.text.size();
  if (auto error = check_utf8(article.text, before)) return *std::move(error);
  if (payload.name.empty()) {
    return Error{ErrorCode::kMissingField, "a plain text without a name; its name becomes the article's id"};
  }
  article.id = id_of_name(payload.name, arena);
  article.language = arena.copy(std::string_view(settings.default_language));
  article.analysis = analysis_of(article.status, article.language);
  article.format = InputFormat::kPlainText;
  const Segment body{"body", {0, static_cast<std::uint32_t>(article.text.size())}};
  if (!body.span.empty()) article.segments = arena.copy(std::span<const Segment>(&body, 1));
  return article;
}

}  // namespace

ParseStage::ParseStage(ParseSettings settings) : settings_(std::move(settings)) {
  prepare_markup_parser();
}

void ParseStage::Scratch::trim() {
  // A rare giant article must not stay in memory.
  constexpr std::size_t kKeptBytes = std::size_t{8} << 20U;
  const std::size_t bytes = fields.capacity() * sizeof(RawField) + listed.capacity() * sizeof(ListedName) +
                            headline.body.capacity() + body.body.capacity() + body.headline.capacity();
  if (bytes <= kKeptBytes) return;
  fields = {};
  listed = {};
  headline = {};
  body = {};
}

Result<Article> ParseStage::run(const Input& input, Scratch& scratch, const StageContext& context) const {
  const Payload& payload = input.get<Payload>();
  if (payload.bytes.empty()) {
    return Error{ErrorCode::kEmpty, "the value has no bytes; to delete a record send a null value instead"};
  }
  if (payload.bytes.size() > settings_.max_article_bytes) {
    return Error{ErrorCode::kTooLarge, "the value has " + std::to_string(payload.bytes.size()) +
                                           " bytes; `limits.max_article_bytes` allows " +
                                           std::to_string(settings_.max_article_bytes)};
  }
  scratch.trim();
  if (payload.plain_text) return plain_text(payload, settings_, context.arena());
  if (auto error = check_form(payload.bytes)) return *std::move(error);
  const UnframedValue value = without_frame(payload.bytes);
  const std::size_t before = payload.bytes.size() - value.json.size();
  const auto object = scratch.reader.read(value.json, has_items, context.arena(), before);
  if (!object) return Error{object.error().code, object.error().message + frame_text(value)};
  auto article = Assembly(**object, payload, settings_, scratch, context).run();
  if (article) article->frame = value.frame;
  return article;
}

}  // namespace copydesk::parse
