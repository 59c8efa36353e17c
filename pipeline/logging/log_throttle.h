// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace copydesk::logging {

/// The severities that are worth a bound.
enum class LineLevel : std::uint8_t { kInfo, kWarn, kError };

/// Keeps a fault that repeats from filling the log: one line for each reason and interval. The first line of a reason
/// is written at once and in full; those that follow within the interval are counted, and then one line says how many
/// there were, since when, and what the last one said. No occurrence is missing from the counts. Thread-safe.
class LogThrottle {
 public:
  struct Options {
    std::chrono::milliseconds interval{10'000};
    /// Reasons that are told apart at a time; those beyond share one line.
    std::size_t most_reasons = 64;
    std::function<std::chrono::system_clock::time_point()> now = std::chrono::system_clock::now;
    /// Takes a line; spdlog's default logger where it is empty. Called under a lock.
    std::function<void(LineLevel, const std::string&)> write = {};
  };
  /// What happened. `many` tells one reason from others and stands behind a number: "dead letters with the reason
  /// not_json". `key` tells them apart where those words do not.
  struct Line {
    LineLevel level = LineLevel::kWarn;
    std::string_view one = {};  ///< before the detail of a single one: "dead letter"; may be empty
    std::string many;
    std::string detail;  ///< "wire/3 offset 17: …"
    std::string key = {};
    /// It is usual and ends by itself: information, until it has gone on for an interval.
    bool may_pass = false;
  };

  LogThrottle() : LogThrottle(Options()) {}
  explicit LogThrottle(Options options);

  void log(Line line);
  /// Writes the counts whose interval has passed. Call it now and then: after the last occurrence of a reason nothing
  /// else does.
  void flush();
  /// Writes all counts: before the program ends.
  void flush_all();

 private:
  using Clock = std::chrono::system_clock;
  struct Reason {
    LineLevel level = LineLevel::kWarn;
    std::string many;
    Clock::time_point begun;   ///< the first occurrence after a quiet interval
    Clock::time_point latest;  ///< the last one
    Clock::time_point since;   ///< the last line
    std::uint64_t more = 0;    ///< after it
    std::string last;
  };
  using Reasons = std::map<std::string, Reason, std::less<>>;

  void write(LineLevel level, const std::string& text) const;
  void write_count(Reason& reason, Clock::time_point now) const;
  void flush_before(Clock::time_point now, Clock::time_point latest);
  [[nodiscard]] bool is_over(const Reason& reason, Clock::time_point now) const;

  const Options options_;
  std::mutex mutex_;
  Reasons reasons_;
};

/// The process's own, as spdlog has a default logger.
[[nodiscard]] LogThrottle& log_throttle();

}  // namespace copydesk::logging
