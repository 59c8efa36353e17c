#pragma once

// Feeds numbered articles to the input topic at a steady rate, as a wire does, whatever the workers do.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/chaos/ledger.h"

namespace copydesk::chaos {

class Feeder {
 public:
  struct Options {
    std::string bootstrap;
    std::string topic;
    int partitions = 6;
    double articles_per_second = 100;
    /// Nothing is fed while so many articles wait, so that what a long outage leaves can be worked off.
    std::int64_t most_waiting = 4000;
    /// Of so many articles one is no JSON: it must come out as a dead letter.
    int bad_every = 40;
  };

  Feeder(Options options, Ledger& ledger);
  ~Feeder();
  Feeder(const Feeder&) = delete;
  Feeder& operator=(const Feeder&) = delete;

  /// Stops feeding and waits until the topic has taken or refused everything. False where that takes longer than
  /// `limit`.
  bool pause(std::chrono::milliseconds limit);
  void resume();
  void set_rate(double articles_per_second) { rate_ = articles_per_second; }
  /// Why it stopped for good; empty while it works.
  [[nodiscard]] std::string failure() const;

 private:
  void feed();

  const Options options_;
  Ledger& ledger_;
  std::atomic<double> rate_;
  std::atomic<bool> stop_ = false;
  std::atomic<bool> paused_ = false;
  std::atomic<std::int64_t> offered_ = 0;
  std::atomic<std::int64_t> settled_ = 0;
  mutable std::mutex mutex_;
  std::string failure_;
  std::thread thread_;
};

}  // namespace copydesk::chaos
