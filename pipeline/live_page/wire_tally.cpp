// SPDX-License-Identifier: Apache-2.0
#include "pipeline/live_page/wire_tally.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "stages/encode/json_writer.h"

namespace copydesk::live_page {

namespace {

std::uint64_t hash_of(std::string_view text) {
  return std::hash<std::string_view>{}(text);
}

std::string lowered(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

/// "PORT SELWYN", as datelines have it; abbreviations are shorter.
bool is_shouted(std::string_view name) {
  constexpr std::size_t kLongestAbbreviation = 4;
  return name.size() > kLongestAbbreviation && std::ranges::none_of(name, [](char c) { return c >= 'a' && c <= 'z'; });
}

/// The first form there is, but none in capitals where there is another.
void prefer(std::string& name, std::string_view other) {
  if (name.empty() || (is_shouted(name) && !is_shouted(other))) name = other;
}

/// "Kyiv" and "Kiev" are one place where both are linked.
std::string key_of(const encode::Digest::Place& place) {
  return place.geonames != 0 ? std::to_string(place.geonames) : lowered(place.name);
}

/// The first `count` of a map's entries by `less`.
template <class Map, class Less>
std::vector<const typename Map::mapped_type*> top(const Map& map, std::size_t count, Less less) {
  std::vector<const typename Map::mapped_type*> entries;
  entries.reserve(map.size());
  for (const auto& [key, entry] : map) entries.push_back(&entry);
  const auto end = entries.begin() + static_cast<std::ptrdiff_t>(std::min(count, entries.size()));
  std::partial_sort(entries.begin(), end, entries.end(), [&](const auto* a, const auto* b) { return less(*a, *b); });
  entries.erase(end, entries.end());
  return entries;
}

}  // namespace

void WireTally::add(const encode::Digest& digest, std::string_view key, bool duplicate, Clock::time_point now) {
  remove(digest.story.id);
  if (duplicate || (digest.people.empty() && digest.places.empty())) return;
  const std::uint64_t hash = hash_of(digest.story.id);
  Article& article = articles_[hash];
  article.when = now;
  if (!key.empty()) {
    article.key = hash_of(key);
    by_key_[article.key] = hash;
  }
  for (const encode::Digest::Person& person : digest.people) {
    People::value_type& counted = *people_.try_emplace(lowered(person.name)).first;
    prefer(counted.second.name, person.name);
    if (!person.role.empty()) {
      counted.second.role = person.role;
      counted.second.role_from = hash;
    }
    counted.second.quotes += person.quotes;
    const auto known = std::ranges::find(article.people, &counted, &CountedPerson::first);
    if (known != article.people.end()) {
      known->second += person.quotes;
      continue;
    }
    ++counted.second.articles;
    article.people.emplace_back(&counted, person.quotes);
  }
  for (const encode::Digest::Place& place : digest.places) {
    Places::value_type& counted = *places_.try_emplace(key_of(place)).first;
    if (std::ranges::find(article.places, &counted) != article.places.end()) continue;
    if (counted.second.articles == 0) counted.second.place = place;
    prefer(counted.second.place.name, place.name);
    ++counted.second.articles;
    article.places.push_back(&counted);
  }
  order_.emplace_back(now, hash);
  ++revision_;
  while (!order_.empty() && (articles_.size() > options_.articles || names() > options_.names)) drop_oldest();
  // Entries of what came again or went: at most as many as there are articles.
  if (order_.size() > 2 * articles_.size() + 64) {
    std::erase_if(order_, [&](const auto& entry) {
      const auto found = articles_.find(entry.second);
      return found == articles_.end() || found->second.when != entry.first;
    });
  }
  forget_old(now);
}

void WireTally::remove(std::string_view id) {
  if (const auto found = articles_.find(hash_of(id)); found != articles_.end()) drop(found);
}

void WireTally::remove_key(std::string_view key) {
  const auto known = by_key_.find(hash_of(key));
  if (known == by_key_.end()) return;
  if (const auto found = articles_.find(known->second); found != articles_.end()) drop(found);
}

void WireTally::forget_old(Clock::time_point now) {
  while (!order_.empty() && now - order_.front().first > options_.kept_for) drop_oldest();
}

void WireTally::drop(Articles::iterator article) {
  for (const auto& [person, quotes] : article->second.people) {
    person->second.quotes -= quotes;
    if (person->second.role_from == article->first) person->second.role.clear();  // it may have said more than others
    if (--person->second.articles == 0) people_.erase(people_.find(person->first));
  }
  for (Places::value_type* place : article->second.places) {
    if (--place->second.articles == 0) places_.erase(places_.find(place->first));
  }
  if (const auto key = by_key_.find(article->second.key); key != by_key_.end() && key->second == article->first) {
    by_key_.erase(key);
  }
  articles_.erase(article);
  ++revision_;
}

void WireTally::drop_oldest() {
  const auto [when, hash] = order_.front();
  order_.pop_front();
  const auto found = articles_.find(hash);
  if (found == articles_.end() || found->second.when != when) return;
  drop(found);
  complete_since_ = when;
}

std::string WireTally::json(Clock::time_point now) const {
  const auto more_quoted = [](const Person& a, const Person& b) {
    return a.quotes != b.quotes       ? a.quotes > b.quotes
           : a.articles != b.articles ? a.articles > b.articles
                                      : a.name < b.name;
  };
  const auto more_named = [](const Place& a, const Place& b) {
    return a.articles != b.articles ? a.articles > b.articles : a.place.name < b.place.name;
  };
  const auto span = std::min<Clock::duration>(options_.kept_for, now - complete_since_);
  encode::JsonWriter json;
  json.start(4096);
  const auto separate = [&json, first = true]() mutable {
    if (!first) json.raw(',');
    first = false;
  };
  json.raw(R"({"articles":)");
  json.number(articles_.size());
  json.raw(R"(,"seconds":)");
  json.number(std::chrono::duration_cast<std::chrono::seconds>(span).count());
  json.raw(R"(,"people":[)");
  auto next_person = separate;
  for (const Person* person : top(people_, kPeople, more_quoted)) {
    next_person();
    json.raw(R"({"name":)");
    json.string(person->name);
    if (!person->role.empty()) {
      json.raw(R"(,"role":)");
      json.string(person->role);
    }
    json.raw(R"(,"quotes":)");
    json.number(person->quotes);
    json.raw(R"(,"articles":)");
    json.number(person->articles);
    json.raw('}');
  }
  json.raw(R"(],"places":[)");
  auto next_place = separate;
  for (const Place* counted : top(places_, kPlaces, more_named)) {
    const encode::Digest::Place& place = counted->place;
    next_place();
    json.raw(R"({"name":)");
    json.string(place.name);
    json.raw(R"(,"type":)");
    json.string(name_of(place.type));
    json.raw(R"(,"articles":)");
    json.number(counted->articles);
    if (place.geonames != 0) {
      json.raw(R"(,"geonames":)");
      json.number(place.geonames);
    }
    if (std::isfinite(place.latitude) && std::isfinite(place.longitude)) {
      json.raw(R"(,"lat":)");
      json.number(place.latitude);
      json.raw(R"(,"lon":)");
      json.number(place.longitude);
    }
    json.raw('}');
  }
  json.raw("]}");
  return std::string(json.str());
}

}  // namespace copydesk::live_page
