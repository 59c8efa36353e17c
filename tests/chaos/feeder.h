// SPDX-License-Identifier: Apache-2.0
#pragma once

// Feeds numbered articles to the input topic at a steady rate, as a wire does, whatever the workers do.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "tests/chaos/articles.h"
#include "tests/chaos/feed_producer.h"
#include "tests/chaos/ledger.h"

namespace copydesk::chaos {

/// Calls may come from any thread.
class Feeder {
 public:
  struct Options {
    std::string bootstrap;
    std::string topic;
    int partitions = 6;
    double articles_per_second = 100;
    /// Nothing is fed while so many articles wait, so that what a long outage leaves can be worked off.
    std::int64_t most_waiting = 4000;
  };

  /// The ledger knows the partitions.
  Feeder(Options options, Ledger& ledger);
  ~Feeder();
  Feeder(const Feeder&) = delete;
  Feeder& operator=(const Feeder&) = delete;

  /// Stops feeding, ends an open transaction and waits until the topic has taken or refused everything. False where
  /// that takes longer than `limit`.
  bool pause(std::chrono::milliseconds limit);
  void resume();
  void set_rate(double articles_per_second) { rate_ = articles_per_second; }
  void set_menu(const Menu& menu);
  /// From the next article on; nothing: plainly, without transactions.
  void set_transactions(std::optional<Transactions> transactions);
  /// Feeds so many partitions as soon as the brokers show them.
  void set_partitions(int partitions);
  /// The topic of that name is another one now: a new producer, which knows nothing of the old one. While paused.
  void begin_new_topic(int partitions);
  /// Of all transactions so far.
  [[nodiscard]] TransactionCounts transactions() const;
  /// Why it stopped for good; empty while it works.
  [[nodiscard]] std::string failure() const;

 private:
  /// What it was told to do.
  struct Orders {
    Menu menu;
    std::optional<Transactions> transactions;
    int partitions = 0;
    int producer = 0;  ///< another number: another producer
  };
  void feed();
  void run();
  [[nodiscard]] Orders orders() const;
  std::unique_ptr<FeedProducer> make_producer(const Orders& orders);
  void note_transactions(const FeedProducer& producer);

  const Options options_;
  Ledger& ledger_;
  std::atomic<double> rate_;
  std::atomic<bool> stop_ = false;
  std::atomic<bool> paused_ = false;
  std::atomic<bool> idle_ = false;
  int producers_ = 0;              // made so far
  TransactionCounts gone_before_;  // of the producers before this one
  mutable std::mutex mutex_;
  Orders orders_;
  TransactionCounts transactions_;
  std::string failure_;
  std::thread thread_;
};

}  // namespace copydesk::chaos
