// SPDX-License-Identifier: Apache-2.0
// The consumer against librdkafka's mock cluster, which can be told how to answer: a commit that the client library
// repeats must not overtake a later one, and a consumer that is given up tells its listener nothing any more.

#include "pipeline/kafka/consumer.h"

#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <vector>

#include "tests/delivery/kafka_client.h"

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;

constexpr int kOffsetCommit = 8;  // Kafka's number of that request
const std::string kTopic = "wire";
const std::string kGroup = "desk";
const engine::TopicPartition kPartition{kTopic, 0};

class Cluster {
 public:
  Cluster() {
    std::array<char, 512> reason{};
    handle_ = rd_kafka_new(RD_KAFKA_PRODUCER, rd_kafka_conf_new(), reason.data(), reason.size());
    mock_ = rd_kafka_mock_cluster_new(handle_, 1);
    rd_kafka_mock_topic_create(mock_, kTopic.c_str(), 1, 1);
    rd_kafka_mock_coordinator_set(mock_, "group", kGroup.c_str(), 1);
  }
  ~Cluster() {
    rd_kafka_mock_cluster_destroy(mock_);
    rd_kafka_destroy(handle_);
  }
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

  [[nodiscard]] std::string bootstrap() const { return rd_kafka_mock_cluster_bootstraps(mock_); }
  /// The next commit is refused once, and tried again by the client.
  void load_coordinator() {
    rd_kafka_mock_push_request_errors(mock_, kOffsetCommit, 1, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS);
  }
  [[nodiscard]] std::int64_t committed() const {
    const auto offsets = KafkaClient(bootstrap()).committed(kGroup, kTopic);
    return offsets.contains(0) ? offsets.at(0) : -1;
  }

 private:
  rd_kafka_t* handle_ = nullptr;
  rd_kafka_mock_cluster_t* mock_ = nullptr;
};

struct Told final : Source::Listener {
  bool has_partition = false;
  int rebalances = 0;
  std::vector<std::int64_t> committed;
  void assigned(std::span<const engine::TopicPartition> /*partitions*/) override {
    has_partition = true;
    ++rebalances;
  }
  void revoked(std::span<const engine::TopicPartition> /*partitions*/, bool /*lost*/) override { ++rebalances; }
  void commit_finished(std::span<const CommitOffset> offsets, std::string_view error_code) override {
    if (error_code.empty()) committed.push_back(offsets.front().next_offset);
  }
};

class ConsumerTest : public testing::Test {
 protected:
  void start() {
    source = std::make_unique<kafka::Consumer>(kafka::Properties{{"bootstrap.servers", cluster.bootstrap()},
                                                                 {"group.id", kGroup},
                                                                 {"enable.auto.commit", "false"},
                                                                 {"heartbeat.interval.ms", "60000"},
                                                                 {"session.timeout.ms", "120000"},
                                                                 {"auto.offset.reset", "earliest"}},
                                               kTopic, told, wakeup);
  }
  template <class Condition>
  void poll_until(Condition condition) {
    for (const auto end = std::chrono::steady_clock::now() + 60s;
         !condition() && std::chrono::steady_clock::now() < end;) {
      static_cast<void>(source->poll(20ms));
    }
  }

  Cluster cluster;
  const Wakeup wakeup;
  Told told;
  std::unique_ptr<kafka::Consumer> source;
};

class CommitOrder : public ConsumerTest {
 protected:
  void SetUp() override {
    KafkaClient(cluster.bootstrap()).produce(kTopic, {{.key = "a", .value = "1"}});
    start();
    poll_until([this] { return told.has_partition; });
    ASSERT_TRUE(told.has_partition);
    // A heartbeat goes out at once and then none for a minute; a commit would wait for the moment after its answer.
    const auto quiet = std::chrono::steady_clock::now() + 500ms;
    poll_until([&] { return std::chrono::steady_clock::now() > quiet; });
  }
  void commit(std::int64_t offset) {
    const CommitOffset commit{kPartition, offset};
    source->commit_async({&commit, 1});
  }
};

TEST_F(CommitOrder, ARepeatedCommitDoesNotOvertakeALaterOne) {
  cluster.load_coordinator();
  commit(10);
  commit(20);
  commit(30);
  const auto has = [this](std::int64_t offset) {
    return std::find(told.committed.begin(), told.committed.end(), offset) != told.committed.end();
  };
  poll_until([&] { return has(30); });
  EXPECT_EQ(cluster.committed(), 30);
}

TEST_F(CommitOrder, TheLastCommitOfAPartitionWaitsForTheOneUnderWay) {
  cluster.load_coordinator();
  commit(10);
  const CommitOffset last{kPartition, 20};
  EXPECT_TRUE(source->commit_sync({&last, 1}, 60s));
  EXPECT_EQ(cluster.committed(), 20);
  // librdkafka 2.0 repeats the first one itself, 2.8 tells that the coordinator refused it.
  ASSERT_FALSE(told.committed.empty());
  EXPECT_EQ(told.committed.back(), 20);
}

TEST_F(CommitOrder, ACommitThatIsNotAnsweredInTimeIsToldSo) {
  cluster.load_coordinator();
  const CommitOffset last{kPartition, 20};
  EXPECT_FALSE(source->commit_sync({&last, 1}, 0ms));
  EXPECT_TRUE(source->commit_sync({&last, 1}, 60s));
  EXPECT_EQ(cluster.committed(), 20);
}

TEST_F(ConsumerTest, OneThatIsGivenUpTellsItsListenerNothing) {
  constexpr auto kPatience = 60s;
  start();
  // The group's word that partitions are there waits to be polled; closing a client serves what waits.
  const auto begin = std::chrono::steady_clock::now();
  wakeup.wait(kPatience);
  ASSERT_LT(std::chrono::steady_clock::now() - begin, kPatience) << "there was nothing to tell";
  source.reset();
  EXPECT_EQ(told.rebalances, 0);
}

TEST_F(ConsumerTest, OneThatIsGivenUpWithPartitionsTellsItsListenerNothing) {
  start();
  poll_until([this] { return told.has_partition; });
  ASSERT_EQ(told.rebalances, 1);
  source.reset();
  EXPECT_EQ(told.rebalances, 1);
}

}  // namespace
}  // namespace copydesk::delivery
