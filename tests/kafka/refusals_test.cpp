// SPDX-License-Identifier: Apache-2.0
// Every error that a produce can end with, injected by librdkafka's mock cluster: what the producer makes of it is what
// the table of docs/delivery.md says.

#include "pipeline/kafka/refusals.h"

#include <gtest/gtest.h>
#include <librdkafka/rdkafka_mock.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "pipeline/kafka/producer.h"

namespace copydesk::kafka {
namespace {

using namespace std::chrono_literals;
using Outcome = delivery::Sink::Delivery::Outcome;

constexpr std::int16_t kProduce = 0;  // Kafka's number of that request
constexpr const char* kTopic = "enriched";

class MockCluster {
 public:
  MockCluster() {
    std::array<char, 512> reason{};
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    rd_kafka_conf_set(conf, "log_level", "0", reason.data(), reason.size());
    handle_ = rd_kafka_new(RD_KAFKA_PRODUCER, conf, reason.data(), reason.size());
    mock_ = rd_kafka_mock_cluster_new(handle_, 1);
    rd_kafka_mock_topic_create(mock_, kTopic, 1, 1);
  }
  ~MockCluster() {
    rd_kafka_mock_cluster_destroy(mock_);
    rd_kafka_destroy(handle_);
  }
  MockCluster(const MockCluster&) = delete;
  MockCluster& operator=(const MockCluster&) = delete;

  /// The next `times` produce requests end with this error.
  void refuse(rd_kafka_resp_err_t code, int times) {
    for (int i = 0; i < times; ++i) rd_kafka_mock_push_request_errors(mock_, kProduce, 1, code);
  }
  [[nodiscard]] Properties properties() const {
    return {{"bootstrap.servers", rd_kafka_mock_cluster_bootstraps(mock_)},
            {"enable.idempotence", "true"},
            {"acks", "all"},
            {"linger.ms", "100"},
            {"message.timeout.ms", "0"},
            {"retry.backoff.ms", "20"}};
  }

 private:
  rd_kafka_t* handle_ = nullptr;
  rd_kafka_mock_cluster_t* mock_ = nullptr;
};

/// Sends three records in one batch and does what a worker does at least once: what is withdrawn goes again, in order,
/// once the producer is renewed. A refused record does not go again.
class ThreeRecords final : public delivery::Sink::Listener {
 public:
  explicit ThreeRecords(const MockCluster& cluster)
      : producer_(cluster.properties(), *this, wakeup_, {.limits = nullptr, .limits_in_doubt = {}, .renews = true}) {}

  void run() {
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    send();
    while (!done() && std::chrono::steady_clock::now() < deadline) {
      producer_.poll(20ms);
      if (producer_.renewal() != delivery::Sink::Renewal::kNow) continue;
      producer_.renew();
      ++renewals;
      send();
    }
    EXPECT_TRUE(done()) << "some records were neither acknowledged nor refused";
  }
  void delivered(void* tag, const delivery::Sink::Delivery& delivery) override {
    auto& record = *static_cast<Record*>(tag);
    record.sent = false;
    record.acknowledged = delivery.outcome == Outcome::kAcknowledged;
    if (delivery.outcome == Outcome::kRefused) {
      record.refused = true;
      refusals.push_back(delivery);
    } else if (delivery.outcome == Outcome::kWithdrawn) {
      codes.insert(std::string(delivery.code));
    }
  }

  std::vector<delivery::Sink::Delivery> refusals;
  std::set<std::string> codes;  ///< for which records were withdrawn
  int renewals = 0;

 private:
  struct Record {
    std::string value;
    bool sent = false;
    bool acknowledged = false;
    bool refused = false;
  };
  void send() {
    for (Record& record : records_) {
      if (record.sent || record.acknowledged || record.refused) continue;
      record.sent = producer_.send({.topic = kTopic, .key = std::nullopt, .value = record.value, .headers = {}},
                                   &record) == delivery::Sink::Accepted::kYes;
    }
  }
  [[nodiscard]] bool done() const {
    return std::all_of(records_.begin(), records_.end(),
                       [](const Record& record) { return record.acknowledged || record.refused; });
  }

