// SPDX-License-Identifier: Apache-2.0
#include "tests/chaos/stream.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "tests/chaos/arrivals.h"
#include "tests/delivery/kafka_client.h"

namespace fs = std::filesystem;

namespace copydesk::chaos {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto kGlance = 50ms;
constexpr auto kDrainLimit = 180s;
/// Kafka deletes the offsets of a deleted topic as soon as its group's coordinator hears of it; workers commit every
/// second.
constexpr auto kOffsetsLimit = 30s;
constexpr auto kLagLimit = 20s;
/// `kafka.topic_check_interval` of the workers; empty writes no such setting.
constexpr std::string_view kTopicCheckInterval = "2s";

}  // namespace

Stream::Stream(Options options)
    : options_(std::move(options)), ledger_(options_.partitions), partitions_(options_.partitions) {
  std::string pattern = (fs::temp_directory_path() / "copydesk-chaos-logs-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
  folder_ = pattern;
  cluster_ = std::make_unique<Cluster>(options_.own_disks);
  cluster_->create_topic(kInput, options_.partitions);
  cluster_->create_topic(kOutput, options_.output_partitions);
  cluster_->create_topic(kDeadLetters, 1);

  const std::string direct = cluster_->brokers().direct_servers();
  // Asking for a group's offsets makes the topic in which Kafka keeps them.
  static_cast<void>(delivery::KafkaClient(direct).committed(kGroup, kInput));
  offsets_ = std::make_unique<OffsetHistory>(kGroup, kInput);
  start_tails(direct);

  const fs::path settings = folder_ / "copydesk.yaml";
  write_settings(settings);
  fleet_ = std::make_unique<Fleet>(settings, folder_, options_.warm_up);
  for (int i = 0; i < options_.workers; ++i) fleet_->add();
  fleet_->await_ready();
  feeder_ = std::make_unique<Feeder>(Feeder::Options{.bootstrap = direct,
                                                     .topic = kInput,
                                                     .partitions = options_.partitions,
                                                     .articles_per_second = options_.articles_per_second},
                                     ledger_);
  if (!wait_for([this] { return ledger_.counts().out > 0; }, 120s)) {
    throw std::runtime_error("nothing comes out of the workers:\n" + fleet_->last_words());
  }
}

void Stream::start_tails(const std::string& bootstrap) {
  offsets_tail_ = std::make_unique<TopicTail>(
      bootstrap, std::vector<std::string>{"__consumer_offsets"}, [this](const TailRecord& record) {
        if (const auto commit = parse_committed_offset(record.key, record.value)) offsets_->committed(*commit);
      });
  start_input_tail(bootstrap);
  output_tail_ = std::make_unique<TopicTail>(
      bootstrap, std::vector<std::string>{kOutput, kDeadLetters}, [this](const TailRecord& record) {
        const Exit exit = record.topic == kOutput ? Exit::kOutput : Exit::kDeadLetters;
        ledger_.came_out(read_arrival(record, exit), Clock::now());
      });
}

void Stream::start_input_tail(const std::string& bootstrap) {
  input_tail_ =
      std::make_unique<TopicTail>(bootstrap, std::vector<std::string>{kInput}, [this](const TailRecord& record) {
        offsets_->holds(record.partition, record.offset);
        ledger_.fed(article_number(record.header(std::string(kArticleHeader).c_str()).value_or("")), Clock::now(),
                    record.timestamp_ms);
      });
}

Stream::~Stream() {
  // What a worker's end was about stands in its log.
  const bool keep = options_.keep_logs || (fleet_ && fleet_->unasked_ends() + fleet_->unclean_stops() > 0);
  feeder_.reset();
  fleet_.reset();
  output_tail_.reset();
  input_tail_.reset();
  offsets_tail_.reset();
  cluster_.reset();
  std::error_code ignored;
  if (!keep) fs::remove_all(folder_, ignored);
}

void Stream::write_settings(const fs::path& file) const {
  std::ofstream stream(file);
  stream << "kafka:\n"
         << "  brokers: [" << cluster_->brokers().bootstrap_servers() << "]\n"
         << "  group: " << kGroup << "\n"
         << "  input: " << kInput << "\n"
         << "  output: " << kOutput << "\n"
         << "  dead_letters: " << kDeadLetters << "\n";
  if (!kTopicCheckInterval.empty()) stream << "  topic_check_interval: " << kTopicCheckInterval << "\n";
  stream
      // A worker that is away is noticed after six seconds instead of 45.
      << "  consumer: {session.timeout.ms: \"6000\", heartbeat.interval.ms: \"1000\"}\n"
      << "delivery:\n"
      << "  guarantee: " << options_.guarantee << "\n"
      << "  drain_timeout: 4s\n";
  // What a killed worker leaves open is aborted after ten seconds instead of fifteen.
  if (options_.guarantee == "exactly_once") stream << "  transaction_timeout: 10s\n";
  stream << "limits:\n"
         // A worker that is frozen for longer than the usual deadline may not blame the article for it.
         << "  article_deadline: 2m\n"
         << "pipeline:\n"
         << "  threads: " << options_.threads << "\n"
         << "http:\n"
         << "  listen: 127.0.0.1:0\n";
}

void Stream::wait(std::chrono::milliseconds duration) {
  wait_for([] { return false; }, duration);
}

bool Stream::wait_for(const std::function<bool()>& condition, std::chrono::milliseconds limit) {
  const auto deadline = Clock::now() + limit;
  for (;;) {
    fleet_->look_after();
    if (feeder_) {
      const std::string failure = feeder_->failure();
      if (!failure.empty()) throw std::runtime_error(failure);
    }
    if (condition()) return true;
    const auto now = Clock::now();
    if (now >= deadline) return false;
    std::this_thread::sleep_for(std::min<Clock::duration>(kGlance, deadline - now));
  }
}

bool Stream::drain(std::chrono::milliseconds limit) {
  if (!feeder_->pause(limit) || !input_tail_->catch_up(limit)) return false;
  return wait_for([this] { return ledger_.waiting() == 0; }, limit);
}

bool Stream::await_committed() {
  return wait_for([this] { return offsets_->uncommitted() == 0; }, kOffsetsLimit);
}

bool Stream::remake_input(int partitions, std::chrono::milliseconds gap, const std::function<void()>& meanwhile) {
  if (!drain(kDrainLimit)) {
    feeder_->resume();
    return false;
  }
  // Kafka deletes the offsets together with the topic: what is not committed before will never be.
  await_committed();
  uncommitted_ += offsets_->uncommitted();
  input_tail_.reset();
  offsets_->expect_deletion();
  cluster_->delete_topic(kInput);
  wait(gap);
  cluster_->create_topic(kInput, partitions);
  meanwhile();
  if (!wait_for([this] { return offsets_->deletion_is_complete(); }, kOffsetsLimit)) {
    std::printf("  Kafka has kept offsets of the topic that was deleted\n");
  }
  offsets_->begin_new_topic();
  partitions_ = partitions;
  ledger_.grow(partitions);
  start_input_tail(cluster_->brokers().direct_servers());
  feeder_->begin_new_topic(partitions);
  feeder_->resume();
  return true;
}

void Stream::add_partitions(int count) {
  partitions_ += count;
  ledger_.grow(partitions_);
  delivery::KafkaClient(cluster_->brokers().direct_servers()).grow_topic(kInput, partitions_);
  feeder_->set_partitions(partitions_);
  input_tail_->grow(kInput, partitions_);
}

std::int64_t Stream::check_lag() {
  std::optional<Fleet::Lag> lag;
  const auto deadline = Clock::now() + kLagLimit;
  do {
    lag = fleet_->lag();
    if (lag && lag->partitions == partitions_ && lag->series == partitions_ && lag->records == 0) return 0;
    wait(200ms);
  } while (Clock::now() < deadline);
  const std::int64_t left = lag ? lag->records + std::abs(partitions_ - lag->series) : partitions_;
  std::printf("  lag: %lld records and %d partitions that no worker shows\n",
              static_cast<long long>(lag ? lag->records : 0), partitions_ - (lag ? lag->series : 0));
  lag_left_ += std::max<std::int64_t>(1, left);
  return left;
}

std::int64_t Stream::finish() {
  while (fleet_->places() > 0) fleet_->remove_last();
  if (!input_tail_->catch_up(60s)) throw std::runtime_error("the input cannot be read to its end: brokers are away");
  if (!output_tail_->catch_up(60s)) {
    throw std::runtime_error("the output cannot be read to its end: a transaction is still open, or brokers are away");
  }
  if (!offsets_tail_->catch_up(60s)) throw std::runtime_error("the committed offsets cannot be read to their end");
  return uncommitted_ + offsets_->uncommitted() + offsets_->past_the_end(input_tail_->positions(kInput));
}

}  // namespace copydesk::chaos
