// SPDX-License-Identifier: Apache-2.0
#pragma once

// Three brokers, with a proxy before each that all clients of the test go through, and a disk of its own under each
// where the system allows that.

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/private_broker/private_broker.h"
#include "tests/chaos/disk.h"
#include "tests/chaos/proxy.h"

namespace copydesk::chaos {

class Cluster {
 public:
  static constexpr int kBrokers = 3;
  static constexpr int kInSync = 2;  ///< `min.insync.replicas`

  /// Returns when all brokers answer. Throws BrokerError.
  explicit Cluster(bool own_disks);
  ~Cluster();
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

  [[nodiscard]] private_broker::PrivateBroker& brokers() noexcept { return *brokers_; }
  [[nodiscard]] Proxy& proxy(int node) { return *proxies_.at(static_cast<std::size_t>(node)); }
  /// Of that broker; nullptr where it has none of its own.
  [[nodiscard]] const Disk* disk(int node) const { return disks_.at(static_cast<std::size_t>(node)).get(); }

  /// Makes a topic on all three brokers, with old segments thrown away so that hours fit into the disks.
  void create_topic(const std::string& name, int partitions);
  void delete_topic(const std::string& name);
  /// Sets these settings of a topic, and all others back to what they were when it was made.
  void configure(const std::string& topic, const std::map<std::string, std::string>& settings);
  /// How many replicas must be there for a write; with all three wanted and one away, the broker refuses each.
  void require_in_sync(const std::string& topic, int replicas);
  /// Which broker (from 0) leads each partition, asked past the proxies; -1 where there is none now.
  [[nodiscard]] std::vector<int> leaders(const std::string& topic) const;

 private:
  std::filesystem::path directory_;
  std::array<std::unique_ptr<Disk>, kBrokers> disks_;
  std::array<std::unique_ptr<Proxy>, kBrokers> proxies_;
  std::unique_ptr<private_broker::PrivateBroker> brokers_;
};

}  // namespace copydesk::chaos
