#include "pipeline/kafka/properties.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <random>
#include <stdexcept>

namespace copydesk::kafka {

namespace {

/// Properties that the delivery invariant depends on.
constexpr std::array kReserved{"enable.auto.commit", "enable.auto.offset.store", "enable.idempotence", "acks",
                               "request.required.acks"};

constexpr std::array kAssignors{"range", "roundrobin", "cooperative-sticky"};
/// The first librdkafka whose KIP-848 is meant for production (its CHANGELOG).
constexpr int kConsumerProtocolReady = 0x020c0000;
constexpr std::array kCompressions{"zstd", "lz4", "gzip", "snappy", "none"};

void lay_over(Properties& base, const Properties& own) {
  for (const auto& [name, value] : own) {
    if (const auto problem = property_problem(name, value))
      throw std::runtime_error(fmt::format("`{}` {}", name, *problem));
    base[name] = value;
  }
}

}  // namespace

Properties common_properties(const Settings& settings) {
  Properties properties{{"bootstrap.servers", fmt::format("{}", fmt::join(settings.kafka.brokers, ","))},
                        {"client.id", settings.kafka.client_id}};
  lay_over(properties, settings.kafka.common);
  return properties;
}

namespace {

std::string random_word() {
  std::random_device device;
  return fmt::format("{:08x}{:08x}", device(), device());
}

}  // namespace

Properties consumer_properties(const Settings& settings) {
  Properties properties{
      {"group.id", settings.kafka.group},
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      // Where a group begins is decided in start_offsets.h. This is for an offset that is not there any more: nothing
      // that still is gets passed over.
      {"auto.offset.reset", settings.kafka.auto_offset_reset == OffsetReset::kError ? "error" : "earliest"},
      {"enable.partition.eof", "true"},  // tells where a partition ends, whatever stands there
      {"topic.metadata.refresh.interval.ms", std::to_string(settings.kafka.topic_check_interval.count())},
      {"isolation.level", "read_committed"},
      {"queued.max.messages.kbytes", "16384"},  // librdkafka's own default is 64 MiB
      {"fetch.wait.max.ms", "100"},
  };
  if (settings.kafka.group_protocol == GroupProtocol::kConsumer) {
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
  lay_over(properties, common_properties(settings));
  lay_over(properties, settings.kafka.consumer);
  return properties;
}

Properties producer_properties(const Settings& settings) {
  Properties properties{
      {"enable.idempotence", "true"},
      {"acks", "all"},
      {"partitioner", "murmur2_random"},  // Java's default: one key, one partition, whichever client writes
      {"message.timeout.ms", "0"},        // retry without end: an article is not given up
      {"linger.ms", std::to_string(settings.delivery.linger.count())},
      {"compression.type", kCompressions.at(static_cast<std::size_t>(settings.delivery.compression))},
      {"message.max.bytes", std::to_string(settings.delivery.max_record_bytes.count)},
  };
  lay_over(properties, common_properties(settings));
  lay_over(properties, settings.kafka.producer);
  return properties;
}

Properties transactional_producer_properties(const Settings& settings) {
  Properties properties = producer_properties(settings);
  const bool own_timeout =
      settings.kafka.common.contains("message.timeout.ms") || settings.kafka.producer.contains("message.timeout.ms");
  // A record that is not delivered within its transaction fails with it, and is sent again in the next.
  if (!own_timeout) properties.erase("message.timeout.ms");
  const std::string& instance = settings.kafka.instance_id;
  properties["transactional.id"] =
      fmt::format("copydesk-{}-{}", settings.kafka.group, instance.empty() ? random_word() : instance);
  properties["transaction.timeout.ms"] = std::to_string(settings.delivery.transaction_timeout.count());
  return properties;
}

std::optional<std::string> property_problem(const std::string& name, const std::string& value) {
  if (std::find(kReserved.begin(), kReserved.end(), name) != kReserved.end()) {
    return "cannot be set: the delivery guarantee rests on it; remove it";
  }
  const Conf conf(rd_kafka_conf_new());
  std::array<char, 512> error{};
  switch (rd_kafka_conf_set(conf.get(), name.c_str(), value.c_str(), error.data(), error.size())) {
    case RD_KAFKA_CONF_OK: return std::nullopt;
    case RD_KAFKA_CONF_UNKNOWN:
      return fmt::format("is no property of librdkafka {}: see its CONFIGURATION.md", library_version());
    case RD_KAFKA_CONF_INVALID: break;
  }
  return fmt::format("has a value that librdkafka {} refuses: see its CONFIGURATION.md for what is allowed",
                     library_version());
}

}  // namespace copydesk::kafka
