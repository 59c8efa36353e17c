// SPDX-License-Identifier: Apache-2.0
#include "tests/chaos/ledger.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace copydesk::chaos {
namespace {

double seconds(Ledger::Clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

bool is_its_fate(Fate fate, const Arrival& arrival) {
  const bool published = arrival.exit == Exit::kOutput;
  switch (fate) {
    case Fate::kPublished: return published;
    case Fate::kDeadLetter: return !published && arrival.reason == Reason::kInput;
    case Fate::kTooLarge: return !published && arrival.reason == Reason::kTooLarge;
    case Fate::kTombstone: return published || arrival.reason == Reason::kRefused;
  }
  return false;
}

}  // namespace

ArticleNumber article_number(std::string_view key) {
  constexpr std::string_view kBegin = "wire-";
  if (!key.starts_with(kBegin)) return {};
  ArticleNumber article;
  const char* const end = key.data() + key.size();
  const auto partition = std::from_chars(key.data() + kBegin.size(), end, article.partition);
  if (partition.ec != std::errc() || partition.ptr == end || *partition.ptr != '-') return {};
  const auto number = std::from_chars(partition.ptr + 1, end, article.number);
  if (number.ec != std::errc() || number.ptr != end || article.partition < 0 || article.number < 0) return {};
  return article;
}

Counts& Counts::operator+=(const Counts& other) {
  in += other.in;
  out += other.out;
  dead_lettered += other.dead_lettered;
  lost += other.lost;
  duplicated += other.duplicated;
  reordered += other.reordered;
  unknown += other.unknown;
  wrong_exit += other.wrong_exit;
  aborted_seen += other.aborted_seen;
  without_value += other.without_value;
  wrong_timestamp += other.wrong_timestamp;
  restamped += other.restamped;
  return *this;
}

Ledger::Article* Ledger::find(ArticleNumber article) {
  if (article.partition < 0 || article.partition >= std::ssize(lanes_)) return nullptr;
  auto& articles = lanes_[static_cast<std::size_t>(article.partition)].articles;
  if (article.number < 0 || article.number >= std::ssize(articles)) return nullptr;
  return &articles[static_cast<std::size_t>(article.number)];
}

void Ledger::offered(ArticleNumber article, Fate fate) {
  const std::lock_guard lock(mutex_);
  auto& articles = lanes_.at(static_cast<std::size_t>(article.partition)).articles;
  if (article.number >= std::ssize(articles)) articles.resize(static_cast<std::size_t>(article.number) + 1);
  articles[static_cast<std::size_t>(article.number)].offered = true;
  articles[static_cast<std::size_t>(article.number)].fate = fate;
}

void Ledger::refused(ArticleNumber article) {
  const std::lock_guard lock(mutex_);
  if (Article* known = find(article)) known->refused = true;
}

void Ledger::aborted(ArticleNumber article) {
  const std::lock_guard lock(mutex_);
  Article* known = find(article);
  if (known == nullptr || known->aborted) return;
  known->aborted = true;
  aborted_seen_ += known->outputs + known->dead_letters;  // it came out before anybody had decided
}

void Ledger::grow(int partitions) {
  const std::lock_guard lock(mutex_);
  if (partitions > std::ssize(lanes_)) lanes_.resize(static_cast<std::size_t>(partitions));
}

void Ledger::fed(ArticleNumber article, Clock::time_point when, std::int64_t timestamp_ms) {
  const std::lock_guard lock(mutex_);
  Article* known = find(article);
  if (known == nullptr) return;
  if (known->aborted) {
    ++unknown_;  // a reader of committed records may not see it
    return;
  }
  Lane& lane = lanes_[static_cast<std::size_t>(article.partition)];
  if (known->inputs < 255) ++known->inputs;
  if (known->inputs > 1) {
    // The feeder's own repetition: one record of it more may come out.
    if (known->outputs + known->dead_letters >= known->inputs) --duplicated_;
    return;
  }
  known->when = when;
  known->timestamp_ms = timestamp_ms;
  known->late = article.number < lane.fed_below;
  lane.fed_below = std::max<std::int64_t>(lane.fed_below, article.number + 1);
  if (known->out()) {
    compare_timestamps(*known);
  } else {
    ++waiting_;
  }
}

void Ledger::compare_timestamps(const Article& article) {
  const bool known = article.timestamp_ms >= 0 && article.out_timestamp_ms >= 0;
  if (known && article.timestamp_ms != article.out_timestamp_ms) ++wrong_timestamp_;
}

void Ledger::came_out(const Arrival& arrival, Clock::time_point when) {
  const std::lock_guard lock(mutex_);
  Article* known = find(arrival.article);
  if (known == nullptr || !known->offered) {
    ++unknown_;
    return;
  }
  if (known->aborted) {
    ++aborted_seen_;
    return;
  }
  const bool again = known->out();
  std::uint8_t& times = arrival.exit == Exit::kOutput ? known->outputs : known->dead_letters;
  if (times == 0 && !is_its_fate(known->fate, arrival)) ++wrong_exit_;
  if (!arrival.has_value && known->fate != Fate::kTombstone) ++without_value_;
  if (times < 255) ++times;
  if (again) {
    if (known->outputs + known->dead_letters > std::max<int>(known->inputs, 1)) ++duplicated_;
    return;
  }
  first_arrival(*known, arrival, when);
}

void Ledger::first_arrival(Article& article, const Arrival& arrival, Clock::time_point when) {
  Lane& lane = lanes_[static_cast<std::size_t>(arrival.article.partition)];
  const auto [highest, first] =
      highest_.try_emplace({arrival.exit, arrival.output_partition, arrival.article.partition}, -1);
  if (arrival.article.number < highest->second && !article.late) ++reordered_;
  highest->second = std::max(highest->second, arrival.article.number);
  article.out_timestamp_ms = arrival.timestamp_ms;
  if (arrival.restamped) ++restamped_;
  if (article.inputs > 0) {
    --waiting_;
    compare_timestamps(article);
    longest_stall_ = std::max(longest_stall_, seconds(when - std::max(lane.last_out, article.when)));
    latencies_.push_back(seconds(when - article.when));
  }
  lane.last_out = when;
  while (lane.done_below < std::ssize(lane.articles)) {
    const Article& next = lane.articles[static_cast<std::size_t>(lane.done_below)];
    if (!next.out() && !next.never_comes()) break;
    ++lane.done_below;
  }
}

Counts Ledger::counts() const {
  const std::lock_guard lock(mutex_);
  Counts counts{.duplicated = duplicated_,
                .reordered = reordered_,
                .unknown = unknown_,
                .wrong_exit = wrong_exit_,
                .aborted_seen = aborted_seen_,
                .without_value = without_value_,
                .wrong_timestamp = wrong_timestamp_,
                .restamped = restamped_};
  for (const Lane& lane : lanes_) {
    for (const Article& article : lane.articles) {
      if (article.aborted) continue;
      counts.in += article.inputs > 0 ? 1 : 0;
      if (article.outputs > 0) {
        ++counts.out;
      } else if (article.dead_letters > 0) {
        ++counts.dead_lettered;
      } else if (article.inputs > 0) {
        ++counts.lost;
      }
    }
  }
  return counts;
}

std::int64_t Ledger::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiting_;
}

