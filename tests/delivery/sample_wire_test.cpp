// SPDX-License-Identifier: Apache-2.0
// The sample wire through `copydesk feed` and a worker: what comes out of Kafka is what `copydesk enrich` prints.

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "tests/delivery/pipeline_rig.h"
#include "tests/delivery/shared_broker.h"

namespace fs = std::filesystem;

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;

const std::string kWire = std::string(COPYDESK_SOURCE_DIR) + "/deploy/demo/wire";

// Runs a command of `copydesk` to its end; the lines that it printed.
std::vector<std::string> lines_of(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), COPYDESK_BINARY);
  const fs::path out = fs::temp_directory_path() / unique_name("copydesk-out");
  const fs::path err = fs::temp_directory_path() / unique_name("copydesk-err");
  private_broker::ChildProcess process({.argv = arguments, .out = out, .err = err});
  const auto& ended = process.wait(60s);
  std::ifstream errors(err);
  const std::string words{std::istreambuf_iterator<char>(errors), {}};
  EXPECT_TRUE(ended && ended->clean()) << words;
  std::vector<std::string> lines;
  std::ifstream stream(out);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  fs::remove(out);
  fs::remove(err);
  return lines;
}

class SampleWire : public testing::TestWithParam<std::string> {};

TEST_P(SampleWire, ComesOutOfKafkaAsOfEnrich) {
  const std::string& format = GetParam();
  std::vector<std::string> expected = lines_of({"enrich", "--format", format, kWire});
  ASSERT_GE(expected.size(), 40U);

  PipelineRig rig({.settings = "output:\n  format: " + format + "\n  timestamps: false\n"});
  const auto worker = rig.start_worker();
  lines_of({"feed", "--brokers", shared_broker(), "--topic", rig.input, kWire});
  ASSERT_TRUE(rig.await_committed(std::ssize(expected), 60s)) << worker->log();
  EXPECT_EQ(worker->stop(), 0) << worker->log();

  std::vector<std::string> got;
  for (const Record& record : rig.client().read_all(rig.output)) got.push_back(record.value.value_or("(tombstone)"));
  std::sort(expected.begin(), expected.end());
  std::sort(got.begin(), got.end());
  EXPECT_EQ(got.size(), expected.size());
  std::vector<std::string> missing;
  std::set_difference(expected.begin(), expected.end(), got.begin(), got.end(), std::back_inserter(missing));
  std::vector<std::string> different;
  std::set_difference(got.begin(), got.end(), expected.begin(), expected.end(), std::back_inserter(different));
  EXPECT_TRUE(missing.empty() && different.empty())
      << missing.size() << " differ; enrich prints\n"
      << (missing.empty() ? "nothing" : missing.front()) << "\nwhere Kafka has\n"
      << (different.empty() ? "nothing" : different.front());
  EXPECT_EQ(rig.client().count(rig.dead_letters), 0);
}

INSTANTIATE_TEST_SUITE_P(Formats, SampleWire, testing::Values("record", "ninjs"),
                         [](const auto& instance) { return instance.param; });

TEST(Feed, KeysArticlesByTheirIdsAndLoopsToACount) {
  const KafkaClient client(shared_broker());
  const std::string topic = unique_name("fed");
  client.create_topic(topic, 3);
  lines_of({"feed", "--brokers", shared_broker(), "--topic", topic, "--loop", "--count", "120", kWire});
  const std::vector<Record> fed = client.read_all(topic);
  EXPECT_EQ(fed.size(), 120U);
  std::map<std::string, std::set<std::int32_t>> partitions;
  for (const Record& record : fed) {
    ASSERT_TRUE(record.key && record.value);
    partitions[*record.key].insert(record.partition);
    if (!record.key->ends_with(".txt")) {
      EXPECT_NE(record.value->find(*record.key), std::string::npos) << "the key is the article's own id";
    }
  }
  EXPECT_GE(partitions.size(), 40U);
  for (const auto& [key, where] : partitions) EXPECT_EQ(where.size(), 1U) << key << " must keep to one partition";
}

}  // namespace
}  // namespace copydesk::delivery
