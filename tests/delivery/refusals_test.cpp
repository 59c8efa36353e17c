// SPDX-License-Identifier: Apache-2.0
// What the output or the dead-letter topic refuses concerns only what it refuses: a batch that is too large, one
// record. The rest of the stream goes on, in order, with both guarantees.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "tests/delivery/pipeline_rig.h"

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// Bytes of text that no compression makes much smaller.
std::string noise(std::size_t bytes, unsigned seed = 1) {
  std::string text;
  std::uint64_t state = seed;
  while (text.size() < bytes) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    text += static_cast<char>('a' + (state >> 33U) % 26);
    if ((state >> 40U) % 7 == 0) text += ' ';
  }
  return text;
}

class Refusals : public ::testing::TestWithParam<const char*> {
 protected:
  [[nodiscard]] PipelineRig::Options options() const {
    return {.partitions = 2, .delivery = std::string("  guarantee: ") + GetParam() + "\n"};
  }
  static void feed_and_await(const PipelineRig& rig, WorkerProcess& worker, const std::vector<Record>& records) {
    rig.client().produce(rig.input, records);
    ASSERT_TRUE(rig.await_committed(std::ssize(records), 100s)) << worker.log();
  }
  static void expect_all_in_order(const PipelineRig& rig, int count, WorkerProcess& worker) {
    const Arrival arrival = arrival_of(rig.client().read_all(rig.output), count, 2);
    EXPECT_EQ(arrival.distinct, count) << worker.log();
    EXPECT_EQ(arrival.lost, std::vector<std::string>());
    EXPECT_EQ(arrival.most_restarts, 0) << worker.log();
  }
};

TEST_P(Refusals, ALimitBelowTheBatchSizeCostsNoArticle) {
  for (const char* compression : {"none", "zstd"}) {
    SCOPED_TRACE(compression);
    PipelineRig::Options how = options();
    how.delivery += std::string("  linger: 200ms\n  compression: ") + compression + "\n";
    how.output_topic = {{"max.message.bytes", "200000"}};
    const PipelineRig rig(how);
    const auto worker = const_cast<PipelineRig&>(rig).start_worker();
    worker->await_ready();
    EXPECT_NE(worker->log().find("batches of at most 200000 bytes"), std::string::npos) << worker->log();
    feed_and_await(rig, *worker, numbered_articles(300, 2));
    EXPECT_EQ(worker->stop(), 0) << worker->log();
    expect_all_in_order(rig, 300, *worker);
    EXPECT_EQ(rig.client().count(rig.dead_letters), 0);
    EXPECT_EQ(worker->log().find("refuses a batch"), std::string::npos) << "the limit was known\n" << worker->log();
  }
}

TEST_P(Refusals, ALimitThatIsLoweredWhileItRunsCostsNoArticle) {
  PipelineRig::Options how = options();
  how.delivery += "  linger: 300ms\n  compression: none\n";
  how.kafka = "  topic_check_interval: 5m\n";  // so that the worker learns of it by the refusal
  PipelineRig rig(how);
  const auto worker = rig.start_worker();
  worker->await_ready();
  rig.client().configure_topic(rig.output, {{"max.message.bytes", "30000"}});
  feed_and_await(rig, *worker, numbered_articles(400, 2));
  EXPECT_NE(worker->log().find("refuses a batch"), std::string::npos) << "the limit was not met\n" << worker->log();
  EXPECT_EQ(worker->stop(), 0) << worker->log();
  expect_all_in_order(rig, 400, *worker);
  EXPECT_EQ(rig.client().count(rig.dead_letters), 0);
}

