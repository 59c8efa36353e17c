#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "pipeline/delivery/worker.h"
#include "pipeline/http/server.h"

namespace copydesk {

/// The latest enriched records, kept for the live page and handed to every page that is open. Bounded in number, bytes
/// and time; a recalled article (withheld or canceled) goes at once, here and on the pages. A page gets at most
/// kPerSecond articles a second, however fast the worker is. Thread-safe.
class LiveFeed final : public Worker::PublishedListener {
 public:
  static constexpr std::uint64_t kPerSecond = 5;
  static constexpr std::size_t kMaxRecordBytes = 256 * 1024;  ///< larger records are not shown

  struct Options {
    std::size_t kept_articles = 200;
    std::chrono::milliseconds kept_for{3'600'000};
  };
  /// `figures` makes the JSON object of numbers that the page draws, without line breaks.
  LiveFeed(const Options& options, std::function<std::string()> figures);

  void published(std::string_view record) noexcept override;

  /// Serves one page until it goes: what is kept, then what comes, and the figures every second.
  /// Events: `article` (a record), `recall` (an id as a JSON string), `figures`.
  void serve(EventStream& stream);

 private:
  using Clock = std::chrono::steady_clock;
  struct Kept {
    std::uint64_t number = 0;
    Clock::time_point when;
    std::string id;  ///< as a JSON string, quotes included
    std::string record;
    bool recall = false;
  };
  void forget_old(Clock::time_point now);

  const Options options_;
  const std::function<std::string()> figures_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Kept> kept_;
  std::uint64_t next_number_ = 1;
  std::uint64_t shown_this_second_ = 0;
  Clock::time_point second_{};
};

}  // namespace copydesk
