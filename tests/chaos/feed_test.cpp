// SPDX-License-Identifier: Apache-2.0
// The feed and its readers on a real broker: transactions, partitions that are added, a topic that is made anew, and
// what a record says of its article.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

#include "tests/chaos/arrivals.h"
#include "tests/chaos/cluster.h"
#include "tests/chaos/feeder.h"
#include "tests/chaos/topic_tail.h"
#include "tests/delivery/kafka_client.h"
#include "tests/delivery/pipeline_rig.h"
#include "tests/delivery/shared_broker.h"

namespace copydesk::chaos {
namespace {

using namespace std::chrono_literals;
using delivery::shared_broker;

class FeedTest : public testing::Test {
 protected:
  FeedTest() { client.create_topic(topic, 2); }

  [[nodiscard]] TopicTail::Handler to_the_ledger() {
    return [this](const TailRecord& record) {
      ++records[record.partition];
      ledger.fed(article_number(record.header("chaos-article").value_or("")), Ledger::Clock::now(),
                 record.timestamp_ms);
    };
  }
  [[nodiscard]] Feeder::Options options() const {
    return {.bootstrap = shared_broker(), .topic = topic, .partitions = 2, .articles_per_second = 200};
  }

  const delivery::KafkaClient client{shared_broker()};
  const std::string topic = delivery::unique_name("feed");
  Ledger ledger{2};
  std::map<std::int32_t, int> records;
};

TEST_F(FeedTest, TellsTheLedgerWhatWasCommittedAndWhatWasAborted) {
  TopicTail tail(shared_broker(), {topic}, to_the_ledger());
  Feeder feeder(options(), ledger);
  feeder.set_transactions(Transactions{.length = 100ms, .abort_every = 3, .leave_every = 10});
  ASSERT_TRUE(delivery::comes_true([&] { return feeder.transactions().left_open >= 1; }, 60s)) << feeder.failure();
  ASSERT_TRUE(feeder.pause(60s)) << feeder.failure();
  ASSERT_TRUE(tail.catch_up(60s)) << "the broker ends what was left open";
  feeder.set_transactions(std::nullopt);
  ASSERT_TRUE(delivery::comes_true([&] { return feeder.transactions().committed >= 6; }, 60s));
  EXPECT_GE(feeder.transactions().aborted, 3);
  EXPECT_EQ(feeder.transactions().unclear, 0);
  const Counts counts = ledger.counts();
  EXPECT_GT(counts.in, 100);
  EXPECT_EQ(counts.in, ledger.waiting());
  EXPECT_EQ(counts.unknown, 0) << "a reader of committed records has seen aborted ones";
  EXPECT_EQ(counts.in, records[0] + records[1]);
  // The markers of transactions take offsets too, and so do aborted records.
  EXPECT_GT(client.count(topic), counts.in + 12);
}

TEST_F(FeedTest, FeedsAndReadsPartitionsThatAreAdded) {
  TopicTail tail(shared_broker(), {topic}, to_the_ledger());
  Feeder feeder(options(), ledger);
  ASSERT_TRUE(delivery::comes_true([&] { return ledger.counts().in > 50; }, 60s));
  ledger.grow(4);
  delivery::KafkaClient(shared_broker()).grow_topic(topic, 4);
  feeder.set_partitions(4);
  tail.grow(topic, 4);
  ASSERT_TRUE(delivery::comes_true([&] { return ledger.fed_so_far()[3] > 20; }, 60s)) << feeder.failure();
  ASSERT_TRUE(feeder.pause(60s));
  ASSERT_TRUE(tail.catch_up(60s));
  EXPECT_EQ(client.count(topic), ledger.counts().in);
  const auto positions = tail.positions(topic);
  for (const std::int32_t partition : {0, 1, 2, 3}) {
    EXPECT_EQ(positions.at(partition), records[partition]);
    EXPECT_EQ(ledger.fed_so_far()[static_cast<std::size_t>(partition)], records[partition]) << "none was left out";
  }
}

TEST_F(FeedTest, GoesOnAtTheBeginningOfATopicThatIsMadeAnew) {
  Feeder feeder(options(), ledger);
  std::int64_t before = 0;
  {
    const TopicTail tail(shared_broker(), {topic}, to_the_ledger());
    ASSERT_TRUE(delivery::comes_true([&] { return ledger.counts().in > 50; }, 60s));
    ASSERT_TRUE(feeder.pause(60s));
    ASSERT_TRUE(delivery::comes_true([&] { return client.count(topic) == ledger.counts().in; }, 60s));
    before = ledger.counts().in;
  }
  client.delete_topic(topic);
  client.create_topic(topic, 2);
  records.clear();
  TopicTail tail(shared_broker(), {topic}, to_the_ledger());
  feeder.begin_new_topic(2);
  feeder.resume();
  ASSERT_TRUE(delivery::comes_true([&] { return ledger.counts().in > before + 50; }, 60s)) << feeder.failure();
  ASSERT_TRUE(feeder.pause(60s));
  ASSERT_TRUE(tail.catch_up(60s));
  EXPECT_EQ(records[0] + records[1], client.count(topic));
  EXPECT_EQ(ledger.counts().in, before + client.count(topic));
  // A broker that has not heard of the new topic yet may refuse the first ones.
  EXPECT_GE(ledger.fed_so_far()[0] + ledger.fed_so_far()[1], ledger.counts().in) << "the numbers go on";
  EXPECT_EQ(ledger.counts().duplicated, 0);
}

TEST_F(FeedTest, ReadsWhatARecordSaysOfItsArticle) {
  const delivery::Headers named{{"chaos-article", "wire-0-7"}};
  const auto with = [&](delivery::Headers more) {
    more.insert(more.begin(), named.begin(), named.end());
    return more;
  };
  const std::string value = R"({"id":"wire-0-7"})";
  const std::vector<delivery::Record> sent{
      {.key = "wire-0-7", .value = value, .headers = named, .timestamp = 1'700'000'000'000},
      {.key = "wire-0-8", .value = value, .headers = named},                   // another one's key
      {.key = "wire-0-7", .value = R"({"id":"wire-0-8"})", .headers = named},  // another one's value
      {.value = value, .headers = named},                                      // no key
      {.key = "wire-0-7", .value = value},                                     // no header
      {.key = "wire-0-7", .headers = named},
      {.key = "wire-0-7", .value = value, .headers = with({{"copydesk.timestamp", "1234"}})},
      {.key = "wire-0-7", .value = value, .headers = with({{"copydesk.timestamp", "yesterday"}})},
      {.value = value,
       .headers = with({{"__copydesk.errors.reason", "output_too_large"}, {"__copydesk.errors.timestamp", "5678"}})},
  };
  client.produce(topic, sent);
  struct Reading {
    Arrival output, dead;
  };
  std::vector<Reading> readings;
  TopicTail tail(shared_broker(), {topic}, [&](const TailRecord& record) {
    readings.push_back({read_arrival(record, Exit::kOutput), read_arrival(record, Exit::kDeadLetters)});
  });
  ASSERT_TRUE(tail.catch_up(60s));
  ASSERT_EQ(readings.size(), sent.size());
  const ArticleNumber seven{0, 7};
  EXPECT_EQ(readings[0].output.article, seven);
  EXPECT_EQ(readings[0].output.timestamp_ms, 1'700'000'000'000);
  EXPECT_FALSE(readings[0].output.restamped);
  EXPECT_EQ(readings[0].dead.reason, Reason::kInput);
  for (const std::size_t i : {1U, 2U, 3U, 4U}) EXPECT_EQ(readings[i].output.article, ArticleNumber{}) << i;
  EXPECT_EQ(readings[3].dead.article, seven) << "a dead letter is as its article came";
  EXPECT_EQ(readings[5].output.article, seven);
  EXPECT_FALSE(readings[5].output.has_value);
  EXPECT_EQ(readings[6].output.timestamp_ms, 1234);
  EXPECT_TRUE(readings[6].output.restamped);
  EXPECT_EQ(readings[7].output.timestamp_ms, 0) << "no article has that one";
  EXPECT_EQ(readings[8].dead.reason, Reason::kTooLarge);
  EXPECT_EQ(readings[8].dead.timestamp_ms, 5678);
  EXPECT_FALSE(readings[8].dead.restamped);
}

}  // namespace
}  // namespace copydesk::chaos
