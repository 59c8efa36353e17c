// SPDX-License-Identifier: Apache-2.0
#pragma once

// Reads topics from their beginning on and goes on reading, as a consumer of committed records sees them.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

struct rd_kafka_message_s;
struct rd_kafka_s;

namespace copydesk::chaos {

/// One record; it and the views are valid during the call that hands it over.
struct TailRecord {
  std::string_view topic;
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::optional<std::string_view> key;
  std::optional<std::string_view> value;
  std::int64_t timestamp_ms = -1;  ///< Unix time; -1 = none
  const rd_kafka_message_s* message = nullptr;

  /// The last header of that name; nothing where there is none, or it is null.
  [[nodiscard]] std::optional<std::string_view> header(const char* name) const;
};

/// Hands every record over exactly once and in offset order per partition, on a thread of its own: records that the
/// client library fetches again are told by their offsets and dropped.
class TopicTail {
 public:
  using Handler = std::function<void(const TailRecord&)>;

  /// Throws std::runtime_error where a topic cannot be read.
  TopicTail(std::string bootstrap_servers, std::vector<std::string> topics, Handler handler);
  ~TopicTail();
  TopicTail(const TopicTail&) = delete;
  TopicTail& operator=(const TopicTail&) = delete;

  /// Waits until all that the topics hold now is handed over, records of open transactions included once those end.
  /// False where that takes longer than `limit`.
  bool catch_up(std::chrono::milliseconds limit);
  /// The topic has so many partitions now; the new ones are read from their beginning.
  void grow(const std::string& topic, int partitions);
  /// Of each partition of a topic, the offset behind what has been handed over, and behind markers of transactions.
  [[nodiscard]] std::map<std::int32_t, std::int64_t> positions(const std::string& topic) const;

 private:
  using Place = std::pair<std::string, std::int32_t>;
  void read();
  void assign(rd_kafka_s* consumer) const;
  [[nodiscard]] std::map<Place, std::int64_t> ends(std::chrono::milliseconds limit) const;

  const std::string bootstrap_;
  const std::vector<std::string> topics_;
  const Handler handler_;
  std::map<Place, std::int64_t> next_;  // the first offset not read; guarded by mutex_
  mutable std::mutex mutex_;
  std::atomic<bool> stop_ = false;
  std::atomic<bool> grown_ = false;
  std::thread thread_;
};

}  // namespace copydesk::chaos
