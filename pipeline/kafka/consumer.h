#pragma once
#include <memory>
#include <string>

#include "pipeline/delivery/io.h"
#include "pipeline/kafka/client.h"

namespace copydesk::kafka {

/// A member of a consumer group that reads one topic. Commits only what it is told to; follows eager and cooperative
/// assignment alike.
class Consumer final : public Source {
 public:
  /// `properties` complete: brokers, group and so on. The listener and the wakeup outlive the consumer; the wakeup is
  /// notified where there is something to poll. Throws std::runtime_error for settings that librdkafka refuses.
  Consumer(const Properties& properties, const std::string& topic, Listener& listener, const Wakeup& wakeup);
  ~Consumer() override;

  std::optional<InputRecord> poll(std::chrono::milliseconds timeout) override;
  void pause(bool paused) override;
  void commit_async(std::span<const CommitOffset> offsets) override;
  bool commit_sync(std::span<const CommitOffset> offsets, std::chrono::milliseconds timeout) override;
  [[nodiscard]] Watermarks watermarks(const TopicPartition& partition) override;
  [[nodiscard]] std::vector<std::int64_t> committed(std::span<const TopicPartition> partitions) override;
  [[nodiscard]] std::string membership() override;
  void close() override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace copydesk::kafka
