// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/properties.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <random>
#include <stdexcept>
#include <vector>

#include "config/suggest.h"
#include "config/value.h"
#include "pipeline/kafka/property_list.h"
#include "pipeline/settings/reserved_properties.h"

namespace copydesk::kafka {

namespace {

constexpr std::array kAssignors{"range", "roundrobin", "cooperative-sticky"};
/// The first librdkafka whose KIP-848 is meant for production (its CHANGELOG).
constexpr int kConsumerProtocolReady = 0x020c0000;
constexpr std::array kCompressions{"zstd", "lz4", "gzip", "snappy", "none"};

/// Copydesk sets the second; a desk may write the first, which librdkafka takes for the same.
constexpr std::array kAliases{std::pair{"compression.codec", "compression.type"},
                              std::pair{"queue.buffering.max.ms", "linger.ms"}};

/// The clients that properties of `kafka.common` are for.
enum class Common { kForBoth, kForConsumer, kForProducer };

void put(Properties& base, const std::string& name, const std::string& value) {
  for (const auto& [alias, ours] : kAliases) {
    if (name == alias) base.erase(ours);
  }
  base[name] = value;
}

/// Throws where a desk's own property is refused, also where this client would not heed it.
void lay_over(Properties& base, const settings::KafkaProperties& own, settings::PropertyMap map, const char* key) {
  for (const auto& [name, value] : own) {
    auto problem = settings::reserved_property_problem(name, value);
    if (!problem) problem = property_problem(map, name, value);
    if (problem) throw std::runtime_error(fmt::format("`{}.{}` {}", key, name, *problem));
    put(base, name, value);
  }
}

bool heeds(Common clients, const PropertyFacts& facts) {
  switch (clients) {
    case Common::kForBoth: return facts.consumer && facts.producer;
    case Common::kForConsumer: return facts.consumer;
    case Common::kForProducer: return facts.producer;
  }
  return true;
}

/// Brokers, and those of `kafka.common` that these clients heed: of the others librdkafka would warn at each start.
Properties client_properties(const settings::Settings& settings, Common clients) {
  Properties properties{{"bootstrap.servers", fmt::format("{}", fmt::join(settings.kafka.brokers, ","))},
                        {"client.id", settings.kafka.client_id}};
  lay_over(properties, settings.kafka.common, settings::PropertyMap::kCommon, "kafka.common");
  std::erase_if(properties, [clients](const auto& property) {
    const auto found = property_list().find(property.first);
    return found != property_list().end() && !heeds(clients, found->second);
  });
  return properties;
}

std::string random_word() {
  std::random_device device;
  return fmt::format("{:08x}{:08x}", device(), device());
}

std::string_view sibling_of(settings::PropertyMap map) {
  return map == settings::PropertyMap::kConsumer ? "producer" : "consumer";
}

}  // namespace

Properties common_properties(const settings::Settings& settings) {
  return client_properties(settings, Common::kForBoth);
}

Properties consumer_properties(const settings::Settings& settings) {
  Properties properties{
      {"group.id", settings.kafka.group},
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      // Where a group begins is decided in start_offsets.h. This is for an offset that is not there any more: nothing
      // that still is gets passed over.
      {"auto.offset.reset", settings.kafka.auto_offset_reset == settings::OffsetReset::kError ? "error" : "earliest"},
      {"enable.partition.eof", "true"},  // tells where a partition ends, whatever stands there
      {"isolation.level", "read_committed"},
      {"queued.max.messages.kbytes", "16384"},  // librdkafka's own default is 64 MiB
      {"fetch.wait.max.ms", "100"},
  };
  if (settings.kafka.group_protocol == settings::GroupProtocol::kConsumer) {
    if (rd_kafka_version() < kConsumerProtocolReady) {
      throw std::runtime_error(fmt::format(
          "`kafka.group_protocol: consumer` needs librdkafka 2.12 or newer, and this is {}, which has none of "
          "it, or a preview that is not to be relied on: use `classic`",
          library_version()));
    }
    properties["group.protocol"] = "consumer";
  } else {
    properties["partition.assignment.strategy"] = kAssignors.at(static_cast<std::size_t>(settings.kafka.assignor));
  }
  if (!settings.kafka.instance_id.empty()) properties["group.instance.id"] = settings.kafka.instance_id;
  for (const auto& [name, value] : client_properties(settings, Common::kForConsumer)) put(properties, name, value);
  lay_over(properties, settings.kafka.consumer, settings::PropertyMap::kConsumer, "kafka.consumer");
  return properties;
}

Properties producer_properties(const settings::Settings& settings) {
  Properties properties{
      {"enable.idempotence", "true"},
      {"acks", "all"},
      {"partitioner", "murmur2_random"},  // Java's default: one key, one partition, whichever client writes
      {"message.timeout.ms", "0"},        // retry without end: an article is not given up
      {"linger.ms", std::to_string(settings.delivery.linger.count())},
      {"compression.type", kCompressions.at(static_cast<std::size_t>(settings.delivery.compression))},
      {"message.max.bytes", std::to_string(settings.delivery.max_record_bytes.count)},
  };
  for (const auto& [name, value] : client_properties(settings, Common::kForProducer)) put(properties, name, value);
  lay_over(properties, settings.kafka.producer, settings::PropertyMap::kProducer, "kafka.producer");
  return properties;
}

Properties transactional_producer_properties(const settings::Settings& settings) {
  Properties properties = producer_properties(settings);
  // A record that is not delivered within its transaction fails with it, and is sent again in the next.
  properties.erase("message.timeout.ms");
  properties.erase("delivery.timeout.ms");
  const std::string& instance = settings.kafka.instance_id;
  properties["transactional.id"] =
      fmt::format("copydesk-{}-{}", settings.kafka.group, instance.empty() ? random_word() : instance);
  properties["transaction.timeout.ms"] = std::to_string(settings.delivery.transaction_timeout.count());
  return properties;
}

namespace {

std::string unknown_property(const std::string& name) {
  std::vector<std::string> known;
  for (const auto& [property, facts] : property_list()) known.push_back(property);
  const std::string_view near = config::closest(name, known);
  return fmt::format("is no property of librdkafka {}: {}", library_version(),
                     near.empty() ? "see its CONFIGURATION.md" : fmt::format("did you mean “{}”?", near));
}

std::string allowed_text(const PropertyFacts& facts) {
  if (facts.range.empty()) return "see its CONFIGURATION.md for what is allowed";
  const std::size_t dots = facts.range.find(" .. ");
  if (!facts.number) return "allowed: " + facts.range;
  return fmt::format("allowed: {} to {}", facts.range.substr(0, dots), facts.range.substr(dots + 4));
}

/// librdkafka takes "30s" for 30 and "1MB" for 1, of a property in milliseconds or bytes: what it has understood must
/// be what was written.
bool is_misread(const rd_kafka_conf_t* conf, const std::string& name, const std::string& value) {
  std::array<char, 64> text{};
  std::size_t size = text.size();
  if (rd_kafka_conf_get(conf, name.c_str(), text.data(), &size) != RD_KAFKA_CONF_OK) return false;
  const auto written = config::parse_number(value);
  const auto understood = config::parse_number(text.data());
  return !written || (understood && *understood != *written);
}

}  // namespace

std::optional<std::string> property_problem(settings::PropertyMap map, const std::string& name,
                                            const std::string& value) {
  const auto found = property_list().find(name);
  const PropertyFacts* const facts = found == property_list().end() ? nullptr : &found->second;
  const Conf conf(rd_kafka_conf_new());
  std::array<char, 512> error{};
  const auto result = rd_kafka_conf_set(conf.get(), name.c_str(), value.c_str(), error.data(), error.size());
  if (result == RD_KAFKA_CONF_UNKNOWN) return unknown_property(name);
  if (facts != nullptr && ((map == settings::PropertyMap::kConsumer && !facts->consumer) ||
                           (map == settings::PropertyMap::kProducer && !facts->producer))) {
    return fmt::format("is a property of the {0}: write it under kafka.{0}", sibling_of(map));
  }
  if (result != RD_KAFKA_CONF_OK) {
    return fmt::format("has a value that librdkafka {} refuses; {}", library_version(),
                       allowed_text(facts == nullptr ? PropertyFacts() : *facts));
  }
  if (facts != nullptr && facts->number && settings::reserved_property(name) == nullptr &&
      is_misread(conf.get(), name, value)) {
    return fmt::format("takes a {} alone, without a unit; {}", config::parse_number(value) ? "whole number" : "number",
                       allowed_text(*facts));
  }
  return std::nullopt;
}

namespace {

/// Makes a client that has no broker to talk to and fetches no ticket or token, and lets it go.
void try_client(rd_kafka_type_t type, Properties properties) {
  properties.erase("bootstrap.servers");
  properties.erase("debug");
  std::string protocol = properties["security.protocol"];
  std::ranges::transform(protocol, protocol.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; });
  properties["security.protocol"] = protocol.ends_with("ssl") ? "ssl" : "plaintext";
  std::erase_if(properties, [](const auto& property) { return property.first.starts_with("sasl."); });
  Conf conf = make_conf(properties);
  rd_kafka_conf_set_log_cb(conf.get(), nullptr);  // the exception says it all
  static_cast<void>(make_client(type, std::move(conf)));
}

}  // namespace

std::optional<std::string> client_problem(const settings::Settings& settings) {
  try {
    try_client(RD_KAFKA_CONSUMER, consumer_properties(settings));
    const bool transactional = settings.delivery.guarantee == settings::Guarantee::kExactlyOnce;
    try_client(RD_KAFKA_PRODUCER,
               transactional ? transactional_producer_properties(settings) : producer_properties(settings));
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return std::nullopt;
}

}  // namespace copydesk::kafka