std::vector<std::string> Ledger::missing(std::size_t most) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> missing;
  for (std::size_t partition = 0; partition < lanes_.size(); ++partition) {
    const auto& articles = lanes_[partition].articles;
    for (std::size_t i = 0; i < articles.size() && missing.size() < most; ++i) {
      if (articles[i].waits()) missing.push_back("wire-" + std::to_string(partition) + "-" + std::to_string(i));
    }
  }
  return missing;
}

std::vector<std::int64_t> Ledger::fed_so_far() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::int64_t> fed;
  fed.reserve(lanes_.size());
  for (const Lane& lane : lanes_) fed.push_back(lane.fed_below);
  return fed;
}

bool Ledger::all_out(const std::vector<std::int64_t>& fed) const {
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < std::min(lanes_.size(), fed.size()); ++i) {
    for (std::int64_t number = lanes_[i].done_below; number < fed[i]; ++number) {
      if (lanes_[i].articles[static_cast<std::size_t>(number)].waits()) return false;
    }
  }
  return true;
}

double Ledger::waited(const Lane& lane, Clock::time_point now) {
  for (std::int64_t number = lane.done_below; number < lane.fed_below; ++number) {
    const Article& oldest = lane.articles[static_cast<std::size_t>(number)];
    if (oldest.waits()) return seconds(now - std::max(lane.last_out, oldest.when));
  }
  return 0;
}

double Ledger::take_longest_stall(Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  double longest = std::exchange(longest_stall_, 0);
  for (const Lane& lane : lanes_) longest = std::max(longest, waited(lane, now));
  return longest;
}

std::vector<double> Ledger::take_latencies() {
  const std::lock_guard lock(mutex_);
  return std::exchange(latencies_, {});
}

}  // namespace copydesk::chaos
