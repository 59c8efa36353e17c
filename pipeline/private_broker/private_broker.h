// SPDX-License-Identifier: Apache-2.0
#pragma once

// A real Apache Kafka of one's own for `copydesk demo` and for tests: KRaft mode, loopback addresses and free ports
// only, data in a temporary directory that goes when the object goes.

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace copydesk::private_broker {

/// Why no broker could be had, and what to do about it.
class BrokerError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct PrivateBrokerSettings {
  /// Every node is broker and controller in one, so a majority of them must live for the cluster to work.
  int nodes = 1;
  /// The folder of Kafka's jars; empty: find_kafka_jars().
  std::filesystem::path jars{};
  /// Lines of `server.properties` beyond, or instead of, those that are written anyway.
  std::map<std::string, std::string> properties{};
  /// Lines for one node (from 0) alone; they win over all others. Asked once per node and attempt to start.
  std::function<std::map<std::string, std::string>(int node)> node_properties{};
  /// Asked likewise, with the port that the node listens on: the port that clients are told to use instead, which is
  /// that of a proxy before it. The nodes then talk to each other over a listener that no proxy is before.
  std::function<std::uint16_t(int node, std::uint16_t port)> advertise{};
  /// How long all nodes together may take until they answer. 6 s is usual for one, 17 s for three, on two cores.
  std::chrono::seconds start_limit{120};
  /// The heap of each node's Java in MiB. Kafka thrashes below 128.
  int heap_mib = 256;
  /// Listeners for clients beside the plain one: name (capitals) to security protocol as Kafka calls it ("SASL_SSL").
  /// They call themselves "localhost", so that a certificate can name it. `properties` say the rest
  /// ("listener.name.tls.ssl.keystore.location").
  std::map<std::string, std::string> listeners{};
  /// SCRAM credentials as `kafka-storage format --add-scram` takes them: "SCRAM-SHA-256=[name=desk,password=…]".
  std::vector<std::string> scram_credentials{};
};

/// Where Kafka's jars are: $COPYDESK_KAFKA_HOME, else `share/copydesk/kafka` beside the `bin` that this program runs
/// from, else `.deps/kafka` in the source tree that it was built in. Throws BrokerError where none of these holds them.
[[nodiscard]] std::filesystem::path find_kafka_jars();

/// Runs from construction to destruction. The nodes are children of this process in process groups of their own (a
/// Ctrl-C at the terminal does not reach them), and die with the *thread* that started them, even when that is killed:
/// construct, and restart(), on a thread that lives as long as the broker is needed. Its directory, where the process
/// was killed, is deleted by the next one that starts. Not to be used from several threads at once.
class PrivateBroker {
 public:
  /// Returns when every node answers; throws BrokerError where that fails.
  explicit PrivateBroker(PrivateBrokerSettings settings = {});
  /// SIGTERM, then after 10 s SIGKILL; then the data is deleted.
  ~PrivateBroker();
  PrivateBroker(const PrivateBroker&) = delete;
  PrivateBroker& operator=(const PrivateBroker&) = delete;

  /// All nodes as `bootstrap.servers` wants them: "127.0.0.1:40001,127.0.0.1:40002".
  [[nodiscard]] const std::string& bootstrap_servers() const noexcept { return bootstrap_; }
  /// The same for one of PrivateBrokerSettings::listeners: "localhost:40003".
  [[nodiscard]] std::string bootstrap_servers(const std::string& listener) const;
  /// The same, past any proxy.
  [[nodiscard]] std::string direct_servers() const;
  [[nodiscard]] int nodes() const noexcept { return static_cast<int>(nodes_.size()); }
  [[nodiscard]] pid_t pid(int node) const;
  /// What node `node` (from 0) wrote.
  [[nodiscard]] std::filesystem::path log(int node) const;
  [[nodiscard]] const std::filesystem::path& directory() const noexcept { return directory_; }

  // Faults, for tests. Nodes are counted from 0.
  void kill(int node);     ///< SIGKILL; waits until it is gone. Nothing happens where it is not running.
  void stop(int node);     ///< A clean stop, as the destructor's.
  void restart(int node);  ///< Starts it on its old port and data, and waits until it answers.
  void freeze(int node);   ///< SIGSTOP: connections stay open and nothing is answered.
  void thaw(int node);     ///< SIGCONT

 private:
  struct Node;

  void prepare();
  void spawn(Node& node);
  void await(Node& node, std::chrono::steady_clock::time_point deadline);
  void write_settings(const Node& node) const;
  void format(const Node& node) const;
  void discard() noexcept;
  Node& at(int node);

  PrivateBrokerSettings settings_;
  std::filesystem::path java_;
  std::filesystem::path directory_;
  std::string bootstrap_;
  std::vector<std::unique_ptr<Node>> nodes_;
  int lock_ = -1;  ///< held on a file in the directory for as long as it is in use
};

}  // namespace copydesk::private_broker
