// SPDX-License-Identifier: Apache-2.0
// How the worker uses transactions: one at a time, of everything that it publishes. Whatever stands in the way of a
// commit, the transaction is aborted and its records, which are all still in their lanes, are sent again in order.

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "pipeline/delivery/in_flight.h"
#include "pipeline/logging/log_throttle.h"

namespace copydesk::delivery {

namespace {

using Clock = StageContext::Clock;
using std::chrono::milliseconds;

/// The most that one call may hold up the group's polling; an outage of the broker takes several.
constexpr milliseconds kStep{1000};
constexpr milliseconds kGiveUpAfter{2000};
/// Kafka's name for it: the group gives partitions of the transaction to another worker.
constexpr std::string_view kPartitionsTaken = "REBALANCE_IN_PROGRESS";

/// At once after the first failure, then longer with each in a row: `first`, twice that, … 50 times.
milliseconds backoff(int failures, milliseconds first) {
  constexpr int kMostTimes = 50;
  constexpr int kDoublings = 6;
  if (failures == 0) return milliseconds(0);
  return first * std::min(kMostTimes, 1 << std::min(failures - 1, kDoublings));
}

}  // namespace

/// Whether a record may be sent now; opens a transaction for it where there is none.
bool Worker::may_send() {
  if (transactions_ == nullptr) return true;
  if (transaction_.phase == Phase::kNone && !open_transaction()) return false;
  return transaction_.phase == Phase::kOpen && !transaction_.doomed && transactions_->failure().empty();
}

/// False where it is too early after one that failed.
bool Worker::open_transaction() {
  const auto now = Clock::now();
  if (now < transaction_.restart) return false;
  transactions_->begin();
  transaction_.phase = Phase::kOpen;
  transaction_.due = now + options_.transaction_interval;
  transaction_.records = transaction_.bytes = 0;
  return true;
}

/// What the transaction in hand would commit.
std::vector<CommitOffset> Worker::transaction_offsets() const {
  std::vector<CommitOffset> offsets;
  for (const auto& [partition, assigned] : lanes_) {
    const auto next = assigned.lane.next_offset_of_sent();
    if (next && *next != assigned.committed) offsets.push_back({partition, *next});
  }
  return offsets;
}

/// Takes the transaction a step towards its end, once it is due, large, or `now`.
void Worker::advance_transaction(bool now) {
  // Offsets that hold no articles, transaction markers for instance, are committed as well: nothing is left behind.
  if (transaction_.phase == Phase::kNone && sink_->renewal() == Sink::Renewal::kNone &&
      (transaction_offsets().empty() || !open_transaction())) {
    return;
  }
  if (transaction_.phase == Phase::kOpen) {
    if (transaction_.doomed || !transactions_->failure().empty()) {
      begin_abort(transaction_.doomed ? kPartitionsTaken : transactions_->failure());
    } else {
      // Articles of the transaction hold memory until it is committed: at half of the limits, the other half computes.
      const bool large = transaction_.records >= (options_.inflight_records + 1) / 2 ||
                         transaction_.bytes >= options_.inflight_bytes / 2;
      if (!now && !large && Clock::now() < transaction_.due) return;
      if (!source_->still_stands(kStep)) return;
      transaction_.membership = source_->membership();
      if (transaction_.membership.empty()) return;  // the group will say that the partitions are lost
      transaction_.offsets = transaction_offsets();
      transaction_.phase = Phase::kCommitting;
    }
  }
  if (transaction_.phase == Phase::kCommitting) {
    switch (transactions_->commit(transaction_.offsets, transaction_.membership, kStep)) {
      case Transactions::Step::kDone: transaction_committed(); return;
      case Transactions::Step::kPending: return;
      case Transactions::Step::kFailed: begin_abort(transactions_->failure());
    }
  }
  if (transaction_.phase == Phase::kAborting && transactions_->abort(kStep) == Transactions::Step::kDone) {
    transaction_aborted();
  }
}

void Worker::begin_abort(std::string_view code) {
  transaction_.phase = Phase::kAborting;
  metrics_.commit_failed(code);
  logging::log_throttle().log(
      {.many = fmt::format("aborted transactions ({})", code),
       .detail = fmt::format("a transaction of {} records is aborted and sent again: {}", transaction_.records, code)});
}

void Worker::transaction_committed() {
  transaction_.phase = Phase::kNone;
  transaction_.failures = 0;
  for (const auto& [partition, assigned] : lanes_) {
    for (const InFlight* article : assigned.lane.items()) {
      if (article->progress != Progress::kFinished) break;
      announce(*article);
    }
  }
  retire_finished();
  for (const CommitOffset& offset : transaction_.offsets) {
    const auto lane = lanes_.find(offset.partition);
    if (lane != lanes_.end()) lane->second.committed = std::max(lane->second.committed, offset.next_offset);
  }
}

void Worker::transaction_aborted() {
  transaction_.phase = Phase::kNone;
  transaction_.doomed = false;
  // What was refused goes in another form now, so that there is nothing to wait for.
  const int failures = std::exchange(refusals_settled_, false) ? 0 : transaction_.failures++;
  transaction_.restart = Clock::now() + backoff(failures, options_.transaction_backoff);
  for (auto& [partition, assigned] : lanes_) assigned.lane.rewind();
}

/// At the end, where there was no time to commit: aborted, readers of the output need not wait for its time-out.
void Worker::give_up_transaction() {
  if (transaction_.phase == Phase::kOpen || transaction_.phase == Phase::kAborting) transactions_->abort(kGiveUpAfter);
}

}  // namespace copydesk::delivery
