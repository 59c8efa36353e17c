// SPDX-License-Identifier: Apache-2.0
#include "tests/chaos/cluster.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "tests/chaos/librdkafka_handles.h"
#include "tests/delivery/kafka_client.h"

namespace fs = std::filesystem;

namespace copydesk::chaos {
namespace {

constexpr std::size_t kDiskMebibytes = 1024;
constexpr int kPatienceMs = 30'000;

// What bounds an hour's worth of records, far above what may be unread.
const std::map<std::string, std::string> kTopicConfig{{"segment.bytes", "16777216"}, {"retention.bytes", "67108864"}};

}  // namespace

Cluster::Cluster(bool own_disks) {
  std::string pattern = (fs::temp_directory_path() / "copydesk-chaos-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw private_broker::BrokerError("no temporary directory");
  directory_ = pattern;
  if (own_disks) {
    for (int node = 0; node < kBrokers; ++node) {
      disks_.at(static_cast<std::size_t>(node)) =
          std::make_unique<Disk>(directory_ / ("disk" + std::to_string(node)), kDiskMebibytes);
    }
  }
  private_broker::PrivateBrokerSettings settings;
  settings.nodes = kBrokers;
  settings.start_limit = std::chrono::seconds(240);
  settings.properties = {
      // A dead broker's partitions get new leaders soon, and it gets them back soon after it has returned.
      {"broker.session.timeout.ms", "4000"},
      {"broker.heartbeat.interval.ms", "500"},
      {"leader.imbalance.check.interval.seconds", "5"},
      {"leader.imbalance.per.broker.percentage", "0"},
      {"replica.lag.time.max.ms", "5000"},
      {"group.min.session.timeout.ms", "3000"},
      // A transaction that a killed worker leaves open is looked for every second instead of every ten.
      {"transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"},
      {"log.retention.check.interval.ms", "10000"},
  };
  if (own_disks) {
    settings.node_properties = [this](int node) {
      return std::map<std::string, std::string>{{"log.dirs", (disk(node)->directory() / "data").string()}};
    };
  }
  settings.advertise = [this](int node, std::uint16_t port) {
    auto& proxy = proxies_.at(static_cast<std::size_t>(node));
    proxy = std::make_unique<Proxy>(port);
    return proxy->port();
  };
  brokers_ = std::make_unique<private_broker::PrivateBroker>(std::move(settings));
}

Cluster::~Cluster() {
  brokers_.reset();
  for (auto& disk : disks_) disk.reset();
  std::error_code ignored;
  fs::remove_all(directory_, ignored);
}

void Cluster::create_topic(const std::string& name, int partitions) {
  delivery::KafkaClient(brokers_->direct_servers()).create_topic(name, partitions, kTopicConfig, kBrokers);
}

void Cluster::delete_topic(const std::string& name) {
  delivery::KafkaClient(brokers_->direct_servers()).delete_topic(name);
}

void Cluster::configure(const std::string& topic, const std::map<std::string, std::string>& settings) {
  const ClientHandle handle =
      make_kafka_client(RD_KAFKA_PRODUCER, {{"bootstrap.servers", brokers_->direct_servers()}, {"log_level", "0"}});
  // This call sets all of a topic's settings: those not named go back to their defaults.
  const std::unique_ptr<rd_kafka_ConfigResource_t, Destroyer<rd_kafka_ConfigResource_destroy>> resource(
      rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
  auto config = kTopicConfig;
  for (const auto& [name, value] : settings) config[name] = value;
  for (const auto& [name, value] : config) {
    rd_kafka_ConfigResource_set_config(resource.get(), name.c_str(), value.c_str());
  }
  const QueueHandle queue(rd_kafka_queue_new(handle.get()));
  rd_kafka_ConfigResource_t* resources = resource.get();
  rd_kafka_AlterConfigs(handle.get(), &resources, 1, nullptr, queue.get());
  const EventHandle event(rd_kafka_queue_poll(queue.get(), kPatienceMs));
  if (event == nullptr) throw std::runtime_error("no answer to the new settings of " + topic);
  std::size_t count = 0;
  const auto* result = rd_kafka_event_AlterConfigs_result(event.get());
  const auto* const* answers = result == nullptr ? nullptr : rd_kafka_AlterConfigs_result_resources(result, &count);
  if (count != 1 || rd_kafka_ConfigResource_error(answers[0]) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    throw std::runtime_error(
        "the settings of " + topic + " cannot be changed: " +
        (count == 1 ? rd_kafka_ConfigResource_error_string(answers[0]) : rd_kafka_event_error_string(event.get())));
  }
}

void Cluster::require_in_sync(const std::string& topic, int replicas) {
  configure(topic, {{"min.insync.replicas", std::to_string(replicas)}});
}

std::vector<int> Cluster::leaders(const std::string& topic) const {
  const ClientHandle handle =
      make_kafka_client(RD_KAFKA_PRODUCER, {{"bootstrap.servers", brokers_->direct_servers()}, {"log_level", "0"}});
  const TopicHandle object(rd_kafka_topic_new(handle.get(), topic.c_str(), nullptr));
  const rd_kafka_metadata_t* raw = nullptr;
  if (rd_kafka_metadata(handle.get(), 0, object.get(), &raw, kPatienceMs) != RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  const std::unique_ptr<const rd_kafka_metadata_t, Destroyer<rd_kafka_metadata_destroy>> metadata(raw);
  std::vector<int> leaders;
  for (int i = 0; metadata->topic_cnt == 1 && i < metadata->topics[0].partition_cnt; ++i) {
    leaders.push_back(std::max(-1, metadata->topics[0].partitions[i].leader - 1));  // nodes count from 1
  }
  return leaders;
}

}  // namespace copydesk::chaos
