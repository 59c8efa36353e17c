#include "pipeline/kafka/properties.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace copydesk::kafka {

namespace {

/// Properties that the delivery invariant depends on.
constexpr std::array kReserved{"enable.auto.commit", "enable.auto.offset.store", "enable.idempotence", "acks",
                               "request.required.acks"};

constexpr std::array kOffsetResets{"earliest", "latest", "error"};
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

Properties consumer_properties(const Settings& settings) {
  Properties properties{
      {"group.id", settings.kafka.group},
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      {"auto.offset.reset", kOffsetResets.at(static_cast<std::size_t>(settings.kafka.auto_offset_reset))},
      {"partition.assignment.strategy", "range"},
      {"isolation.level", "read_committed"},
      {"queued.max.messages.kbytes", "16384"},  // librdkafka's own default is 64 MiB
      {"fetch.wait.max.ms", "100"},
  };
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
