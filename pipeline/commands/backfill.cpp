// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/backfill.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "pipeline/kafka/producer.h"
#include "pipeline/kafka/properties.h"

namespace copydesk::commands {

std::optional<std::string> backfill_problem(const settings::Settings& settings, const kafka::TimeRange& range,
                                            std::string_view live_output) {
  if (settings.kafka.output == live_output) {
    return fmt::format(
        "--output: '{}' is the topic of the live workers, whose readers would meet old articles after new ones: name "
        "another",
        live_output);
  }
  if (range.until_ms && *range.until_ms <= range.from_ms) return "--until: must be later than --from";
  if (settings.delivery.guarantee == settings::Guarantee::kExactlyOnce) {
    return "--from: a backfill commits no offsets, so that `delivery.guarantee: exactly_once` could not be kept after "
           "a "
           "stop. Add --guarantee at_least_once: a backfill that comes to its end publishes each article once; one "
           "that was stopped begins anew, and then needs a new topic";
  }
  return std::nullopt;
}

bool backfill(delivery::Worker& worker, const settings::Settings& settings, const kafka::TimeRange& range,
              kafka::TopicMonitor& monitor, const delivery::Wakeup& wakeup, const std::atomic<bool>& stop) {
  kafka::Producer sink(
      kafka::producer_properties(settings), worker, wakeup,
      {.limits = &monitor.limits(), .limits_in_doubt = [&monitor] { monitor.look_now(); }, .renews = true});
  kafka::RangeSource source(kafka::consumer_properties(settings), settings.kafka.input, range, worker, wakeup);
  const bool drained = worker.run(source, sink, stop);
  const bool complete = drained && source.exhausted();
  if (complete) {
    spdlog::info("backfill: done: {} articles are published or dead-lettered", worker.state().finished.load());
  } else {
    spdlog::warn(
        "backfill: stopped before its end: {} articles are published or dead-lettered; it begins anew when it "
        "is started again",
        worker.state().finished.load());
  }
  return complete;
}

}  // namespace copydesk::commands
