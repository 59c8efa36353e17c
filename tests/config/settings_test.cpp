// SPDX-License-Identifier: Apache-2.0
#include "pipeline/settings/settings.h"

#include <gtest/gtest.h>

#include <string>

#include "config/render.h"

namespace copydesk {
namespace {

std::string errors_of(std::string_view yaml, settings::Settings& settings) {
  std::string lines;
  config::Loader loader(settings);
  loader.text(yaml, "text");
  settings::check_properties(settings.kafka, {}, loader);
  for (const config::ConfigError& error : loader.finish()) lines += config::to_string(error) + "\n";
  return lines;
}

std::string errors_of(std::string_view yaml) {
  settings::Settings settings;
  return errors_of(yaml, settings);
}

TEST(WorkerSettings, DefaultsAreGood) {
  EXPECT_EQ(errors_of(config::render_effective(settings::Settings{})), "");
}

TEST(WorkerSettings, EveryKeyIsDocumented) {
  settings::Settings settings;
  const config::Section root = config::Section::of(settings);
  EXPECT_TRUE(root.fields().empty());
  for (const config::Section& section : root.sections()) {
    EXPECT_FALSE(section.doc().empty()) << section.name();
    EXPECT_FALSE(section.fields().empty()) << section.name();
    for (const config::Field& field : section.fields()) {
      EXPECT_TRUE(field.options.doc.ends_with('.')) << section.name() << "." << field.name;
      const bool is_map = std::holds_alternative<settings::KafkaProperties*>(field.slot);
      if (is_map) continue;
      EXPECT_EQ(config::assign(field, config::value_text(field)), std::nullopt) << section.name() << "." << field.name;
    }
  }
}

TEST(WorkerSettings, AddressesComeInManyForms) {
  settings::Settings settings;
  EXPECT_EQ(errors_of("kafka: {brokers: [a, a.b-c:1, '[::1]:9092', 'SASL_SSL://a:9093', 10.0.0.1:9092]}\n"
                      "http: {listen: '[::]:0'}\n",
                      settings),
            "");
  EXPECT_EQ(errors_of("http: {listen: off}\n", settings), "");
  EXPECT_FALSE(settings.http.enabled());
  EXPECT_EQ(
      errors_of("kafka:\n  brokers:\n    - a:99999\n    - a b\n    - ''\nhttp:\n  listen: 9464\n"),
      "text:3: kafka.brokers[0]: “a:99999” has not the right form; allowed: host:port, also after PLAINTEXT://, "
      "SSL://, "
      "SASL_PLAINTEXT:// or SASL_SSL://\n"
      "text:4: kafka.brokers[1]: “a b” has not the right form; allowed: host:port, also after PLAINTEXT://, SSL://, "
      "SASL_PLAINTEXT:// or SASL_SSL://\n"
      "text:5: kafka.brokers[2]: “” has not the right form; allowed: host:port, also after PLAINTEXT://, SSL://, "
      "SASL_PLAINTEXT:// or SASL_SSL://\n"
      "text:7: http.listen: “9464” has not the right form; allowed: host:port or off\n");
}

TEST(WorkerSettings, BrokersHaveAProtocolOfKafka) {
  for (const char* broker : {"PLAINTEXT://h:1", "SSL://h:1", "sasl_plaintext://h:1", "Sasl_Ssl://h:1", "ssl://h"}) {
    EXPECT_EQ(errors_of("kafka: {brokers: ['" + std::string(broker) + "']}\n"), "") << broker;
  }
  for (const char* broker : {"kafka://h:1", "http://h:1", "SASL-SSL://h:1", "TLS://h:1", "SSL_://h:1", "://h:1",
                             "SSL//h:1", "SSL://", "SSL:h:1"}) {
    EXPECT_NE(errors_of("kafka: {brokers: ['" + std::string(broker) + "']}\n").find("SASL_SSL://"), std::string::npos)
        << broker;
  }
}

TEST(WorkerSettings, TopicsMustBeThreeDifferentOnes) {
  EXPECT_EQ(errors_of("kafka:\n  output: wire.articles\n  dead_letters: wire.articles\n"),
            "text:2: kafka.output: is the input topic; records would be read as articles again\n"
            "text:3: kafka.dead_letters: is the input topic; bad articles would come in again\n"
            "text:3: kafka.dead_letters: is the output topic; readers of records would meet bad input\n");
  EXPECT_NE(errors_of("kafka: {input: a b}").find("letters, digits"), std::string::npos);
}

TEST(WorkerSettings, AnyPropertyPassesThrough) {
  settings::Settings settings;
  EXPECT_EQ(errors_of(R"(
kafka:
  common: {security.protocol: SASL_SSL}
  consumer:
    fetch.min.bytes: 100000
    enable.auto.commit: false
  producer:
    linger.ms: 50
    acks: -1
)",
                      settings),
            "");
  EXPECT_EQ(settings.kafka.common.at("security.protocol"), "SASL_SSL");
  EXPECT_EQ(settings.kafka.consumer.at("fetch.min.bytes"), "100000");
  EXPECT_EQ(settings.kafka.producer.at("linger.ms"), "50");
}

TEST(WorkerSettings, TheGuaranteeCannotBeUndermined) {
  EXPECT_EQ(
      errors_of(R"(kafka:
  common:
    enable.auto.commit: true
  consumer:
    enable.auto.offset.store: true
  producer:
    acks: 1
    enable.idempotence: false
    transactional.id: x
)"),
      "text:3: kafka.common.enable.auto.commit: must be false: Copydesk commits an offset itself, once its record "
      "is acknowledged\n"
      "text:5: kafka.consumer.enable.auto.offset.store: must be false: Copydesk commits an offset itself, once its "
      "record is acknowledged\n"
      "text:7: kafka.producer.acks: must be all: without it acknowledged records can be lost, doubled or "
      "reordered\n"
      "text:8: kafka.producer.enable.idempotence: must be true: without it acknowledged records can be lost, "
      "doubled or reordered\n"
      "text:9: kafka.producer.transactional.id: is made by Copydesk for delivery.guarantee: exactly_once; remove "
      "it\n");
}

// A mistake elsewhere in the section does not hide it.
TEST(WorkerSettings, TheGuaranteeIsGuardedBesideOtherMistakes) {
  EXPECT_NE(errors_of("kafka:\n  group: ''\n  producer: {acks: 1}\n").find("text:3: kafka.producer.acks: must be all"),
            std::string::npos);
}

TEST(WorkerSettings, ExactlyOnceNeedsItsOwnTerms) {
  EXPECT_EQ(errors_of("delivery: {guarantee: exactly_once}\nkafka: {instance_id: desk-1, assignor: roundrobin}\n"), "");
  EXPECT_EQ(
      errors_of("delivery:\n  guarantee: exactly_once\n  transaction_interval: 10s\n"
                "kafka:\n  consumer:\n    isolation.level: read_uncommitted\n"
                "  producer:\n    transaction.timeout.ms: 900\n"),
      "text:3: delivery.transaction_interval: is more than half of delivery.transaction_timeout (15s): transactions "
      "would time out before they are committed\n"
      "text:6: kafka.consumer.isolation.level: must be read_committed with delivery.guarantee: exactly_once: a worker "
      "would start before the last owner's transaction has ended\n"
      "text:8: kafka.producer.transaction.timeout.ms: is set by delivery.transaction_timeout; write it there\n");
}

TEST(WorkerSettings, TheGroupIsDescribedByItsOwnKeys) {
  EXPECT_EQ(errors_of("kafka:\n  common:\n    group.protocol: consumer\n  consumer:\n    group.instance.id: a\n"),
            "text:3: kafka.common.group.protocol: is set by kafka.group_protocol; write it there\n"
            "text:5: kafka.consumer.group.instance.id: is set by kafka.instance_id; write it there\n");
  EXPECT_EQ(errors_of("kafka: {group_protocol: consumer}\n"), "");
  EXPECT_EQ(
      errors_of("kafka:\n  group_protocol: consumer\n  assignor: roundrobin\n"),
      "text:3: kafka.assignor: is for the classic protocol; with kafka.group_protocol: consumer the brokers assign\n");
  EXPECT_EQ(errors_of("kafka:\n  consumer:\n    max.poll.interval.ms: 15000\n    session.timeout.ms: 45000\n"
                      "delivery:\n  drain_timeout: 20s\n"),
            "text:6: delivery.drain_timeout: must be below max.poll.interval.ms of the consumer (15000): a worker that "
            "drains does not poll, and would be thrown out\n");
}

TEST(WorkerSettings, LimitsMustFitEachOther) {
  EXPECT_EQ(
      errors_of("limits:\n  max_article_bytes: 64MiB\ndelivery:\n  drain_timeout: 1m\n"),
      "text: delivery.max_record_bytes: is less than limits.max_article_bytes (64MiB): a bad article of that size "
      "would fit into no dead letter\n"
      "text:4: delivery.drain_timeout: must be below the session timeout of the consumer (session.timeout.ms: "
      "45000), or the group takes partitions away while they drain\n");
  EXPECT_EQ(errors_of("delivery: {drain_timeout: 1m}\nkafka: {consumer: {session.timeout.ms: 90000}}\n"), "");
  EXPECT_NE(errors_of("limits: {max_article_memory: 1MiB}\n").find("make it several times as much"), std::string::npos);
}

TEST(WorkerSettings, PropertiesCanBeCheckedByTheirLibrary) {
  settings::Settings settings;
  config::Loader loader(settings);
  loader.text("kafka:\n  producer:\n    lingr.ms: 5\n    linger.ms: 5\n", "text");
  settings::check_properties(
      settings.kafka,
      [](settings::PropertyMap, const std::string& name, const std::string&) -> std::optional<std::string> {
        if (name == "lingr.ms") return "is no property of librdkafka";
        return std::nullopt;
      },
      loader);
  const config::ConfigErrors errors = loader.finish();
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(config::to_string(errors[0]), "text:3: kafka.producer.lingr.ms: is no property of librdkafka");
}

}  // namespace
}  // namespace copydesk
