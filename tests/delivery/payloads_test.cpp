// SPDX-License-Identifier: Apache-2.0
// Values that are something else than JSON, frames of schema registries, and keys that are no text.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/delivery/bad_wire.h"
#include "tests/delivery/pipeline_rig.h"
#include "tests/delivery/shared_broker.h"

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using Json = nlohmann::json;

std::string confluent(char schema_id, const std::string& content) {
  return "\0\0\0\0"s + schema_id + content;
}
std::string glue(const std::string& content) {
  return "\x03\0"s + std::string(16, '\x5A') + content;
}
std::string article(const std::string& id) {
  return R"({"id":")" + id +
         R"(","text":"Mayor Ines Tallow said \"the bridge will reopen on Monday\" in Harrowby.","desk":[1,2]})";
}

/// Record or event as JSON; a failure and null where it is none.
Json parsed(const std::string& text) {
  Json json = Json::parse(text, nullptr, false);
  EXPECT_FALSE(json.is_discarded()) << text.substr(0, 300);
  return json.is_discarded() ? Json() : json;
}

class Payloads : public testing::TestWithParam<const char*> {
 protected:
  [[nodiscard]] static PipelineRig::Options options(const std::string& settings = "") {
    PipelineRig::Options options{.partitions = 1, .output_partitions = 1, .settings = settings};
    options.delivery = "  guarantee: "s + GetParam() + "\n";
    return options;
  }
};

TEST_P(Payloads, WhatIsNoJsonIsADeadLetterThatNamesIt) {
  // Those of which the manifest says what their message must name.
  std::vector<BadValue> values = bad_values();
  std::erase_if(values, [](const BadValue& value) { return value.enriched || value.message.empty(); });
  ASSERT_GT(values.size(), 25U);
  std::vector<Record> sent;
  for (const BadValue& value : values) {
    Record record;
    record.key = "k";  // an id would not be missing
    record.value = value.bytes;
    record.headers = {{"case", value.file}};
    sent.push_back(record);
    sent.push_back(numbered_article(0, static_cast<int>(sent.size() / 2)));
  }
  PipelineRig rig(options());
  const auto worker = rig.start_worker();
  rig.client().produce(rig.input, sent);
  ASSERT_TRUE(rig.await_committed(std::ssize(sent), 60s)) << worker->log();
  EXPECT_EQ(worker->metric("copydesk_frames_removed_total"), 0);
  EXPECT_EQ(worker->stop(), 0) << worker->log();

  const std::vector<Record> dead = rig.client().read_all(rig.dead_letters);
  EXPECT_EQ(dead.size(), values.size());
  EXPECT_EQ(rig.client().read_all(rig.output).size(), values.size()) << "the good ones between them";
  for (const BadValue& value : values) {
    SCOPED_TRACE(value.file);
    const Record* letter = find_case(dead, value.file);
    ASSERT_NE(letter, nullptr);
    EXPECT_TRUE(letter->value == value.bytes) << "its bytes must be those that came, frame included";
    EXPECT_EQ(letter->header("__copydesk.errors.reason"), value.reason);
    const std::string message = letter->header("__copydesk.errors.message").value_or("");
    EXPECT_NE(message.find(value.message), std::string::npos) << message;
    EXPECT_NE(message.find("; "), std::string::npos) << "what to do: " << message;
  }
}

TEST_P(Payloads, FramesBeforeJsonAreTakenOffAndCounted) {
  const std::string ninjs =
      "{\n  \"uri\": \"urn:framed\",\n  \"headlines\": [{\"value\": \"Bridge to reopen\"}],\n"
      "  \"bodies\": [{\"value\": \"Mayor Ines Tallow opened it in Harrowby.\"}]\n}\n";
  std::vector<Record> sent(7);
  sent[0].value = confluent(7, article("framed"));
  sent[1].value = confluent(0x7B, " \r\n\t" + article("space"));
  sent[2].value = confluent(7, "\xEF\xBB\xBF" + article("mark"));
  sent[3].value = glue(article("glue"));
  sent[4].value = article("bare");
  sent[5].value = confluent(9, ninjs);
  sent[6].value = confluent(9, article("cut").substr(0, 60));
  for (const std::string format : {"record", "ninjs"}) {
    SCOPED_TRACE(format);
    PipelineRig rig(options("output:\n  format: " + format + "\n"));
    const auto worker = rig.start_worker();
    rig.client().produce(rig.input, sent);
    ASSERT_TRUE(rig.await_committed(std::ssize(sent), 60s)) << worker->log();
    EXPECT_TRUE(comes_true([&] { return worker->metric("copydesk_frames_removed_total") == 5; }, 10s));
    EXPECT_EQ(worker->metric("copydesk_frames_removed_total{format=\"glue\"}"), 1);
    EXPECT_EQ(worker->stop(), 0) << worker->log();

    const std::vector<Record> output = rig.client().read_all(rig.output);
    ASSERT_EQ(output.size(), 6U);
    const std::vector<std::string> ids{"framed", "space", "mark", "glue", "bare", "urn:framed"};
    for (std::size_t i = 0; i < output.size(); ++i) {
      EXPECT_EQ(output[i].key, ids[i]) << "the id is the key where the article had none";
      const Json record = parsed(output[i].value.value_or(""));
      if (format == "record") {
        EXPECT_EQ(record.value("id", ""), ids[i]);
        EXPECT_NE(record.value("text", "").find("Mayor Ines Tallow"), std::string::npos);
      } else {
        EXPECT_EQ(record.value("uri", ""), i < 5 ? "urn:x-copydesk:" + ids[i] : ids[i]);
        EXPECT_TRUE(record.contains("people")) << record.dump();
      }
    }
    const std::vector<Record> dead = rig.client().read_all(rig.dead_letters);
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_TRUE(dead[0].value == sent[6].value);
    EXPECT_NE(dead[0].header("__copydesk.errors.message").value_or("").find("Confluent frame, schema id 9"),
              std::string::npos);
  }
}

