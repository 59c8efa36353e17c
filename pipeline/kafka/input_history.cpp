// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/input_history.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <exception>
#include <map>
#include <utility>

#include "pipeline/kafka/topic_reader.h"
#include "pipeline/logging/log_throttle.h"

namespace copydesk::kafka {

InputHistory::InputHistory(Options options, std::shared_ptr<const engine::ArticleGraph::Stages> stages,
                           const delivery::Wakeup& wakeup)
    : options_(std::move(options)),
      facts_(std::move(stages), options_.memory_limit),
      wakeup_(wakeup),
      thread_([this](const std::stop_token& stop) { serve(stop); }) {}

InputHistory::~InputHistory() = default;

void InputHistory::ask(std::vector<Range> ranges, std::uint64_t ticket) {
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back({std::move(ranges), ticket});
  }
  asked_.notify_one();
}

std::optional<story::StoryHistory::Answer> InputHistory::take() {
  const std::lock_guard lock(mutex_);
  if (answers_.empty()) return std::nullopt;
  Answer answer = std::move(answers_.front());
  answers_.pop_front();
  return answer;
}

void InputHistory::serve(const std::stop_token& stop) {
  while (true) {
    Request request;
    {
      std::unique_lock lock(mutex_);
      if (!asked_.wait(lock, stop, [this] { return !requests_.empty(); })) return;
      request = std::move(requests_.front());
      requests_.pop_front();
    }
    Answer answer{.ticket = request.ticket, .past = {}};
    try {
      answer.past = read(request.ranges, stop);
    } catch (const std::exception& error) {
      logging::log_throttle().log(
          {.many = "times that what new partitions held before cannot be read back",
           .detail = fmt::format("what the new partitions held before cannot be read back, so that older versions and "
                                 "duplicates of earlier articles are not marked: {}",
                                 error.what())});
    }
    {
      const std::lock_guard lock(mutex_);
      answers_.push_back(std::move(answer));
    }
    wakeup_.notify();
  }
}

std::vector<story::StoryHistory::Past> InputHistory::read(const std::vector<Range>& ranges,
                                                          const std::stop_token& stop) {
  const auto begin = std::chrono::steady_clock::now();
  const auto deadline = begin + options_.timeout;
  std::vector<TopicReader::Range> wanted;
  wanted.reserve(ranges.size());
  for (const Range& range : ranges) {
    wanted.push_back({range.partition.partition,
                      std::max<std::int64_t>(0, range.end - static_cast<std::int64_t>(range.most)), range.end});
  }
  // Across partitions in the order in which they came in, as far as their times tell; within one, as they stand.
  std::vector<std::pair<std::int64_t, Past>> timed;
  std::map<engine::TopicPartition, std::int64_t> latest;
  const auto take = [&](engine::InputRecord record) {
    Past one{.facts = {},
             .partition = record.origin,
             .offset = record.offset,
             .timestamp_ms = record.timestamp_ms,
             .key = record.key.value_or("")};
    if (record.value) {
      one.facts = facts_.read({.bytes = record.value->view(), .name = one.key});
      if (!one.facts) return;  // it was a dead letter
    }
    std::int64_t& time = latest.try_emplace(one.partition, one.timestamp_ms).first->second;
    time = std::max(time, one.timestamp_ms);
    timed.emplace_back(time, std::move(one));
  };
  TopicReader reader(options_.properties, options_.topic);
  const bool complete = reader.read(reader.that_are_left(std::move(wanted), options_.timeout), take, [&] {
    return !stop.stop_requested() && std::chrono::steady_clock::now() < deadline;
  });
  std::stable_sort(timed.begin(), timed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Past> past;
  past.reserve(timed.size());
  for (auto& [time, one] : timed) past.push_back(std::move(one));
  spdlog::info("read back {} articles of {} partitions in {} ms{}", past.size(), ranges.size(),
               std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin).count(),
               complete ? "" : "; the rest not in time");
  return past;
}

}  // namespace copydesk::kafka
