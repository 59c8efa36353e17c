// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/range_source.h"

#include <spdlog/spdlog.h>

#include <utility>

namespace copydesk::kafka {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kAnswerTimeout{30'000};
constexpr std::chrono::seconds kReportInterval{10};
/// What is outside the range is passed over for no longer than this at a time: the caller has other things to do.
constexpr std::chrono::milliseconds kLongestPass{20};

}  // namespace

RangeSource::RangeSource(const Properties& properties, const std::string& topic, const TimeRange& range,
                         Listener& listener, const delivery::Wakeup& wakeup)
    : topic_(topic),
      range_(range),
      listener_(listener),
      wakeup_(wakeup),
      reader_(properties, topic),
      next_report_(Clock::now() + kReportInterval) {
  const auto whole = reader_.whole(kAnswerTimeout);
  auto ranges = reader_.since(whole, range.from_ms, kAnswerTimeout);
  const auto timed = reader_.since(whole, 0, kAnswerTimeout);  // from the first record that has a timestamp at all
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    if (timed[i].begin > whole[i].begin) ranges[i].begin = whole[i].begin;
  }
  for (const TopicReader::Range& part : ranges) {
    if (part.begin >= part.end) continue;
    begins_[part.partition] = part.begin;
    to_read_ += part.end - part.begin;
  }
  spdlog::info("backfill: {} partitions of {} hold records of that time or later, at most {} of them", begins_.size(),
               topic, to_read_);
  reader_.start(ranges, &wakeup_);
}

std::optional<engine::InputRecord> RangeSource::poll(std::chrono::milliseconds timeout) {
  if (!std::exchange(told_, true)) {
    std::vector<engine::TopicPartition> partitions;
    partitions.reserve(begins_.size());
    for (const auto& [partition, begin] : begins_) partitions.push_back({topic_, partition});
    listener_.assigned(partitions);
  }
  if (!finished_.empty()) listener_.commit_finished(std::exchange(finished_, {}), {});
  const auto begin = Clock::now();
  report(begin);
  if (paused_) return std::nullopt;
  while (auto record = reader_.next(timeout)) {
    if (range_.contains(record->timestamp_ms)) {
      ++taken_;
      return record;
    }
    ++passed_over_;
    if (record->timestamp_ms < 0) ++without_timestamp_;
    if (Clock::now() - begin > kLongestPass) {
      wakeup_.notify();  // there is more
      break;
    }
  }
  return std::nullopt;
}

void RangeSource::commit_async(std::span<const delivery::CommitOffset> offsets) {
  finished_.insert(finished_.end(), offsets.begin(), offsets.end());
}

bool RangeSource::commit_sync(std::span<const delivery::CommitOffset>, std::chrono::milliseconds) {
  return true;
}

std::vector<std::int64_t> RangeSource::committed(std::span<const engine::TopicPartition> partitions) {
  std::vector<std::int64_t> offsets;
  for (const engine::TopicPartition& partition : partitions) offsets.push_back(begins_.at(partition.partition));
  return offsets;
}

void RangeSource::close() {
  if (without_timestamp_ == 0) return;
  spdlog::warn(
      "backfill: {} records without a timestamp are left out: they are in no range of time. Feed them again, with a "
      "timestamp, if they are wanted",
      without_timestamp_);
}

void RangeSource::report(Clock::time_point now) {
  if (now < next_report_) return;
  next_report_ = now + kReportInterval;
  spdlog::info("backfill: {} articles taken in and {} of other times passed over, of at most {}", taken_, passed_over_,
               to_read_);
}

}  // namespace copydesk::kafka
