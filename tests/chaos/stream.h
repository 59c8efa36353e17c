#pragma once

// Everything that a run is made of, put together: a cluster, workers on it, a feeder before them, readers behind them.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/chaos/cluster.h"
#include "tests/chaos/feeder.h"
#include "tests/chaos/fleet.h"
#include "tests/chaos/ledger.h"
#include "tests/chaos/offset_history.h"
#include "tests/chaos/topic_tail.h"

namespace copydesk::chaos {

/// Used by one thread, which must live as long as the stream.
class Stream {
 public:
  struct Options {
    std::string guarantee = "at_least_once";
    int workers = 3;
    int threads = 1;  ///< of each worker
    int partitions = 6;
    int output_partitions = 4;
    double articles_per_second = 100;
    /// Of a worker, before its memory counts.
    std::chrono::seconds warm_up{30};
    bool own_disks = false;  ///< only after enter_own_mounts()
    bool keep_logs = false;  ///< the folder with the workers' logs stays; it does where one ended badly
  };

  /// Returns when all workers have their partitions and articles flow. Throws std::runtime_error.
  explicit Stream(Options options);
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  [[nodiscard]] Cluster& cluster() noexcept { return *cluster_; }
  [[nodiscard]] Fleet& fleet() noexcept { return *fleet_; }
  [[nodiscard]] Feeder& feeder() noexcept { return *feeder_; }
  [[nodiscard]] Ledger& ledger() noexcept { return ledger_; }
  [[nodiscard]] const OffsetHistory& offsets() const noexcept { return *offsets_; }
  [[nodiscard]] const Options& options() const noexcept { return options_; }
  [[nodiscard]] const std::string& output() const noexcept { return kOutput; }
  [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }

  /// Looks after the workers meanwhile. Throws where the feeder has failed.
  void wait(std::chrono::milliseconds duration);
  /// Waits until the condition holds; false where it does not within `limit`.
  bool wait_for(const std::function<bool()>& condition, std::chrono::milliseconds limit);
  /// Pauses the feeder and waits until everything fed has come out. False where it does not within `limit`.
  bool drain(std::chrono::milliseconds limit);
  /// Stops the workers and reads what is left; how many records of the input are not committed.
  std::int64_t finish();

 private:
  inline static const std::string kInput = "chaos.wire";
  inline static const std::string kOutput = "chaos.enriched";
  inline static const std::string kDeadLetters = "chaos.dead-letters";
  inline static const std::string kGroup = "chaos-desk";
  void write_settings(const std::filesystem::path& file) const;

  const Options options_;
  std::filesystem::path folder_;
  Ledger ledger_;
  std::atomic<std::int64_t> input_records_ = 0;
  std::unique_ptr<Cluster> cluster_;
  std::unique_ptr<OffsetHistory> offsets_;
  std::unique_ptr<TopicTail> offsets_tail_;
  std::unique_ptr<TopicTail> input_tail_;
  std::unique_ptr<TopicTail> output_tail_;
  std::unique_ptr<Feeder> feeder_;
  std::unique_ptr<Fleet> fleet_;
};

}  // namespace copydesk::chaos
