// SPDX-License-Identifier: Apache-2.0
// The whole worker on a real Kafka, beside the limit: a plain copy of the same messages by the same client library with
// the same delivery settings. Both take turns on one broker, so that both share the machine with it alike.

#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>
#include <thread>

#include "pipeline/commands/feed.h"
#include "pipeline/commands/run.h"
#include "pipeline/kafka/consumer.h"
#include "pipeline/kafka/producer.h"
#include "pipeline/kafka/properties.h"
#include "pipeline/kafka/topics.h"
#include "pipeline/private_broker/private_broker.h"

namespace copydesk {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPartitions = 4;
constexpr int kRounds = 3;

/// Counts acknowledgements.
struct Acknowledged final : delivery::Sink::Listener {
  std::uint64_t count = 0;
  std::unordered_map<void*, std::unique_ptr<engine::InputRecord>> held;
  void delivered(void* tag, const delivery::Sink::Delivery&) override {
    ++count;
    held.erase(tag);
  }
};
struct NoListener final : delivery::Source::Listener {
  void assigned(std::span<const engine::TopicPartition>) override {}
  void revoked(std::span<const engine::TopicPartition>, bool) override {}
  void commit_finished(std::span<const delivery::CommitOffset>, std::string_view) override {}
};

settings::Settings settings_for(const private_broker::PrivateBroker& broker, const std::string& group,
                                settings::Guarantee guarantee = settings::Guarantee::kAtLeastOnce) {
  settings::Settings settings;
  settings.kafka.brokers = {broker.bootstrap_servers()};
  settings.kafka.group = group;
  settings.kafka.input = "in";
  settings.kafka.output = "out-" + group;
  settings.kafka.dead_letters = "dead";
  settings.http.listen = "off";
  settings.delivery.guarantee = guarantee;
  settings.pipeline.models = COPYDESK_SOURCE_DIR "/models";
  return settings;
}

/// Seconds to copy `count` messages from the input to another topic, from the first record on.
double copy(const settings::Settings& settings, std::uint64_t count) {
  const delivery::Wakeup wakeup;
  Acknowledged acknowledged;
  NoListener nobody;
  kafka::Producer sink(kafka::producer_properties(settings), acknowledged, wakeup, {});
  kafka::Consumer source(kafka::consumer_properties(settings), settings.kafka.input, nobody, wakeup);
  Clock::time_point begin{};
  std::uint64_t taken = 0;
  while (acknowledged.count < count) {
    sink.poll(std::chrono::milliseconds(0));
    auto record = source.poll(std::chrono::milliseconds(taken < count ? 10 : 0));
    if (!record) continue;
    if (taken++ == 0) begin = Clock::now();
    auto held = std::make_unique<engine::InputRecord>(std::move(*record));
    const delivery::OutputRecord output{.topic = settings.kafka.output,
                                        .key = held->key,
                                        .value = held->value->view(),
                                        .headers = held->headers,
                                        .timestamp_ms = held->timestamp_ms};
    while (sink.send(output, held.get()) != delivery::Sink::Accepted::kYes) sink.poll(std::chrono::milliseconds(1));
    acknowledged.held.emplace(held.get(), std::move(held));
  }
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Records that the output topic holds, transaction markers among them.
std::uint64_t published(const settings::Settings& settings) {
  const kafka::Handle handle =
      kafka::make_client(RD_KAFKA_CONSUMER, kafka::make_conf(kafka::common_properties(settings)));
  std::uint64_t total = 0;
  for (int partition = 0; partition < kPartitions; ++partition) {
    std::int64_t low = 0;
    std::int64_t high = 0;
    if (rd_kafka_query_watermark_offsets(handle.get(), settings.kafka.output.c_str(), partition, &low, &high, 5000) ==
        RD_KAFKA_RESP_ERR_NO_ERROR) {
      total += static_cast<std::uint64_t>(high);
    }
  }
  return total;
}

/// What a run took: seconds from the first record published to the last offset committed, and CPU seconds of the worker
/// and of the broker in them.
struct Taken {
  double seconds = 0;
  double worker_cpu = 0;
  double broker_cpu = 0;
};

/// Articles that the group has committed.
std::uint64_t committed(const settings::Settings& settings) {
  kafka::Properties properties = kafka::common_properties(settings);
  properties["group.id"] = settings.kafka.group;
  const kafka::Handle handle = kafka::make_client(RD_KAFKA_CONSUMER, kafka::make_conf(properties));
  const kafka::PartitionList list(rd_kafka_topic_partition_list_new(kPartitions));
  for (int partition = 0; partition < kPartitions; ++partition) {
    rd_kafka_topic_partition_list_add(list.get(), settings.kafka.input.c_str(), partition);
  }
  std::uint64_t total = 0;
  if (rd_kafka_committed(handle.get(), list.get(), 5000) != RD_KAFKA_RESP_ERR_NO_ERROR) return 0;
  for (int i = 0; i < list->cnt; ++i) {
    if (list->elems[i].offset > 0) total += static_cast<std::uint64_t>(list->elems[i].offset);
  }
  return total;
}

/// CPU seconds that a process has used, from /proc (clock ticks are 10 ms).
double cpu_seconds(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string text((std::istreambuf_iterator<char>(file)), {});
  std::istringstream rest(text.substr(text.rfind(')') + 2));
  std::string skipped;
  for (int i = 0; i < 11; ++i) rest >> skipped;
  double user = 0;
  double system = 0;
  rest >> user >> system;
  return (user + system) / 100;
}

Taken work(const settings::Settings& settings, std::uint64_t count, pid_t broker) {
  const delivery::Wakeup wakeup;
  std::atomic<bool> stop{false};
  std::jthread worker([&] { static_cast<void>(commands::run(settings, wakeup, stop)); });
  while (published(settings) == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  const auto begin = Clock::now();
  const double worker_before = cpu_seconds(getpid());
  const double broker_before = cpu_seconds(broker);
  while (committed(settings) < count) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  const Taken taken{std::chrono::duration<double>(Clock::now() - begin).count(), cpu_seconds(getpid()) - worker_before,
                    cpu_seconds(broker) - broker_before};
  stop = true;
  wakeup.notify();
  return taken;
}

int main_with(std::uint64_t count) {
  spdlog::set_default_logger(spdlog::stderr_color_mt("worker_bench"));  // standard output is the result
  spdlog::set_level(spdlog::level::warn);
  private_broker::PrivateBroker broker;
  const settings::Settings base = settings_for(broker, "feed");
  std::vector<kafka::NewTopic> topics{{"in", kPartitions}, {"dead", 1}};
  for (int round = 0; round < kRounds; ++round) {
    for (const char* what : {"copy", "work", "once"})
      topics.push_back({"out-" + std::string(what) + std::to_string(round), kPartitions});
  }
  kafka::create_topics(kafka::common_properties(base), topics, std::chrono::seconds(20));
  commands::FeedOptions feed_options;
  feed_options.common = kafka::common_properties(base);
  feed_options.producer = kafka::producer_properties(base);
  feed_options.topic = "in";
  feed_options.inputs = {COPYDESK_SOURCE_DIR "/deploy/demo/wire"};
  feed_options.count = count;
  feed_options.loop = true;
  std::istringstream nothing;
  const std::atomic<bool> never{false};
  feed(feed_options, nothing, std::cerr, never);

  double best_copy = 1e9;
  double best_work = 1e9;
  double best_once = 1e9;
  Taken work_sum;
  Taken once_sum;
  const auto add = [](Taken& sum, const Taken& taken) {
    sum.seconds += taken.seconds;
    sum.worker_cpu += taken.worker_cpu;
    sum.broker_cpu += taken.broker_cpu;
  };
  for (int round = 0; round < kRounds; ++round) {
    const std::string number = std::to_string(round);
    best_copy = std::min(best_copy, copy(settings_for(broker, "copy" + number), count));
    const auto once = [&] {
      const Taken taken =
          work(settings_for(broker, "once" + number, settings::Guarantee::kExactlyOnce), count, broker.pid(0));
      add(once_sum, taken);
      best_once = std::min(best_once, taken.seconds);
    };
    if (round % 2 == 1) once();  // neither is always the first
    const Taken taken = work(settings_for(broker, "work" + number), count, broker.pid(0));
    add(work_sum, taken);
    best_work = std::min(best_work, taken.seconds);
    if (round % 2 == 0) once();
  }
  const auto articles = static_cast<double>(count);
  const double work_cpu = work_sum.worker_cpu + work_sum.broker_cpu;
  const double once_cpu = once_sum.worker_cpu + once_sum.broker_cpu;
  std::cout << fmt::format(
      "{{\"articles\":{},\"rounds\":{},\"threads\":{},\"copy_articles_per_second\":{:.0f},"
      "\"worker_articles_per_second\":{:.0f},\"worker_share_of_copy\":{:.3f},\"broker_cores_during_work\":{:.2f},"
      "\"exactly_once_articles_per_second\":{:.0f},\"exactly_once_share_of_copy\":{:.3f},"
      "\"exactly_once_cost_seconds\":{:.3f},\"exactly_once_cost_cpu\":{:.3f}}}\n",
      count, kRounds, std::thread::hardware_concurrency(), articles / best_copy, articles / best_work,
      best_copy / best_work, work_sum.broker_cpu / work_sum.seconds, articles / best_once, best_copy / best_once,
      once_sum.seconds / work_sum.seconds - 1, once_cpu / work_cpu - 1);
  return 0;
}

}  // namespace
}  // namespace copydesk

int main(int argc, char** argv) {
  try {
    return copydesk::main_with(argc > 1 ? std::stoull(argv[1]) : 20'000);
  } catch (const std::exception& error) {
    std::cerr << "worker_bench: " << error.what() << '\n';
    return 1;
  }
}
