// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "stages/encode/digest.h"

namespace copydesk::live_page {

/// Who was quoted most, and which places were named in most articles: over all articles of the last hour, not only
/// those that the live page shows. An article counts once, with its newest version, and not at all once it is removed
/// or where another said the same. Bounded in time and in number: where more comes than fits, the span gets shorter,
/// and `since` says so. Used by one thread at a time.
class WireTally {
 public:
  using Clock = std::chrono::steady_clock;
  struct Options {
    std::chrono::milliseconds kept_for{3'600'000};
    std::size_t articles = 20'000;
    std::size_t names = 20'000;  ///< different people and places
  };
  static constexpr std::size_t kPeople = 12;  ///< in json()
  static constexpr std::size_t kPlaces = 40;

  explicit WireTally(const Options& options) : options_(options) {}

  /// An earlier version of the article (the same id) no longer counts. `key`: of its Kafka record, may be empty.
  /// A `duplicate` of another article only takes its own earlier version away.
  void add(const encode::Digest& article, std::string_view key, bool duplicate, Clock::time_point now);
  void remove(std::string_view id);
  /// What came with this Kafka key, whatever its id.
  void remove_key(std::string_view key);
  void forget_old(Clock::time_point now);

  /// Changes whenever what json() says may have changed.
  [[nodiscard]] std::uint64_t revision() const noexcept { return revision_; }

  /// {"articles": number counted, "seconds": the span they are of, "people": [{"name", "role", "quotes", "articles"},
  /// …], "places": [{"name", "type", "articles", "geonames", "lat", "lon"}, …]}; the most first, no more than kPeople
  /// and kPlaces; role, geonames, lat and lon only where known.
  [[nodiscard]] std::string json(Clock::time_point now) const;

  [[nodiscard]] std::size_t articles() const noexcept { return articles_.size(); }
  [[nodiscard]] std::size_t names() const noexcept { return people_.size() + places_.size(); }

 private:
  /// Names by what they are counted under; a node of an unordered_map stays where it is.
  struct Person {
    std::string name;
    std::string role;
    std::uint64_t role_from = 0;  ///< the article that stated it
    std::uint32_t quotes = 0;
    std::uint32_t articles = 0;
  };
  struct Place {
    encode::Digest::Place place;
    std::uint32_t articles = 0;
  };
  using People = std::unordered_map<std::string, Person>;
  using Places = std::unordered_map<std::string, Place>;
  using CountedPerson = std::pair<People::value_type*, std::uint32_t>;  ///< and how often one article quotes them
  struct Article {
    Clock::time_point when;
    std::uint64_t key = 0;  ///< hash; 0 = none
    std::vector<CountedPerson> people;
    std::vector<Places::value_type*> places;
  };
  using Articles = std::unordered_map<std::uint64_t, Article>;  ///< by a hash of the id

  void drop(Articles::iterator article);
  void drop_oldest();

  const Options options_;
  const Clock::time_point started_ = Clock::now();
  People people_;
  Places places_;
  Articles articles_;
  std::unordered_map<std::uint64_t, std::uint64_t> by_key_;  ///< hash of the key -> hash of the id
  /// In the order of coming; an article that came again or is gone has entries here whose time is not its own.
  std::deque<std::pair<Clock::time_point, std::uint64_t>> order_;
  Clock::time_point complete_since_ = started_;  ///< what came later is all counted
  std::uint64_t revision_ = 0;
};

}  // namespace copydesk::live_page
