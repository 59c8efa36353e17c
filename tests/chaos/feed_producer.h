// SPDX-License-Identifier: Apache-2.0
#pragma once

// Puts articles into the input topic, plainly or in transactions, and tells the ledger what became of each.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/chaos/articles.h"
#include "tests/chaos/ledger.h"
#include "tests/chaos/librdkafka_handles.h"

namespace copydesk::chaos {

/// How transactions of the feeder go.
struct Transactions {
  std::chrono::milliseconds length{300};
  int abort_every = 3;  ///< of so many one is aborted; 0 = none
  int leave_every = 0;  ///< of so many one is left open, as by a producer that was killed; the broker aborts it
};

/// How many transactions ended in which way.
struct TransactionCounts {
  int committed = 0;
  int aborted = 0;
  int left_open = 0;
  int unclear = 0;  ///< committed or aborted: no answer said which
};

/// Used by one thread.
class FeedProducer {
 public:
  struct Options {
    std::string bootstrap;
    std::string topic;
    std::optional<Transactions> transactions;
    /// In transactions: an id that no other producer of the run has.
    std::string transactional_id;
    /// Transactions that ended before, of producers before this one: which turn it is.
    int transactions_before = 0;
  };

  /// Throws std::runtime_error where Kafka does not let it begin.
  FeedProducer(Options options, Ledger& ledger);
  /// What is under way is given up, and told to the ledger as refused, or as aborted.
  ~FeedProducer();
  FeedProducer(const FeedProducer&) = delete;
  FeedProducer& operator=(const FeedProducer&) = delete;

  void publish(ArticleNumber article, const FedArticle& what);
  /// To be called often. Ends the open transaction where its time has come, or where `end_now` says so.
  void poll(bool end_now);
  /// Waits until everything is settled, for at most 30 s.
  void finish();
  /// Articles of which it is not known yet whether the topic has them.
  [[nodiscard]] std::int64_t unsettled() const noexcept { return unsettled_; }
  /// It takes nothing more: another one must go on.
  [[nodiscard]] bool is_lost() const noexcept { return lost_; }
  /// Whether it knows that the topic has that many partitions; asks for it.
  [[nodiscard]] bool sees_partitions(int count);
  [[nodiscard]] const TransactionCounts& transactions() const noexcept { return counts_; }

 private:
  enum class End : std::uint8_t { kCommitted, kAborted, kUnclear };
  static void on_delivery(rd_kafka_t* handle, const rd_kafka_message_t* message, void* self);
  bool begin_transaction();
  void end_transaction();
  End commit();
  End abort(bool commit_was_sent);
  void leave_open();
  void settle(End end);

  const Options options_;
  Ledger& ledger_;
  ClientHandle handle_;
  bool lost_ = false;
  std::int64_t unsettled_ = 0;
  // Of the open transaction.
  bool open_ = false;
  bool failed_ = false;  // it can only be aborted
  std::chrono::steady_clock::time_point begun_;
  std::vector<ArticleNumber> articles_;
  TransactionCounts counts_;
};

}  // namespace copydesk::chaos
