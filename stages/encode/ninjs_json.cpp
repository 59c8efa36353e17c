// SPDX-License-Identifier: Apache-2.0
#include "stages/encode/ninjs_json.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "stages/tokenize/hash.h"

namespace copydesk::encode {
namespace {

using List = parse::ListedName::List;
constexpr std::size_t kLists = 4;
constexpr std::array<List, kLists> kAllLists{List::kPeople, List::kOrganisations, List::kPlaces, List::kInfoSources};

/// What a version of ninjs calls the four lists (IPTC's schemas 1.3, 2.2 and 3.1).
[[nodiscard]] constexpr std::string_view key_of(List list, parse::InputFormat format) noexcept {
  const bool first = format == parse::InputFormat::kNinjs1;
  switch (list) {
    case List::kPeople: return first ? "person" : "people";
    case List::kOrganisations: return first ? "organisation" : "organisations";
    case List::kPlaces: return first ? "place" : "places";
    case List::kInfoSources: break;
  }
  if (first) return "infosource";
  return format == parse::InputFormat::kNinjs2 ? "infosources" : "infoSources";
}

/// Which list an entity of the type belongs to; kInfoSources stands for none.
[[nodiscard]] constexpr List list_of(EntityType type) noexcept {
  switch (type) {
    case EntityType::kPerson: return List::kPeople;
    case EntityType::kOrg: return List::kOrganisations;
    case EntityType::kGpe:
    case EntityType::kLoc:
    case EntityType::kFac: return List::kPlaces;
    default: return List::kInfoSources;
  }
}

[[nodiscard]] constexpr char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// A name in a list, for looking it up without regard to case.
[[nodiscard]] std::uint64_t hash_of(List list, std::string_view name) noexcept {
  constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15ULL;  // 2^64 divided by the golden ratio
  return tokenize::hash_lower(name) + kSpread * (static_cast<std::uint64_t>(list) + 1);
}

/// RFC 3986, section 3.1: a scheme and a colon.
[[nodiscard]] bool has_scheme(std::string_view id) noexcept {
  const auto is_letter = [](char c) { return lower(c) >= 'a' && lower(c) <= 'z'; };
  if (id.empty() || !is_letter(id.front())) return false;
  const auto* const end = std::find_if_not(id.begin(), id.end(), [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  });
  return end != id.end() && *end == ':';
}

class NinjsJson {
 public:
  NinjsJson(const EncodeStage::Input& input, const EncodeSettings& settings, EncodeStage::Scratch& scratch)
      : article_(input.get<parse::Article>()),
        entities_(input.get<resolve::Resolution>().entities),
        settings_(settings),
        json_(scratch.json),
        listed_(scratch.listed) {
    listed_.clear();
    for (const parse::ListedName& listed : article_.listed) listed_.push_back(hash_of(listed.list, listed.name));
    std::sort(listed_.begin(), listed_.end());
  }

  void write() {
    constexpr std::size_t kPerEntity = 96;
    constexpr std::size_t kFrame = 512;
    json_.start(kFrame + article_.text.size() + article_.raw.size() + entities_.size() * kPerEntity);
    const bool ninjs =
        article_.format != parse::InputFormat::kPlainJson && article_.format != parse::InputFormat::kPlainText;
    if (ninjs) {
      enrich();
    } else {
      build();
    }
  }

 private:
  void enrich() {
    if (article_.analysis != parse::Analysis::kFull) return json_.raw_on_one_line(article_.raw);
    std::array<bool, kLists> present{};
    std::size_t copied = 0;
    const auto copy_to = [&](std::size_t end) {
      json_.raw_on_one_line(article_.raw.substr(copied, end - copied));
      copied = end;
    };
    for (const parse::RawField& field : article_.fields) {  // in the order of their places in `raw`
      for (const List list : kAllLists) {
        if (field.key != key_of(list, article_.format)) continue;
        present[static_cast<std::size_t>(list)] = true;
        if (!field.value.starts_with('[')) continue;  // of no ninjs version: the desk's business
        const std::string_view inside = field.value.substr(1, field.value.size() - 2);
        copy_to(static_cast<std::size_t>(field.value.data() - article_.raw.data()) + field.value.size() - 1);
        entries(list, inside.find_first_not_of(" \t\r\n") == std::string_view::npos ? "" : ",");
      }
    }
    copy_to(article_.raw.size() - 1);
    for (const List list : kAllLists) {
      if (!present[static_cast<std::size_t>(list)]) new_list(list, article_.format);
    }
    json_.raw('}');
  }

  void new_list(List list, parse::InputFormat format) {
    if (!has_entries(list)) return;
    json_.raw(",\"");
    json_.raw(key_of(list, format));
    json_.raw("\":[");
    entries(list, "");
    json_.raw(']');
  }

