// SPDX-License-Identifier: Apache-2.0
#pragma once

// Everything that a run is made of, put together: a cluster, workers on it, a feeder before them, readers behind them.

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
  [[nodiscard]] const std::string& dead_letters() const noexcept { return kDeadLetters; }
  /// Of the input topic, now.
  [[nodiscard]] int partitions() const noexcept { return partitions_; }
  [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }

  /// Looks after the workers meanwhile. Throws where the feeder has failed.
  void wait(std::chrono::milliseconds duration);
  /// Waits until the condition holds; false where it does not within `limit`.
  bool wait_for(const std::function<bool()>& condition, std::chrono::milliseconds limit);
  /// Pauses the feeder and waits until everything fed has come out. False where it does not within `limit`.
  bool drain(std::chrono::milliseconds limit);
  /// After drain(): waits until the offsets of all that came out are committed, for at most 30 s. Until then a worker
  /// that dies repeats some of it.
  bool await_committed();
  /// Makes the input topic anew, which `gap` is not there, with so many partitions, and feeds it at once. Everything
  /// has come out of the old one before; `meanwhile` is called when the new one is there. False where that is not so
  /// within three minutes: then nothing is done.
  bool remake_input(int partitions, std::chrono::milliseconds gap, const std::function<void()>& meanwhile);
  /// Adds partitions to the input topic, and feeds them as soon as they can be.
  void add_partitions(int count);
  /// When everything has come out: waits until the workers' metrics say so too, and adds what they go on saying after
  /// 20 s to `lag_left`. A partition that no worker shows counts as one.
  std::int64_t check_lag();
  [[nodiscard]] std::int64_t lag_left() const noexcept { return lag_left_; }
  /// Stops the workers and reads what is left; how many records of the input are not committed, those of topics of
  /// that name that are gone included, and how many partitions have more committed than they hold.
  std::int64_t finish();

 private:
  inline static const std::string kInput = "chaos.wire";
  inline static const std::string kOutput = "chaos.enriched";
  inline static const std::string kDeadLetters = "chaos.dead-letters";
  inline static const std::string kGroup = "chaos-desk";
  void write_settings(const std::filesystem::path& file) const;
  void start_tails(const std::string& bootstrap);
  void start_input_tail(const std::string& bootstrap);

  const Options options_;
  std::filesystem::path folder_;
  Ledger ledger_;
  int partitions_ = 0;
  std::int64_t uncommitted_ = 0;  // in topics that are gone
  std::int64_t lag_left_ = 0;
  std::unique_ptr<Cluster> cluster_;
  std::unique_ptr<OffsetHistory> offsets_;
  std::unique_ptr<TopicTail> offsets_tail_;
  std::unique_ptr<TopicTail> input_tail_;
  std::unique_ptr<TopicTail> output_tail_;
  std::unique_ptr<Feeder> feeder_;
  std::unique_ptr<Fleet> fleet_;
};

}  // namespace copydesk::chaos
