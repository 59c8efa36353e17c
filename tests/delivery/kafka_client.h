// SPDX-License-Identifier: Apache-2.0
#pragma once

// A plain Kafka client for tests, on librdkafka itself and none of the code under test.

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace copydesk::delivery {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// A record as Kafka keeps it. An absent value is a tombstone.
struct Record {
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::optional<std::string> key{};
  std::optional<std::string> value{};
  Headers headers{};
  std::int64_t timestamp = 0;  ///< Unix time in milliseconds

  /// The last header of that name.
  [[nodiscard]] std::optional<std::string> header(std::string_view name) const;
};

/// All calls throw std::runtime_error where Kafka refuses or does not answer.
class KafkaClient {
 public:
  explicit KafkaClient(std::string bootstrap_servers) : bootstrap_(std::move(bootstrap_servers)) {}

  void create_topic(const std::string& name, int partitions, const std::map<std::string, std::string>& config = {},
                    int replicas = 1) const;

  /// Returns when the broker knows it no more.
  void delete_topic(const std::string& name) const;
  /// Sets these settings of the topic, and all others to their defaults; returns when the broker tells of them.
  void configure_topic(const std::string& name, const std::map<std::string, std::string>& config) const;
  /// Adds partitions until the topic has so many; returns when the broker tells of them.
  void grow_topic(const std::string& name, int partitions) const;
  /// Deletes the records of a partition before that offset, as retention does.
  void delete_records(const std::string& topic, std::int32_t partition, std::int64_t before) const;

  /// Takes from everybody the right to write to the topic, or gives it back; returns when that holds. The broker has an
  /// authorizer that allows what nothing is said of.
  void allow_writing(const std::string& topic, bool allowed) const;

  /// Publishes in the order given, with `acks=all`, and returns when all are acknowledged. Of each record its
  /// partition, key, value, headers and timestamp (0 = now, -1 = none) count.
  void produce(const std::string& topic, const std::vector<Record>& records) const;
  /// The same in one transaction, which is then committed or aborted.
  void produce_transaction(const std::string& topic, const std::vector<Record>& records, bool committed) const;

  /// Everything in the topic now, partition by partition in offset order: what a reader of committed records sees.
  /// Waits for the end of transactions that are open now.
  [[nodiscard]] std::vector<Record> read_all(const std::string& topic) const;

  /// How many records the topic holds now, over all partitions (no compaction, no transactions).
  [[nodiscard]] std::int64_t count(const std::string& topic) const;

  /// The committed offsets of a group, by partition; a partition without one is absent.
  [[nodiscard]] std::map<std::int32_t, std::int64_t> committed(const std::string& group,
                                                               const std::string& topic) const;

 private:
  std::string bootstrap_;
};

}  // namespace copydesk::delivery
