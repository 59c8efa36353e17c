// SPDX-License-Identifier: Apache-2.0
// What is wrong with a record must cost that record alone, and change nothing of it.

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/delivery/bad_wire.h"
#include "tests/delivery/pipeline_rig.h"

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;

std::string megabytes_of_text(std::size_t megabytes) {
  constexpr std::string_view kSentence =
      "The harbour opens when the ice has gone and the boats are ready for the sea. ";
  std::string text;
  while (text.size() < (megabytes << 20U)) text += kSentence;
  return text;
}

void expect_dead_letter(const PipelineRig& rig, const Record& sent, const Record* got, const std::string& reason,
                        std::int64_t offset) {
  ASSERT_NE(got, nullptr) << "no dead letter";
  EXPECT_EQ(got->key, sent.key);
  EXPECT_TRUE(got->value == sent.value) << "its bytes must be those that came";
  ASSERT_GE(got->headers.size(), sent.headers.size());
  EXPECT_TRUE(std::equal(sent.headers.begin(), sent.headers.end(), got->headers.begin())) << "its headers come first";
  EXPECT_EQ(got->header("__copydesk.errors.reason"), reason);
  EXPECT_NE(got->header("__copydesk.errors.message").value_or(""), "");
  EXPECT_NE(got->header("__copydesk.errors.stage").value_or(""), "");
  EXPECT_NE(got->header("__copydesk.errors.version").value_or(""), "");
  EXPECT_NE(got->header("__copydesk.errors.timestamp").value_or(""), "");
  EXPECT_EQ(got->header("__copydesk.errors.topic"), rig.input);
  EXPECT_EQ(got->header("__copydesk.errors.partition"), std::to_string(sent.partition));
  EXPECT_EQ(got->header("__copydesk.errors.offset"), std::to_string(offset));
}

TEST(BadInput, EveryKindIsADeadLetterOrEnrichedAndTheStreamGoesOn) {
  const std::vector<BadValue> cases = bad_values();
  ASSERT_GT(cases.size(), 30U);
  // A bad record, a good one, a bad one, … so that each must let the next one through.
  std::vector<Record> sent;
  for (const BadValue& bad : cases) {
    Record record;
    record.value = bad.bytes;
    record.headers = {
        {"case", bad.file}, {"binary", std::string("\x00\xff", 2)}, {"case-twice", "1"}, {"case-twice", "2"}};
    sent.push_back(record);
    sent.push_back(numbered_article(0, static_cast<int>(sent.size() / 2)));
  }
  const auto good = static_cast<int>(cases.size());

  PipelineRig rig({.partitions = 1});
  const auto worker = rig.start_worker();
  rig.client().produce(rig.input, sent);
  ASSERT_TRUE(rig.await_committed(std::ssize(sent), 60s)) << worker->log();
  EXPECT_EQ(worker->stop(), 0) << worker->log();

  const std::vector<Record> output = rig.client().read_all(rig.output);
  const std::vector<Record> dead = rig.client().read_all(rig.dead_letters);
  EXPECT_EQ(output.size() + dead.size(), sent.size()) << "each comes out exactly once";
  for (std::size_t i = 0; i < cases.size(); ++i) {
    SCOPED_TRACE(cases[i].file);
    if (cases[i].enriched) {
      const Record* record = find_case(output, cases[i].file);
      ASSERT_NE(record, nullptr);
      EXPECT_EQ(record->headers, sent[2 * i].headers);
      EXPECT_EQ(find_case(dead, cases[i].file), nullptr);
    } else {
      expect_dead_letter(rig, sent[2 * i], find_case(dead, cases[i].file), cases[i].reason,
                         static_cast<std::int64_t>(2 * i));
      EXPECT_EQ(find_case(output, cases[i].file), nullptr);
    }
  }
  std::vector<Record> numbered;
  std::copy_if(output.begin(), output.end(), std::back_inserter(numbered),
               [](const Record& record) { return !record.header("case"); });
  const Arrival arrival = arrival_of(numbered, good, 1);
  EXPECT_EQ(arrival.distinct, good);
  EXPECT_EQ(arrival.most_restarts, 0);
}

TEST(BadInput, LargeArticlesPassUpToTheLimit) {
  PipelineRig rig({.partitions = 1, .settings = "limits:\n  max_article_bytes: 12MiB\n  article_deadline: 60s\n"});
  std::vector<Record> sent(3);
  sent[0].value = R"({"id":"large","text":")" + megabytes_of_text(10) + R"("})";
  sent[0].headers = {{"case", "10 MB"}};
  sent[1].value = R"({"id":"larger","text":")" + megabytes_of_text(13) + R"("})";
  sent[1].headers = {{"case", "13 MB"}};
  sent[2] = numbered_article(0, 0);
  const auto worker = rig.start_worker();
  rig.client().produce(rig.input, sent);
  ASSERT_TRUE(rig.await_committed(3, 100s)) << worker->log();
  EXPECT_EQ(worker->stop(), 0) << worker->log();

  const std::vector<Record> output = rig.client().read_all(rig.output);
  const std::vector<Record> dead = rig.client().read_all(rig.dead_letters);
  EXPECT_NE(find_case(output, "10 MB"), nullptr);
  expect_dead_letter(rig, sent[1], find_case(dead, "13 MB"), "too_large", 1);
  EXPECT_EQ(output.size(), 2U);
}

TEST(BadInput, TombstonesPassAndKeysAreKept) {
  PipelineRig rig({.partitions = 1, .output_partitions = 1});
  std::vector<Record> sent(4);
  sent[0] = numbered_article(0, 0);
  sent[0].key = "desk-key";
  sent[0].headers = {{"agency", "Northline"}};
  sent[1].key = "desk-key";  // a tombstone
  sent[1].headers = {{"agency", "Northline"}};
  sent[2] = numbered_article(0, 1);
  sent[2].key.reset();
  sent[3].key = "empty";
  sent[3].value = "";
  const auto worker = rig.start_worker();
  rig.client().produce(rig.input, sent);
  ASSERT_TRUE(rig.await_committed(4, 60s)) << worker->log();
  EXPECT_EQ(worker->stop(), 0) << worker->log();

  const std::vector<Record> output = rig.client().read_all(rig.output);
  ASSERT_EQ(output.size(), 3U);
  EXPECT_EQ(output[0].key, "desk-key");
  EXPECT_EQ(output[0].headers, sent[0].headers);
  EXPECT_EQ(output[1].key, "desk-key");
  EXPECT_EQ(output[1].value, std::nullopt);
  EXPECT_EQ(output[1].headers, sent[1].headers);
  EXPECT_EQ(output[2].key, "wire-0-1") << "an article without a key gets its id";
  const std::vector<Record> dead = rig.client().read_all(rig.dead_letters);
  ASSERT_EQ(dead.size(), 1U);
  EXPECT_EQ(dead[0].key, "empty");
  EXPECT_EQ(dead[0].value, "");
  EXPECT_EQ(dead[0].header("__copydesk.errors.reason"), "empty");
}

}  // namespace
}  // namespace copydesk::delivery
