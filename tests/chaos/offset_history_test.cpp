// SPDX-License-Identifier: Apache-2.0
#include "tests/chaos/offset_history.h"

#include <gtest/gtest.h>

#include <chrono>

#include "tests/chaos/topic_tail.h"
#include "tests/delivery/kafka_client.h"
#include "tests/delivery/pipeline_rig.h"
#include "tests/delivery/shared_broker.h"

namespace copydesk::chaos {
namespace {

using namespace std::chrono_literals;
using namespace std::string_view_literals;

TEST(CommittedOffset, IsReadFromKafkasOwnRecords) {
  const auto key = "\0\1\0\4desk\0\4wire\0\0\0\2"sv;
  const auto value = "\0\3\0\0\0\0\0\0\1\2\0\0\0\5\0\0\0\0\1\x9a\0\0\0\0"sv;
  EXPECT_EQ(parse_committed_offset(key, value), (CommittedOffset{"desk", "wire", 2, 258}));
  EXPECT_EQ(parse_committed_offset(key, std::nullopt), (CommittedOffset{"desk", "wire", 2, std::nullopt}))
      << "a deletion";
  EXPECT_FALSE(parse_committed_offset("\0\2\0\4desk"sv, value)) << "a group's members";
  EXPECT_FALSE(parse_committed_offset(key.substr(0, key.size() - 1), value));
  EXPECT_FALSE(parse_committed_offset(key, value.substr(0, 9)));
  EXPECT_FALSE(parse_committed_offset(""sv, ""sv));
}

TEST(OffsetHistory, NoticesAnOffsetThatGoesBack) {
  OffsetHistory history("desk", "wire");
  for (const std::int64_t offset : {10, 20, 20, 15, 30}) history.committed({"desk", "wire", 1, offset});
  history.committed({"desk", "wire", 0, 5});
  history.committed({"other", "wire", 1, 1});
  history.committed({"desk", "other", 1, 1});
  EXPECT_EQ(history.commits(), 6);
  EXPECT_EQ(history.regressions(), 1);
  EXPECT_EQ(history.words(), std::vector<std::string>{"partition 1 went back from 20 to 15"});
}

TEST(OffsetHistory, BeginsAnewWithATopicThatWasRemade) {
  OffsetHistory history("desk", "wire");
  for (const std::int32_t partition : {0, 1}) history.committed({"desk", "wire", partition, 40});
  history.expect_deletion();
  EXPECT_FALSE(history.deletion_is_complete());
  history.committed({"desk", "wire", 0, std::nullopt});
  history.committed({"desk", "other", 1, std::nullopt});
  EXPECT_FALSE(history.deletion_is_complete());
  history.committed({"desk", "wire", 1, std::nullopt});
  EXPECT_TRUE(history.deletion_is_complete());
  history.begin_new_topic();
  for (const std::int64_t offset : {1, 2}) history.committed({"desk", "wire", 0, offset});
  EXPECT_EQ(history.regressions(), 0);
  // A worker that goes on with the offset of the old topic.
  history.committed({"desk", "wire", 1, 41});
  history.committed({"desk", "wire", 1, 3});
  EXPECT_EQ(history.words(), std::vector<std::string>{"partition 1 went back from 41 to 3"});
}

TEST(OffsetHistory, ForgivesADeletionOnlyOnceAndOnlyWhereItIsExpected) {
  OffsetHistory history("desk", "wire");
  history.committed({"desk", "wire", 0, 40});
  history.committed({"desk", "wire", 0, std::nullopt});
  EXPECT_EQ(history.words(), std::vector<std::string>{"partition 0 lost its offset 40"});
  history.committed({"desk", "wire", 0, 50});
  history.expect_deletion();
  history.committed({"desk", "wire", 0, 45});
  EXPECT_EQ(history.regressions(), 2) << "still the old topic";
  history.committed({"desk", "wire", 0, std::nullopt});
  history.committed({"desk", "wire", 0, 5});
  history.committed({"desk", "wire", 0, std::nullopt});
  EXPECT_EQ(history.regressions(), 3);
  // Where Kafka keeps the offset, the new topic's are compared with it.
  history.committed({"desk", "wire", 0, 9});
  history.expect_deletion();
  history.begin_new_topic();
  history.committed({"desk", "wire", 0, 2});
  EXPECT_EQ(history.regressions(), 4);
}

TEST(OffsetHistory, CountsRecordsThatAreNotCommitted) {
  OffsetHistory history("desk", "wire");
  for (const std::int64_t offset : {0, 1, 5, 6, 9}) history.holds(0, offset);  // markers of transactions between them
  for (const std::int64_t offset : {0, 1}) history.holds(1, offset);
  EXPECT_EQ(history.uncommitted(), 7);
  history.committed({"desk", "wire", 0, 6});
  EXPECT_EQ(history.uncommitted(), 4);
  history.committed({"desk", "wire", 0, 11});
  history.committed({"desk", "wire", 1, 2});
  EXPECT_EQ(history.uncommitted(), 0);
  EXPECT_EQ(history.past_the_end({{0, 11}, {1, 2}}), 0);
  EXPECT_EQ(history.past_the_end({{0, 10}, {1, 2}}), 1);
  EXPECT_EQ(history.past_the_end({{0, 11}}), 1) << "a partition that is not there";
  history.begin_new_topic();
  EXPECT_EQ(history.uncommitted(), 0);
}

TEST(TopicTail, SeesEveryCommitOfAWorkerAndEveryRecord) {
  constexpr int kCount = 200;
  delivery::PipelineRig rig;
  static_cast<void>(rig.committed());  // which makes the topic of the offsets
  OffsetHistory history(rig.group, rig.input);
  int records = 0;
  TopicTail offsets(delivery::shared_broker(), {"__consumer_offsets"}, [&](const TailRecord& record) {
    if (const auto commit = parse_committed_offset(record.key, record.value)) history.committed(*commit);
  });
  TopicTail input(delivery::shared_broker(), {rig.input},
                  [&](const TailRecord& record) { history.holds(record.partition, record.offset); });
  TopicTail output(delivery::shared_broker(), {rig.output}, [&](const TailRecord& /*record*/) { ++records; });
  rig.client().produce(rig.input, delivery::numbered_articles(kCount, 4));
  const auto worker = rig.start_worker();
  ASSERT_TRUE(rig.await_committed(kCount, 60s)) << worker->log();
  ASSERT_TRUE(offsets.catch_up(60s));
  ASSERT_TRUE(input.catch_up(60s));
  ASSERT_TRUE(output.catch_up(60s));
  EXPECT_EQ(history.past_the_end(input.positions(rig.input)), 0);
  EXPECT_EQ(records, kCount);
  EXPECT_GE(history.commits(), 4);
  EXPECT_EQ(history.regressions(), 0);
  EXPECT_EQ(history.uncommitted(), 0);
}

}  // namespace
}  // namespace copydesk::chaos