  [[nodiscard]] bool is_listed(List list, std::string_view name) const noexcept {
    return std::binary_search(listed_.begin(), listed_.end(), hash_of(list, name));
  }
  /// Whether the entity is one to add to `list`.
  [[nodiscard]] bool belongs(const resolve::Entity& entity, List list) const noexcept {
    if (list_of(entity.type) != list || entity.unnamed || entity.name.empty()) return false;
    if (listed_.empty()) return true;
    return !is_listed(list, entity.name) &&
           std::none_of(entity.aliases.begin(), entity.aliases.end(),
                        [&](std::string_view alias) { return is_listed(list, alias); });
  }
  [[nodiscard]] bool has_entries(List list) const noexcept {
    if (list == List::kInfoSources) return !settings_.pipeline.empty() && !is_listed(list, settings_.pipeline);
    return std::any_of(entities_.begin(), entities_.end(),
                       [&](const resolve::Entity& entity) { return belongs(entity, list); });
  }

  /// The entries that the list lacks, `before` in front of the first.
  void entries(List list, std::string_view before) {
    if (list == List::kInfoSources) {
      if (!has_entries(list)) return;
      json_.raw(before);
      json_.raw("{\"name\":");
      json_.string(settings_.pipeline);
      json_.raw(article_.format == parse::InputFormat::kNinjs1 ? R"(,"rel":"enricher"})" : R"(,"role":"enricher"})");
      return;
    }
    for (const resolve::Entity& entity : entities_) {
      if (!belongs(entity, list)) continue;
      json_.raw(before);
      before = ",";
      json_.raw("{\"name\":");
      json_.string(entity.name);
      json_.raw(entity.quoted > 0 ? R"(,"rel":"quoted")" : R"(,"rel":"mentioned")");
      identify(entity.link);
      json_.raw('}');
    }
  }

  void identify(const resolve::Link& link) {
    const bool first = article_.format == parse::InputFormat::kNinjs1;
    if (!link.uri.empty() && !first) {
      json_.raw(",\"uri\":");
      json_.string(link.uri);
    } else if (link.geonames != 0) {
      json_.raw(first ? R"(,"scheme":"https://sws.geonames.org/","code":")" : R"(,"uri":"https://sws.geonames.org/)");
      json_.number(link.geonames);
      json_.raw(first ? "\"" : "/\"");
    }
  }

  void member(std::string_view quoted_key, std::string_view value) {
    if (value.empty()) return;
    json_.raw(',');
    json_.raw(quoted_key);
    json_.raw(':');
    json_.string(value);
  }

  void build() {
    json_.raw(R"({"uri":)");
    uri(article_.id);
    json_.raw(R"(,"standard":{"name":"ninjs","version":"3.1",)"
              R"("schema":"http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"},"type":"text")");
    member("\"version\"", article_.version);
    member("\"versionCreated\"", article_.published);
    member("\"embargoedUntil\"", article_.embargoed);
    member("\"pubStatus\"", article_.status == parse::PublicationStatus::kUsable     ? "usable"
                            : article_.status == parse::PublicationStatus::kWithheld ? "withheld"
                                                                                     : "canceled");
    member("\"language\"", article_.language);
    for (const parse::Segment& segment : article_.segments) {
      json_.raw(segment.field == "headline" ? ",\"headlines\":" : ",\"bodies\":");
      json_.raw(R"([{"role":"main","contentType":"text/plain","value":)");
      json_.string(segment.span.of(article_.text));
      json_.raw("}]");
    }
    if (article_.analysis == parse::Analysis::kFull) {
      for (const List list : kAllLists) new_list(list, parse::InputFormat::kNinjs3);
    }
    json_.raw('}');
  }

  /// An id that is no URI becomes one (RFC 8141, "urn:x-…" as RFC 2141 has it for experiments).
  void uri(std::string_view id) {
    if (has_scheme(id)) return json_.string(id);
    constexpr std::string_view kHex = "0123456789ABCDEF";
    constexpr std::string_view kPlainMarks = "-._~";
    json_.raw("\"urn:x-copydesk:");
    for (const char c : id) {
      const auto byte = static_cast<unsigned char>(c);
      const bool plain = (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') ||
                         kPlainMarks.find(c) != std::string_view::npos;
      if (plain) {
        json_.raw(c);
      } else {
        json_.raw('%');
        json_.raw(kHex[byte >> 4U]);
        json_.raw(kHex[byte & 0xFU]);
      }
    }
    json_.raw('"');
  }

  const parse::Article& article_;
  std::span<const resolve::Entity> entities_;
  const EncodeSettings& settings_;
  JsonWriter& json_;
  std::vector<std::uint64_t>& listed_;  // of article_.listed; sorted
};

}  // namespace

void write_ninjs(const EncodeStage::Input& input, const EncodeSettings& settings, EncodeStage::Scratch& scratch) {
  NinjsJson(input, settings, scratch).write();
}

}  // namespace copydesk::encode
