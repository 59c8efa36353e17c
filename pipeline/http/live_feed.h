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

#include "pipeline/delivery/worker.h"
#include "pipeline/http/server.h"
#include "pipeline/metrics.h"

namespace copydesk {

/// The latest enriched records and the last minutes' figures, kept for the live page and handed to every page that is
/// open. Bounded in number, bytes and time; an article that is recalled (withheld or canceled) or deleted (a tombstone)
/// goes at once, here and on the pages; an embargoed one, or an older version that came late, is never shown. A page
/// gets at most kPerSecond articles a second, however fast the worker is. Thread-safe.
class LiveFeed final : public Worker::PublishedListener {
 public:
  static constexpr std::uint64_t kPerSecond = 5;
  static constexpr std::size_t kMaxRecordBytes = 256 * 1024;  ///< larger records are not shown
  static constexpr std::size_t kHistory = 600;                ///< samples, one per figures_interval

  struct Options {
    std::size_t kept_articles = 200;
    std::chrono::milliseconds kept_for{3'600'000};
    std::chrono::milliseconds figures_interval{1000};
  };
  /// `figures` is asked once per interval, on a thread of this object, however many pages are open.
  LiveFeed(const Options& options, std::function<Metrics::Figures()> figures);

  /// Takes records in Copydesk's own format; an article enriched in place (ninjs) says nothing of spans and is not
  /// shown.
  void published(const Worker::Published& published) noexcept override;

  /// Serves one page until it goes. Events, each with a JSON value:
  /// `start`   {"instance", "kept_articles", "kept_for" in seconds, "now": Unix time in ms}: the page forgets what it
  /// had; `history` [[Unix time in ms, articles, words, dead letters, lag], …], totals since the start of the worker;
  /// `article` an enriched record; what is kept comes first, the oldest before the others;
  /// `recall`  the id of an article that must go;
  /// `figures` {"at": Unix time in ms, "metrics": see Metrics::Figures}, once per interval.
  void serve(EventStream& stream);

 private:
  using Clock = std::chrono::steady_clock;
  struct Kept {
    std::uint64_t number = 0;
    Clock::time_point when;
    std::string id;      ///< as a JSON string, quotes included
    std::string record;  ///< empty for a recall
    std::string key;     ///< of its input record
  };
  void take(const Worker::Published& published, Clock::time_point now);
  void keep(std::string_view record, std::string_view key, Clock::time_point now);
  void recall(std::string_view id, Clock::time_point now);
  void recall_key(std::string_view key, Clock::time_point now);
  void forget_old(Clock::time_point now);
  void watch(const std::stop_token& stop);
  [[nodiscard]] std::string greeting() const;

  const Options options_;
  const std::function<Metrics::Figures()> figures_;
  const std::int64_t instance_;  ///< tells a page that the worker was started again
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<Kept> kept_;
  std::uint64_t next_number_ = 1;
  std::uint64_t shown_this_second_ = 0;
  Clock::time_point second_{};
  std::deque<std::string> history_;  ///< one sample each, as JSON
  std::string last_figures_;
  std::uint64_t ticks_ = 0;
  std::jthread watcher_;  ///< last: it uses the others
};

}  // namespace copydesk
