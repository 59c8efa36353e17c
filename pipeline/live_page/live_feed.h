// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "pipeline/delivery/consumer_group.h"
#include "pipeline/delivery/worker.h"
#include "pipeline/live_page/figures_history.h"
#include "pipeline/live_page/wire_tally.h"
#include "pipeline/observe/http_server.h"
#include "pipeline/observe/metrics.h"

namespace copydesk::live_page {

/// The latest enriched records, who was quoted most and where, and the last hour's figures, kept for the live page and
/// handed to every page that is open. Bounded in number, bytes and time; an article that is recalled (withheld or
/// canceled) or deleted (a tombstone) goes at once, here and on the pages; an embargoed one, or an older version that
/// came late, is never shown. A page gets at most so many articles a second, however fast the worker is; all are
/// counted. Thread-safe.
class LiveFeed final : public delivery::Worker::PublishedListener {
 public:
  static constexpr std::size_t kMaxRecordBytes = 256 * 1024;  ///< larger records are neither shown nor counted

  struct Options {
    std::size_t kept_articles = 200;  ///< 0: nothing of any article is kept, counts included
    std::chrono::milliseconds kept_for{3'600'000};
    std::uint64_t per_second = 5;
    std::chrono::milliseconds figures_interval{1000};
    /// Who shares the input; may be empty: nobody says. May wait, on a thread of this object, and is asked no oftener
    /// than once per group_interval, and only while a page is open.
    std::function<delivery::ConsumerGroup(const std::stop_token&)> group = {};
    std::chrono::milliseconds group_interval{10'000};
  };
  /// `figures` is asked once per interval, on a thread of this object, however many pages are open.
  LiveFeed(const Options& options, std::function<observe::Metrics::Figures()> figures);

  /// Records in Copydesk's own format: an article enriched in place (ninjs) says nothing of spans, so keep none then.
  void published(const delivery::Worker::Published& published) noexcept override;

  /// Serves one page until it goes. Events, each with a JSON value:
  /// `start`   {"instance", "kept_articles", "kept_for" in seconds, "now": Unix time in ms}: the page forgets what it
  /// had; `history` the figures of the last hour, see FiguresHistory::json;
  /// `article` an enriched record; what is kept comes first, the oldest before the others;
  /// `recall`  the id of an article that must go;
  /// `tally`   who was quoted most and which places were named, see WireTally::json, when it has changed, at most once
  /// per interval, but at once after a recall;
  /// `group`   the consumer group, see group_json, when it has changed;
  /// `figures` {"at": Unix time in ms, "sample": see FiguresHistory::newest, "metrics": see Metrics::Figures}, once per
  /// interval.
  void serve(observe::EventStream& stream);

 private:
  using Clock = std::chrono::steady_clock;
  struct Kept {
    std::uint64_t number = 0;
    Clock::time_point when;
    std::string id;
    std::string record;  ///< empty for a recall
    std::string key;     ///< of its input record
  };
  /// An event of which only the newest counts.
  struct Latest {
    std::string json;
    std::uint64_t number = 0;  ///< 0 = none yet
    void set(std::string text);
  };
  /// What one page has been sent.
  struct Seen {
    std::uint64_t article = 0;
    std::uint64_t figures = 0;
    std::uint64_t tally = 0;
    std::uint64_t group = 0;
  };
  void take(const delivery::Worker::Published& published, Clock::time_point now);
  void keep(const delivery::Worker::Published& published, Clock::time_point now);
  void recall(std::string_view id, Clock::time_point now);
  /// From what is shown.
  void withdraw(std::string_view id, Clock::time_point now);
  void recall_key(std::string_view key, Clock::time_point now);
  void forget_old(Clock::time_point now);
  void watch(const std::stop_token& stop);
  void count_tally();
  void watch_group(const std::stop_token& stop);
  [[nodiscard]] std::string greeting() const;
  [[nodiscard]] bool has_news(const Seen& seen) const;

  const Options options_;
  const std::function<observe::Metrics::Figures()> figures_;
  const std::int64_t instance_;  ///< tells a page that the worker was started again
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::condition_variable_any opened_;  ///< a page was
  std::size_t pages_ = 0;
  std::deque<Kept> kept_;
  std::uint64_t next_number_ = 1;
  std::uint64_t shown_this_second_ = 0;
  Clock::time_point second_{};
  WireTally tally_;
  std::uint64_t tally_revision_ = 0;  ///< of what latest_tally_ says
  bool recalled_ = false;             ///< the tally is to be told at once
  FiguresHistory history_;
  Latest latest_figures_;
  Latest latest_tally_;
  Latest latest_group_;
  std::jthread group_watcher_;
  std::jthread watcher_;  ///< the two last: they use the others
};

}  // namespace copydesk::live_page