TEST_P(Payloads, AKeyThatIsNoTextStandsInForTheIdAsText) {
  const std::string text = R"({"text":"Mayor Ines Tallow opened the bridge in Harrowby."})";
  const std::vector<std::pair<std::string, std::string>> keys{
      {"\x00\x00\x00\x00\x00\x00\x00\x2A"s, "key:000000000000002a"},
      {"\xFF\xFE\x80", "key:fffe80"},
      {"caf\xE9", "key:636166e9"},
      {"desk-17", "desk-17"}};
  std::vector<Record> sent;
  for (const auto& [key, id] : keys) sent.push_back({.key = key, .value = text});
  sent.push_back({.key = std::string(500, '\x9C'), .value = text});
  sent.push_back({.key = "\xFF\xFE\x80"});                 // a tombstone
  sent.push_back({.key = "\xFF\xFE\x80", .value = "{}"});  // a dead letter
  for (const std::string format : {"record", "ninjs"}) {
    SCOPED_TRACE(format);
    PipelineRig rig(options("output:\n  format: " + format + "\n"));
    const auto worker = rig.start_worker();
    rig.client().produce(rig.input, sent);
    ASSERT_TRUE(rig.await_committed(std::ssize(sent), 60s)) << worker->log();
    EXPECT_EQ(worker->stop(), 0) << worker->log();
    const std::vector<Record> output = rig.client().read_all(rig.output);
    ASSERT_EQ(output.size(), sent.size() - 1);
    for (std::size_t i = 0; i < output.size(); ++i) {
      EXPECT_EQ(output[i].key, sent[i].key) << "byte for byte";
      EXPECT_EQ(output[i].value.has_value(), sent[i].value.has_value());
      if (!output[i].value) continue;
      const Json record = parsed(output[i].value.value_or(""));
      const std::string id = record.value(format == "record" ? "id" : "uri", "");
      if (i < keys.size()) {
        EXPECT_TRUE(id.ends_with(keys[i].second)) << id;
      } else {
        EXPECT_TRUE(id.starts_with("key:9c9c9c")) << id;
        EXPECT_LT(id.size(), 120U);
      }
    }

    const std::vector<std::string> tap{"tap",      "--brokers",        shared_broker(), "--topic",
                                       rig.output, "--from-beginning", "--end"};
    EXPECT_NE(run_copydesk(tap).out.find(" key:fffe80: deleted"), std::string::npos) << run_copydesk(tap).out;
    const auto listed = [&](std::vector<std::string> arguments) {
      arguments.insert(arguments.begin(), "dlq");
      arguments.insert(arguments.end(), {"--brokers", shared_broker(), "--dead-letters", rig.dead_letters});
      return run_copydesk(std::move(arguments)).out;
    };
    EXPECT_EQ(parsed(listed({"list", "--json"})).value("key", ""), "key:fffe80");
    EXPECT_EQ(parsed(listed({"list", "--json", "--key", "key:fffe80"})).value("key", ""), "key:fffe80");
    EXPECT_EQ(listed({"list", "--json", "--key", "key:fffe81"}), "");
    EXPECT_NE(listed({"list"}).find("key:fffe80"), std::string::npos);
    EXPECT_NE(listed({"show", "0:0"}).find("key: key:fffe80\n"), std::string::npos);
    const std::vector<Record> dead = rig.client().read_all(rig.dead_letters);
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_EQ(dead[0].key, "\xFF\xFE\x80");
  }
}

INSTANTIATE_TEST_SUITE_P(Guarantees, Payloads, testing::Values("at_least_once", "exactly_once"),
                         [](const auto& given) { return std::string(given.param); });

}  // namespace
}  // namespace copydesk::delivery
