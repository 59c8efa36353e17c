// SPDX-License-Identifier: Apache-2.0
#include "stages/parse/article_text.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace copydesk::parse {
namespace {

[[nodiscard]] bool contains_ignoring_case(std::string_view text, std::string_view lower) noexcept {
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b; };
  return std::search(text.begin(), text.end(), lower.begin(), lower.end(), same) != text.end();
}

/// Where a text's format is not stated: markup has a tag near its beginning.
[[nodiscard]] Markup sniff(std::string_view text) noexcept {
  constexpr std::size_t kWindow = 4096;
  const std::string_view start = text.substr(0, kWindow);
  if (contains_ignoring_case(start, "<nitf") || contains_ignoring_case(start, "<body.content")) return Markup::kNitf;
  for (const std::string_view tag : {"</", "<p", "<br", "<div", "<!doctype", "<html", "/>"}) {
    if (contains_ignoring_case(start, tag)) return Markup::kHtml;
  }
  return Markup::kPlain;
}

constexpr int kUnusable = 1000;

/// How far a text is from the one wanted (0 = it), and what it is written in.
struct Preference {
  int distance = kUnusable;
  Markup markup = Markup::kPlain;
};

[[nodiscard]] Preference of_markup(Markup markup) noexcept {
  return {static_cast<int>(markup), markup};
}

[[nodiscard]] Preference of_content_type(std::string_view type, std::string_view text) noexcept {
  if (type.empty()) return of_markup(sniff(text));
  if (contains_ignoring_case(type, "nitf")) return of_markup(Markup::kNitf);
  if (contains_ignoring_case(type, "html")) return of_markup(Markup::kHtml);
  if (contains_ignoring_case(type, "text/plain")) return of_markup(Markup::kPlain);
  if (contains_ignoring_case(type, "xml") && !contains_ignoring_case(type, "ld+")) return of_markup(sniff(text));
  if (type.starts_with("text/") && !contains_ignoring_case(type, "calendar")) return of_markup(sniff(text));
  return {};
}

/// Texts about the article rather than the article.
[[nodiscard]] int of_role(std::string_view role) noexcept {
  constexpr int kMain = 0;
  constexpr int kUnknown = 10;
  constexpr int kAside = 100;
  for (const std::string_view main : {"", "main", "body", "full", "story", "article", "text", "html", "plain"}) {
    if (role == main) return kMain;
  }
  for (const std::string_view aside : {"annotation", "caption", "summary", "abstract", "teaser", "short", "social",
                                       "seo", "push", "deck", "kicker", "sub", "note"}) {
    if (contains_ignoring_case(role, aside)) return kAside;
  }
  return kUnknown;
}

[[nodiscard]] Result<TextSource> best_item(const JsonObject& object, const JsonMember& member) {
  if (member.kind != JsonKind::kArray || member.mixed) return wrong_type(member.key, "an array of objects");
  TextSource best;
  int distance = kUnusable;
  for (const JsonItem& item : std::span(object.items).subspan(member.first_item, member.item_count)) {
    if (item.wrong_type == "value") return wrong_type(std::string(member.key).append("[].value"), "a string");
    if (!item.value.present) continue;
    const Preference preference = of_content_type(item.content_type.bytes, item.value.bytes);
    const int total = preference.distance + of_role(item.role.bytes);
    if (total >= distance) continue;
    distance = total;
    best = {&member, item.value, preference.markup};
  }
  return best;
}

/// The best of the 1.x members `body_…` or `description_…`: the suffix tells the format.
[[nodiscard]] Result<TextSource> best_member(const JsonObject& object, Field kind, std::size_t prefix) {
  TextSource best;
  int distance = kUnusable;
  for (const JsonMember& member : object.members) {
    if (member.shadowed || member.kind == JsonKind::kNull || field_of(member.key) != kind) continue;
    const std::string_view suffix = member.key.substr(prefix);
    const bool text_expected = suffix == "text" || suffix == "html" || suffix == "nitf";
    if (member.kind != JsonKind::kString) {
      if (text_expected) return wrong_type(member.key, "a string");
      continue;
    }
    constexpr int kOtherSuffix = 10;
    Preference preference = of_markup(Markup::kPlain);
    if (contains_ignoring_case(suffix, "annotation")) continue;
    if (contains_ignoring_case(suffix, "html")) {
      preference = of_markup(Markup::kHtml);
    } else if (contains_ignoring_case(suffix, "nitf")) {
      preference = of_markup(Markup::kNitf);
    } else if (suffix != "text") {
      preference = of_markup(sniff(member.text.bytes));
      preference.distance += kOtherSuffix;
    }
    if (preference.distance >= distance) continue;
    distance = preference.distance;
    best = {&member, member.text, preference.markup};
  }
  return best;
}

}  // namespace

Error wrong_type(std::string_view field, std::string_view expected) {
  std::string message(1, '`');
  message.append(field).append("` must be ").append(expected).append("; correct it where the article is made");
  return {ErrorCode::kWrongType, std::move(message)};
}

Result<TextSource> find_body(const JsonObject& object, const KnownFields& fields) {
  if (const JsonMember* text = fields.find(Field::kText); text != nullptr && !fields.has(Field::kBodies)) {
    if (text->kind != JsonKind::kString) return wrong_type("text", "a string");
    return TextSource{text, text->text, Markup::kPlain};
  }
  TextSource body;
  if (const JsonMember* bodies = fields.find(Field::kBodies)) {
    auto found = best_item(object, *bodies);
    if (!found) return found;
    body = *found;
  }
  if (body.member == nullptr && fields.has(Field::kBody)) {
    auto found = best_member(object, Field::kBody, std::string_view("body_").size());
    if (!found) return found;
    body = *found;
  }
  if (body.member == nullptr && fields.has(Field::kDescriptions)) {
    auto found = best_item(object, *fields.find(Field::kDescriptions));
    if (!found) return found;
    body = *found;
  }
  if (body.member == nullptr && fields.has(Field::kDescription)) {
    auto found = best_member(object, Field::kDescription, std::string_view("description_").size());
    if (!found) return found;
    body = *found;
  }
  return body;
}

Result<TextSource> find_headline(const JsonObject& object, const KnownFields& fields) {
  if (const JsonMember* headline = fields.find(Field::kHeadline)) {
    if (headline->kind != JsonKind::kString) return wrong_type("headline", "a string");
    return TextSource{headline, headline->text, Markup::kPlain};
  }
  if (const JsonMember* headlines = fields.find(Field::kHeadlines)) return best_item(object, *headlines);
  return TextSource{};
}

}  // namespace copydesk::parse
