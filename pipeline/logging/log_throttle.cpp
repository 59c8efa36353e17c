// SPDX-License-Identifier: Apache-2.0
#include "pipeline/logging/log_throttle.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <iterator>
#include <utility>

namespace copydesk::logging {
namespace {

constexpr std::string_view kOthers = "messages for other reasons";

/// "2026-03-02T09:15:00Z"
std::string utc(std::chrono::system_clock::time_point time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

std::string joined(std::string_view one, std::string_view detail) {
  std::string text(one);
  if (!text.empty()) text += ": ";
  return text += detail;
}

}  // namespace

LogThrottle::LogThrottle(Options options) : options_(std::move(options)) {}

void LogThrottle::log(Line line) {
  const std::lock_guard lock(mutex_);
  const auto now = options_.now();
  std::string_view key = line.key.empty() ? std::string_view(line.many) : std::string_view(line.key);
  auto found = reasons_.find(key);
  if (found == reasons_.end() && reasons_.size() >= options_.most_reasons) {
    flush_before(now, now - options_.interval);
    if (reasons_.size() >= options_.most_reasons) found = reasons_.find(key = kOthers);
  }
  if (found == reasons_.end()) {
    write(line.may_pass ? LineLevel::kInfo : line.level, joined(line.one, line.detail));
    std::string many = key == kOthers ? std::string(kOthers) : line.many;
    reasons_.emplace(key, Reason{LineLevel::kInfo, std::move(many), now, now, now, 0, {}});
    return;
  }
  Reason& reason = found->second;
  if (now - reason.latest >= options_.interval) reason.begun = now;
  reason.latest = now;
  const bool passing = line.may_pass && now - reason.begun < options_.interval;
  const LineLevel level = passing ? LineLevel::kInfo : line.level;
  if (reason.more == 0 && is_over(reason, now)) {
    write(level, joined(line.one, line.detail));
    reason.since = now;
    return;
  }
  ++reason.more;
  reason.level = std::max(reason.level, level);
  reason.last = key == kOthers ? joined(line.one, line.detail) : std::move(line.detail);
  if (is_over(reason, now)) write_count(reason, now);
}

void LogThrottle::flush() {
  const std::lock_guard lock(mutex_);
  const auto now = options_.now();
  flush_before(now, now - options_.interval);
}

void LogThrottle::flush_all() {
  const std::lock_guard lock(mutex_);
  flush_before(options_.now(), Clock::time_point::max());
}

/// Writes what has been counted of reasons whose last line is from `latest` or earlier, and forgets those without.
void LogThrottle::flush_before(Clock::time_point now, Clock::time_point latest) {
  for (auto reason = reasons_.begin(); reason != reasons_.end();) {
    // A clock that was set back must not hold counts for ever.
    const bool due = reason->second.since <= latest || reason->second.since > now;
    const bool counted = reason->second.more > 0;
    if (due && counted) write_count(reason->second, now);
    reason = due && !counted ? reasons_.erase(reason) : std::next(reason);
  }
}

bool LogThrottle::is_over(const Reason& reason, Clock::time_point now) const {
  return now - reason.since >= options_.interval || now < reason.since;
}

void LogThrottle::write_count(Reason& reason, Clock::time_point now) const {
  write(reason.level, std::to_string(reason.more) + " more " + reason.many + " since " + utc(reason.since) +
                          "; the last: " + reason.last);
  reason.level = LineLevel::kInfo;
  reason.since = now;
  reason.more = 0;
}

void LogThrottle::write(LineLevel level, const std::string& text) const {
  if (options_.write) return options_.write(level, text);
  static constexpr std::array kLevels{spdlog::level::info, spdlog::level::warn, spdlog::level::err};
  spdlog::log(kLevels.at(static_cast<std::size_t>(level)), "{}", text);
}

LogThrottle& log_throttle() {
  static LogThrottle throttle;
  return throttle;
}

}  // namespace copydesk::logging