TEST_P(Refusals, AChangedLimitIsLearntWhileItRuns) {
  PipelineRig::Options how = options();
  how.delivery += "  linger: 300ms\n  compression: none\n";
  how.kafka = "  topic_check_interval: 1s\n";
  PipelineRig rig(how);
  const auto worker = rig.start_worker();
  worker->await_ready();
  rig.client().configure_topic(rig.output, {{"max.message.bytes", "30000"}});
  ASSERT_TRUE(comes_true([&] { return worker->log().find("now takes") != std::string::npos; }, 20s)) << worker->log();
  feed_and_await(rig, *worker, numbered_articles(400, 2));
  EXPECT_EQ(worker->log().find("refuses a batch"), std::string::npos) << worker->log();
  EXPECT_EQ(worker->stop(), 0) << worker->log();
  expect_all_in_order(rig, 400, *worker);
}

TEST_P(Refusals, DeadLettersKeepKeyHeadersAndValueWhereTheTopicHoldsThemOneByOne) {
  for (const bool known : {true, false}) {
    SCOPED_TRACE(known ? "known at the start" : "set while it runs");
    PipelineRig::Options how = options();
    how.delivery += "  linger: 200ms\n  compression: none\n";
    how.kafka = "  topic_check_interval: 5m\n";
    if (known) how.dead_letter_topic = {{"max.message.bytes", "200000"}};
    PipelineRig rig(how);
    const auto worker = rig.start_worker();
    worker->await_ready();
    if (!known) rig.client().configure_topic(rig.dead_letters, {{"max.message.bytes", "200000"}});
    std::vector<Record> records;
    for (int i = 0; i < 300; ++i) {
      records.push_back({.partition = i % 2, .key = "k" + std::to_string(i), .value = "{" + noise(8000)});
      records.back().headers = {{"trace", std::to_string(i)}};
    }
    feed_and_await(rig, *worker, records);
    EXPECT_EQ(worker->stop(), 0) << worker->log();
    const auto dead = rig.client().read_all(rig.dead_letters);
    ASSERT_EQ(dead.size(), 300U);
    for (const Record& letter : dead) {
      EXPECT_TRUE(letter.key && letter.value && letter.value->size() > 8000);
      EXPECT_TRUE(letter.header("trace"));
    }
  }
}

TEST_P(Refusals, OneArticleThatIsTooLargeIsADeadLetterAlone) {
  PipelineRig::Options how = options();
  how.delivery += "  linger: 200ms\n";
  how.output_topic = how.dead_letter_topic = {{"max.message.bytes", "200000"}};
  how.settings = "limits:\n  article_deadline: 60s\n";
  PipelineRig rig(how);
  const auto worker = rig.start_worker();
  worker->await_ready();
  std::vector<Record> records = numbered_articles(200, 2);
  records[101].value = R"({"id":"giant","text":")" + noise(600'000) + R"("})";
  feed_and_await(rig, *worker, records);
  EXPECT_EQ(worker->metric("copydesk_records_refused_total"), 2) << "the record, and its dead letter with the value";
  EXPECT_EQ(worker->stop(), 0) << worker->log();
  const Arrival arrival = arrival_of(rig.client().read_all(rig.output), 200, 2);
  EXPECT_EQ(arrival.distinct, 199);
  EXPECT_EQ(arrival.most_restarts, 0) << worker->log();
  const auto dead = rig.client().read_all(rig.dead_letters);
  ASSERT_EQ(dead.size(), 1U) << worker->log();
  EXPECT_EQ(dead[0].header("__copydesk.errors.reason"), "output_too_large");
  EXPECT_EQ(dead[0].key, records[101].key);
}