  std::array<Record, 3> records_{{{"one"}, {"two"}, {"three"}}};
  const delivery::Wakeup wakeup_;
  Producer producer_;  // last: it uses the others
};

bool comes_from_a_broker(rd_kafka_resp_err_t code) {
  return code == RD_KAFKA_RESP_ERR_UNKNOWN || code > RD_KAFKA_RESP_ERR_NO_ERROR;
}

TEST(Refusals, EachErrorOfABrokerIsMadeOfWhatTheTableSays) {
  for (const KnownRefusal& known : known_refusals()) {
    if (!comes_from_a_broker(known.code)) continue;
    SCOPED_TRACE(std::string(code_name(known.code)));
    MockCluster cluster;
    cluster.refuse(known.code, 1);
    ThreeRecords records(cluster);
    // librdkafka asks again for a topic that a broker does not know: it may just have been made.
    if (known.of == RefusalClass::kTopic && known.code != RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) {
      EXPECT_THROW(records.run(), delivery::FatalDeliveryError);
      continue;
    }
    records.run();
    EXPECT_TRUE(records.refusals.empty()) << "one refusal of a batch is no record's";
    const bool split =
        known.of == RefusalClass::kBatch || known.of == RefusalClass::kRecord || known.of == RefusalClass::kUnclear;
    if (split) {
      EXPECT_EQ(records.renewals, 1);
      EXPECT_TRUE(records.codes.contains(std::string(code_name(known.code))));
    }
  }
}

TEST(Refusals, OnlyTheRecordThatIsRefusedAloneIsRefused) {
  for (const KnownRefusal& known : known_refusals()) {
    const bool split =
        known.of == RefusalClass::kBatch || known.of == RefusalClass::kRecord || known.of == RefusalClass::kUnclear;
    if (!split || !comes_from_a_broker(known.code)) continue;
    SCOPED_TRACE(std::string(code_name(known.code)));
    MockCluster cluster;
    cluster.refuse(known.code, 2);  // the batch, then its first record alone
    ThreeRecords records(cluster);
    records.run();
    ASSERT_EQ(records.refusals.size(), 1U);
    EXPECT_EQ(records.refusals[0].code, code_name(known.code));
    EXPECT_EQ(records.refusals[0].cause, cause_of(known.code));
    EXPECT_FALSE(records.refusals[0].words.empty());
  }
}

TEST(Refusals, AnErrorThatIsNotInTheTableIsUnclear) {
  EXPECT_EQ(refusal_class(RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID), RefusalClass::kUnclear);
}

/// The rows of the table in docs/delivery.md: code and class.
std::map<std::string, std::string> documented() {
  std::ifstream page(std::string(COPYDESK_SOURCE_DIR) + "/docs/delivery.md");
  std::map<std::string, std::string> rows;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("<!-- refusals")) inside = true;
    if (line.starts_with("<!-- /refusals")) inside = false;
    if (!inside || !line.starts_with("| *")) continue;
    // | **class** | `CODE`, `CODE` | what happens |
    const std::size_t begin = line.find("**") + 2;
    const std::string of = line.substr(begin, line.find("**", begin) - begin);
    const std::size_t codes = line.find('|', begin);
    std::istringstream list(line.substr(codes + 1, line.find('|', codes + 1) - codes - 1));
    for (std::string code; std::getline(list, code, '`');) {
      if (!code.empty() && code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == std::string::npos) rows[code] = of;
    }
  }
  return rows;
}

TEST(Refusals, TheTableOfTheDocsIsThatOfTheProgram) {
  const auto rows = documented();
  std::map<std::string, std::string> own;
  for (const KnownRefusal& known : known_refusals()) {
    own[std::string(code_name(known.code))] = std::string(name_of(known.of));
  }
  EXPECT_EQ(own.size(), known_refusals().size()) << "a code stands twice";
  EXPECT_EQ(rows, own);
}

TEST(TopicLimits, AreReadFromTheSettingsOfTheTopic) {
  const TopicLimits none = limits_of({});
  EXPECT_EQ(none.max_message_bytes, 1'048'588);
  EXPECT_FALSE(none.compacted);
  const TopicLimits limits = limits_of({{"max.message.bytes", "200000"},
                                        {"cleanup.policy", "compact,delete"},
                                        {"message.timestamp.type", "CreateTime"},
                                        {"message.timestamp.after.max.ms", "3600000"},
                                        {"message.timestamp.before.max.ms", "9223372036854775807"}});
  EXPECT_EQ(limits.max_message_bytes, 200'000);
  EXPECT_EQ(limits.timestamp_after_ms, 3'600'000);
  EXPECT_EQ(limits.timestamp_before_ms, TopicLimits::kUnbounded);
  EXPECT_TRUE(limits.compacted);
  EXPECT_EQ(limits.words(),
            "batches of at most 200000 bytes, records at most 1h ahead of the clock, a key in each (it is compacted)");
  // Kafka before 3.6 has one bound for both; with the broker's own time there is none.
  EXPECT_EQ(limits_of({{"message.timestamp.difference.max.ms", "5000"}}).timestamp_before_ms, 5000);
  EXPECT_EQ(limits_of({{"message.timestamp.type", "LogAppendTime"}, {"message.timestamp.after.max.ms", "1"}})
                .timestamp_after_ms,
            TopicLimits::kUnbounded);
}

TEST(TopicLimits, TheSmallestBoundsTheBatches) {
  LearntLimits learnt;
  EXPECT_FALSE(learnt.smallest_batch());
  learnt.learn("a", limits_of({{"max.message.bytes", "5000"}}));
  learnt.learn("b", limits_of({{"max.message.bytes", "4000"}}));
  EXPECT_EQ(learnt.smallest_batch(), 4000);
  learnt.learn("b", limits_of({}));
  EXPECT_EQ(learnt.smallest_batch(), 5000);
}

}  // namespace
}  // namespace copydesk::kafka
