// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>

#include "pipeline/delivery/io.h"
#include "pipeline/kafka/client.h"
#include "pipeline/kafka/start_offsets.h"

namespace copydesk::kafka {

class TopicMonitor;

/// A member of a consumer group that reads one topic. Commits only what it is told to, and where it begins; follows
/// eager and cooperative assignment alike. start_offsets.h says where it begins.
///
/// A topic that is deleted and made anew under its name is noticed: by the group's committed offsets, which Kafka
/// deletes with the topic (looked at before each commit, and at intervals), or by records whose offsets begin anew.
/// poll() throws ClientsLost then: new clients read the new topic from its beginning.
class Consumer final : public delivery::Source {
 public:
  struct Options {
    StartRule start{};
    const TopicMonitor* monitor = nullptr;  ///< asked whether the topic is there; may be null
    std::chrono::milliseconds check_interval{10'000};
  };
  /// `properties` complete: brokers, group and so on. The listener and the wakeup outlive the consumer; the wakeup is
  /// notified where there is something to poll. Throws std::runtime_error for settings that librdkafka refuses.
  Consumer(const Properties& properties, const std::string& topic, Listener& listener, const delivery::Wakeup& wakeup,
           const Options& options);
  Consumer(const Properties& properties, const std::string& topic, Listener& listener, const delivery::Wakeup& wakeup)
      : Consumer(properties, topic, listener, wakeup, Options()) {}
  ~Consumer() override;

  std::optional<engine::InputRecord> poll(std::chrono::milliseconds timeout) override;
  void pause(bool paused) override;
  void commit_async(std::span<const delivery::CommitOffset> offsets) override;
  bool commit_sync(std::span<const delivery::CommitOffset> offsets, std::chrono::milliseconds timeout) override;
  [[nodiscard]] Watermarks watermarks(const engine::TopicPartition& partition) override;
  [[nodiscard]] std::vector<std::int64_t> committed(std::span<const engine::TopicPartition> partitions) override;
  [[nodiscard]] std::string membership() override;
  [[nodiscard]] bool still_stands(std::chrono::milliseconds timeout) override;
  [[nodiscard]] bool input_missing() const override;
  void close() override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace copydesk::kafka