TEST_P(Refusals, ATimestampThatTheTopicDoesNotTakeIsReplaced) {
  for (const bool known : {true, false}) {
    SCOPED_TRACE(known ? "known at the start" : "set while it runs");
    const std::map<std::string, std::string> narrow{{"message.timestamp.after.max.ms", "600000"},
                                                    {"message.timestamp.before.max.ms", "600000"}};
    PipelineRig::Options how = options();
    how.kafka = "  topic_check_interval: 5m\n";
    if (known) how.output_topic = how.dead_letter_topic = narrow;
    PipelineRig rig(how);
    const auto worker = rig.start_worker();
    worker->await_ready();
    if (!known) {
      rig.client().configure_topic(rig.output, narrow);
      rig.client().configure_topic(rig.dead_letters, narrow);
    }
    // The input's own bound is an hour ahead.
    rig.client().configure_topic(rig.input, {{"message.timestamp.after.max.ms", "9223372036854775807"}});
    std::vector<Record> records = numbered_articles(60, 2);
    const std::int64_t now = now_ms();
    records[20].timestamp = now + 3 * 3'600'000;
    records[31].timestamp = now - 3 * 3'600'000;
    records[32].timestamp = now - 3 * 3'600'000;
    records[32].value = "{";
    feed_and_await(rig, *worker, records);
    EXPECT_EQ(worker->stop(), 0) << worker->log();
    const auto output = rig.client().read_all(rig.output);
    const Arrival arrival = arrival_of(output, 60, 2);
    EXPECT_EQ(arrival.distinct, 59) << worker->log();
    EXPECT_EQ(arrival.most_restarts, 0);
    for (const int index : {20, 31}) {
      const auto found = std::find_if(output.begin(), output.end(), [&](const Record& record) {
        return record.key == records[static_cast<std::size_t>(index)].key;
      });
      ASSERT_NE(found, output.end());
      EXPECT_EQ(found->header("copydesk.timestamp"),
                std::to_string(records[static_cast<std::size_t>(index)].timestamp));
      EXPECT_LT(std::abs(found->timestamp - now), 600'000);
    }
    const auto dead = rig.client().read_all(rig.dead_letters);
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_EQ(dead[0].value, "{");
    EXPECT_EQ(dead[0].header("__copydesk.errors.timestamp"), std::to_string(records[32].timestamp));
  }
}

TEST_P(Refusals, ACompactedTopicNeverMakesALoop) {
  for (const bool known : {true, false}) {
    SCOPED_TRACE(known ? "known at the start" : "set while it runs");
    const std::map<std::string, std::string> compacted{{"cleanup.policy", "compact"}};
    PipelineRig::Options how = options();
    how.kafka = "  topic_check_interval: 5m\n";
    if (known) how.output_topic = how.dead_letter_topic = compacted;
    PipelineRig rig(how);
    const auto worker = rig.start_worker();
    worker->await_ready();
    if (!known) {
      rig.client().configure_topic(rig.output, compacted);
      rig.client().configure_topic(rig.dead_letters, compacted);
    }
    std::vector<Record> records = numbered_articles(40, 2);
    records[10].key.reset();
    records[10].value.reset();  // a tombstone without a key
    records[21].key.reset();
    records[21].value = "junk";
    records[22].key.reset();  // an article: its id becomes the key
    feed_and_await(rig, *worker, records);
    EXPECT_EQ(worker->stop(), 0) << worker->log();
    EXPECT_EQ(arrival_of(rig.client().read_all(rig.output), 40, 2).distinct, 38) << worker->log();
    const auto dead = rig.client().read_all(rig.dead_letters);
    ASSERT_EQ(dead.size(), 2U) << worker->log();
    for (const Record& letter : dead) {
      EXPECT_EQ(letter.key, rig.input + "/" + *letter.header("__copydesk.errors.partition") + ":" +
                                *letter.header("__copydesk.errors.offset"));
      EXPECT_TRUE(letter.header("__copydesk.errors.key_made"));
    }
  }
}

TEST_P(Refusals, FeedBoundsItsBatchesByTheTopicToo) {
  PipelineRig rig(options());
  rig.client().configure_topic(rig.input, {{"max.message.bytes", "20000"}});
  const Ended ended = run_copydesk({"feed", "--config", rig.settings_file().string(), "--count", "300", "--loop",
                                    std::string(COPYDESK_SOURCE_DIR) + "/deploy/demo/wire"});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(rig.client().count(rig.input), 300) << ended.err;
}

INSTANTIATE_TEST_SUITE_P(Each, Refusals, ::testing::Values("at_least_once", "exactly_once"),
                         [](const auto& param) { return std::string(param.param); });

}  // namespace
}  // namespace copydesk::delivery
