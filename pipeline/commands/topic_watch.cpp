// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/topic_watch.h"

#include <array>
#include <exception>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include "pipeline/delivery/io.h"
#include "pipeline/kafka/consumer.h"
#include "pipeline/kafka/properties.h"
#include "pipeline/terminal/article_card.h"
#include "pipeline/terminal/enriched_record.h"

namespace copydesk::commands {
namespace {

constexpr std::string_view kReasonHeader = "__copydesk.errors.reason";
constexpr std::chrono::milliseconds kIdle{50};

// Reading to see needs no commits, so it does not matter who gets which partitions.
class NoListener final : public delivery::Source::Listener {
 public:
  void assigned(std::span<const engine::TopicPartition> /*partitions*/) override {}
  void revoked(std::span<const engine::TopicPartition> /*partitions*/, bool /*lost*/) override {}
  void commit_finished(std::span<const delivery::CommitOffset> /*offsets*/, std::string_view /*error_code*/) override {}
};

kafka::Properties reader_properties(const settings::Settings& settings, const std::string& topic) {
  kafka::Properties properties = kafka::consumer_properties(settings);
  properties["group.id"] = settings.kafka.group + "-watch-" + topic;
  properties["auto.offset.reset"] = "earliest";
  properties["fetch.wait.max.ms"] = "20";
  return properties;
}

}  // namespace

TopicWatch::TopicWatch(const settings::Settings& settings)
    : settings_(settings), thread_([this] {
        try {
          read();
        } catch (const std::exception& error) {
          const std::lock_guard lock(mutex_);
          failure_ = error.what();
        }
      }) {}

TopicWatch::~TopicWatch() {
  stop_ = true;
  thread_.join();
}

TopicWatch::Counts TopicWatch::counts() const {
  const std::lock_guard lock(mutex_);
  Counts counts = counts_;
  counts.latencies.assign(latencies_.begin(), latencies_.end());
  for (const auto& [key, matching] : unmatched_) {
    counts.missing += matching.begun.size();
    counts.repeated += matching.ended.size();
  }
  return counts;
}

std::optional<terminal::EnrichedRecord> TopicWatch::take_best_record() {
  const std::lock_guard lock(mutex_);
  if (std::exchange(best_interest_, 0) == 0) return std::nullopt;
  return std::move(best_record_);
}

std::string TopicWatch::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

void TopicWatch::match(Matching& matching) {
  while (!matching.begun.empty() && !matching.ended.empty()) {
    latencies_.push_back(std::chrono::duration<double>(matching.ended.front() - matching.begun.front()).count());
    if (latencies_.size() > kMostLatencies) latencies_.pop_front();
    matching.begun.pop_front();
    matching.ended.pop_front();
  }
}

void TopicWatch::read() {
  NoListener listener;
  const delivery::Wakeup wakeup;
  const auto reader = [&](const std::string& topic) {
    return std::make_unique<kafka::Consumer>(reader_properties(settings_, topic), topic, listener, wakeup);
  };
  const auto saw = [this](const engine::InputRecord& record, bool begin, Clock::time_point when) {
    const auto entry = unmatched_.try_emplace(record.key.value_or("")).first;
    (begin ? entry->second.begun : entry->second.ended).push_back(when);
    match(entry->second);
    if (entry->second.begun.empty() && entry->second.ended.empty()) unmatched_.erase(entry);
  };
  const auto saw_input = [&](const engine::InputRecord& record) {
    ++counts_.fed;
    saw(record, true, Clock::time_point(std::chrono::milliseconds(record.timestamp_ms)));
  };
  const auto saw_output = [&](const engine::InputRecord& record) {
    ++counts_.enriched;
    saw(record, false, Clock::now());
    const std::string_view value = record.value ? record.value->view() : std::string_view();
    auto read = terminal::read_enriched(value);
    const std::size_t interest = read ? terminal::card_interest(*read) : 0;
    if (interest > best_interest_) {
      best_interest_ = interest;
      best_record_ = std::move(*read);
    }
  };
  const auto saw_dead_letter = [&](const engine::InputRecord& record) {
    ++counts_.dead_lettered;
    saw(record, false, Clock::now());
    for (const engine::Header& header : record.headers) {
      if (header.name == kReasonHeader) ++counts_.reasons[header.value.value_or("")];
    }
  };
  using Saw = std::function<void(const engine::InputRecord&)>;
  const std::array<std::pair<std::unique_ptr<kafka::Consumer>, Saw>, 3> readers{
      std::pair{reader(settings_.kafka.input), Saw(saw_input)},
      std::pair{reader(settings_.kafka.output), Saw(saw_output)},
      std::pair{reader(settings_.kafka.dead_letters), Saw(saw_dead_letter)}};

  while (!stop_) {
    bool idle = true;
    for (const auto& [consumer, handle] : readers) {
      const auto record = consumer->poll(std::chrono::milliseconds(0));
      if (!record) continue;
      idle = false;
      const std::lock_guard lock(mutex_);
      handle(*record);
    }
    if (idle) wakeup.wait(kIdle);
  }
}

}  // namespace copydesk::commands
