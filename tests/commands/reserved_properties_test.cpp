// SPDX-License-Identifier: Apache-2.0
// The settings' check and the clients' give the same verdict of each property that Copydesk rests on.
#include "pipeline/settings/reserved_properties.h"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "config/loader.h"
#include "pipeline/commands/config.h"
#include "pipeline/kafka/properties.h"
#include "pipeline/kafka/property_list.h"

namespace copydesk {
namespace {

constexpr std::string_view kMaps[] = {"common", "consumer", "producer"};

settings::KafkaProperties& map_of(settings::Settings& settings, std::string_view map) {
  if (map == "common") return settings.kafka.common;
  return map == "consumer" ? settings.kafka.consumer : settings.kafka.producer;
}

/// What `config check` says of one property; empty where it takes it.
std::string said_by_check(std::string_view map, const std::string& name, const std::string& value) {
  settings::Settings settings;
  config::Loader loader(settings);
  loader.text("kafka:\n  " + std::string(map) + ":\n    " + name + ": \"" + value + "\"\n", "text");
  settings::check_properties(settings.kafka, kafka::property_problem, loader);
  std::string said;
  for (const config::ConfigError& error : loader.finish()) said += error.message + "\n";
  return said;
}

/// What the clients say of it.
std::string said_by_clients(std::string_view map, const std::string& name, const std::string& value) {
  settings::Settings settings;
  map_of(settings, map)[name] = value;
  try {
    static_cast<void>(kafka::consumer_properties(settings));
    static_cast<void>(kafka::producer_properties(settings));
    static_cast<void>(kafka::transactional_producer_properties(settings));
    static_cast<void>(kafka::common_properties(settings));
  } catch (const std::runtime_error& error) {
    const std::string before = "`kafka." + std::string(map) + "." + name + "` ";
    const std::string what = error.what();
    EXPECT_TRUE(what.starts_with(before)) << what;
    return what.substr(std::min(before.size(), what.size())) + "\n";
  }
  return {};
}

TEST(ReservedProperties, GetOneVerdictInEveryMap) {
  for (const settings::ReservedProperty& property : settings::reserved_properties()) {
    const std::string name(property.name);
    std::vector<std::string> values{"true", "false", "0", "1", "-1", "all", "ALL", "5", "6", "none", "fifo", "yes"};
    for (const std::string_view value : property.values) {
      if (!value.empty()) values.emplace_back(value);
    }
    for (const std::string_view map : kMaps) {
      for (const std::string& value : values) {
        EXPECT_EQ(said_by_check(map, name, value), said_by_clients(map, name, value))
            << map << " " << name << " " << value;
      }
    }
  }
}

TEST(ReservedProperties, TakeTheirOwnValuesAndNoOthers) {
  for (const settings::ReservedProperty& property : settings::reserved_properties()) {
    const std::string name(property.name);
    const bool known = kafka::property_list().contains(name);
    for (const std::string_view value : property.values) {
      if (value.empty()) continue;
      // What librdkafka does not have cannot be said of it, whatever the value.
      EXPECT_EQ(said_by_check("common", name, std::string(value)).empty(), known) << name << " " << value;
      EXPECT_EQ(settings::reserved_property_problem(name, value), std::nullopt) << name;
    }
    EXPECT_NE(said_by_check("common", name, "another"), "") << name;
  }
}

TEST(ReservedProperties, SayWhatToDo) {
  EXPECT_EQ(said_by_check("producer", "acks", "all"), "");
  EXPECT_EQ(said_by_check("producer", "acks", "-1"), "");
  EXPECT_EQ(said_by_check("producer", "acks", "1"),
            "must be all: without it acknowledged records can be lost, doubled or reordered\n");
  EXPECT_EQ(said_by_check("consumer", "group.id", "desk"), "is set by kafka.group; write it there\n");
  EXPECT_EQ(said_by_check("common", "metadata.broker.list", "a:1"), "is set by kafka.brokers; write it there\n");
  EXPECT_EQ(said_by_check("producer", "max.in.flight", "6"),
            "must be from 1 to 5: more requests at once can be reordered when one is repeated\n");
  EXPECT_EQ(said_by_check("common", "log_cb", "x"), "is set by a program, not by text; remove it\n");
}

TEST(ReservedProperties, NameEachPropertyOnce) {
  std::set<std::string_view> names;
  for (const settings::ReservedProperty& property : settings::reserved_properties()) {
    EXPECT_TRUE(names.insert(property.name).second) << property.name;
    EXPECT_FALSE(property.text.empty()) << property.name;
  }
}

TEST(ReservedProperties, SendToSettingsThatExist) {
  for (const settings::ReservedProperty& property : settings::reserved_properties()) {
    if (property.rule != settings::ReservedProperty::Rule::kSetBy) continue;
    settings::Settings settings;
    config::Loader loader(settings);
    loader.set(property.text, "1s", "test");
    for (const config::ConfigError& error : loader.finish()) {
      EXPECT_EQ(error.message.find("is not a known key"), std::string::npos) << property.text;
    }
  }
}

// Whatever librdkafka cannot take from a text must be refused in words, not as a value that is wrong.
TEST(ReservedProperties, CoverWhatIsNoText) {
  for (const auto& [name, facts] : kafka::property_list()) {
    if (!name.ends_with("_cb") && !name.ends_with("_callback_data")) continue;
    EXPECT_NE(settings::reserved_property(name), nullptr) << name;
  }
}

TEST(Properties, BelongToTheirClient) {
  EXPECT_FALSE(kafka::property_list().empty());
  EXPECT_EQ(said_by_check("producer", "fetch.min.bytes", "1"),
            "is a property of the consumer: write it under kafka.consumer\n");
  EXPECT_EQ(said_by_check("consumer", "linger.ms", "5"),
            "is a property of the producer: write it under kafka.producer\n");
  for (const auto& [name, value] : {std::pair("fetch.min.bytes", "1"), {"linger.ms", "5"}, {"client.rack", "a"}}) {
    EXPECT_EQ(said_by_check("common", name, value), "");
    EXPECT_EQ(said_by_clients("common", name, value), "");
  }
  for (const auto& [name, facts] : kafka::property_list()) {
    if (settings::reserved_property(name) != nullptr || facts.consumer == facts.producer) continue;
    const std::string_view wrong = facts.consumer ? "producer" : "consumer";
    EXPECT_EQ(said_by_check(wrong, name, "1"), said_by_clients(wrong, name, "1")) << name;
    EXPECT_NE(said_by_check(wrong, name, "1"), "") << name;
  }
}

// Under `kafka.common` a property goes to the clients that heed it: librdkafka warns of others at each start.
TEST(Properties, OfCommonGoToThoseWhoHeedThem) {
  settings::Settings settings;
  settings.kafka.common = {{"fetch.min.bytes", "7"}, {"batch.size", "9000"}, {"client.rack", "a"}};
  EXPECT_EQ(kafka::consumer_properties(settings).count("fetch.min.bytes"), 1U);
  EXPECT_EQ(kafka::consumer_properties(settings).count("batch.size"), 0U);
  EXPECT_EQ(kafka::producer_properties(settings).count("fetch.min.bytes"), 0U);
  EXPECT_EQ(kafka::producer_properties(settings).count("batch.size"), 1U);
  EXPECT_EQ(kafka::common_properties(settings).count("batch.size"), 0U);
  EXPECT_EQ(kafka::common_properties(settings).at("client.rack"), "a");
}

TEST(Properties, AreNotMisread) {
  EXPECT_EQ(said_by_check("producer", "linger.ms", "30s"),
            "takes a number alone, without a unit; allowed: 0 to 900000\n");
  EXPECT_NE(said_by_check("producer", "batch.size", "1MB"), "");
  EXPECT_EQ(said_by_check("common", "socket.timeout.ms", "2000.5"),
            "takes a whole number alone, without a unit; allowed: 10 to 300000\n");
  EXPECT_NE(said_by_check("common", "socket.timeout.ms", "1,000"), "");
  EXPECT_EQ(said_by_check("producer", "linger.ms", "2.5"), "");
  EXPECT_EQ(said_by_check("common", "socket.timeout.ms", "1000"), "");
  EXPECT_NE(said_by_check("common", "socket.keepalive.enable", "yes").find("allowed: true, false"), std::string::npos);
  EXPECT_NE(said_by_check("common", "security.protocol", "TLS").find("sasl_ssl"), std::string::npos);
  EXPECT_NE(said_by_check("producer", "lingr.ms", "5").find("did you mean “linger.ms”?"), std::string::npos);
}

TEST(Properties, OfTheDeskWinUnderEitherName) {
  settings::Settings settings;
  settings.kafka.producer = {{"compression.codec", "gzip"}, {"queue.buffering.max.ms", "7"}};
  const auto properties = kafka::producer_properties(settings);
  EXPECT_FALSE(properties.contains("compression.type"));
  EXPECT_FALSE(properties.contains("linger.ms"));
  EXPECT_EQ(properties.at("compression.codec"), "gzip");
}

TEST(Clients, AreTriedBeforeTheyAreNeeded) {
  settings::Settings settings;
  EXPECT_EQ(kafka::client_problem(settings), std::nullopt);
  settings.delivery.guarantee = settings::Guarantee::kExactlyOnce;
  EXPECT_EQ(kafka::client_problem(settings), std::nullopt);
  settings.kafka.common = {{"security.protocol", "SASL_SSL"}, {"sasl.mechanism", "PLAIN"}, {"sasl.username", "desk"}};
  EXPECT_EQ(kafka::client_problem(settings), std::nullopt);
  settings.kafka.consumer = {{"session.timeout.ms", "400000"}, {"max.poll.interval.ms", "300000"}};
  ASSERT_NE(kafka::client_problem(settings), std::nullopt);
  EXPECT_NE(kafka::client_problem(settings)->find("max.poll.interval.ms"), std::string::npos);
}

}  // namespace
}  // namespace copydesk
