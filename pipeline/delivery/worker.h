// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "pipeline/delivery/io.h"
#include "pipeline/delivery/lane.h"
#include "pipeline/engine/executor.h"
#include "pipeline/observe/worker_state.h"

namespace copydesk::observe {
class Metrics;
}
namespace copydesk::story {
class StoryTracker;
}

namespace copydesk::delivery {

/// The loop between source, executor and sink: one thread owns every decision about order, commits and rebalances;
/// the executor's threads only compute.
///
/// Invariant: an input offset is committed only when that record and all earlier ones of its partition are finished,
/// that is, the enriched record or its dead letter is acknowledged by the broker. With Transactions, what a worker
/// publishes and the offsets it stands for are committed together or not at all.
class Worker final : public Source::Listener, public Sink::Listener {
 public:
  struct Options {
    std::string output_topic;
    std::string dead_letter_topic;
    bool order_by_key = false;  ///< articles of different keys may overtake each other; not with transactions
    std::size_t inflight_records = 2000;
    std::size_t inflight_bytes = std::size_t{64} << 20;  ///< payloads and outputs; one article is always admitted
    std::chrono::milliseconds commit_interval{1000};
    std::chrono::milliseconds transaction_interval{500};  ///< from the first record of a transaction to its commit
    std::chrono::milliseconds transaction_backoff{100};   ///< after a second abort in a row; doubles with each
    std::chrono::milliseconds drain_timeout{20'000};      ///< at revocation and at the end
    bool timestamps = true;                               ///< write received and enriched times into the records
    std::string version;                                  ///< goes into dead letters
    std::function<void()> ready = {};                     ///< called once, when the group has first given partitions
    story::StoryTracker* stories = nullptr;               ///< marks older versions and duplicates; may be null
  };
  struct Published {
    std::optional<std::string_view> record;  ///< nullopt = tombstone
    std::string_view key = {};               ///< of the input record; empty where it had none
    const encode::Digest& digest;            ///< of the record; empty for a tombstone
    bool superseded = false;
    bool duplicate = false;  ///< another article said nearly the same before
  };
  /// Told of every enriched record and every tombstone once the broker has acknowledged it, or its transaction is
  /// committed; called on the worker's thread.
  class PublishedListener {
   public:
    virtual ~PublishedListener() = default;
    virtual void published(const Published& published) noexcept = 0;
  };

  Worker(engine::Executor& executor, observe::Metrics& metrics, const Wakeup& wakeup, Options options,
         PublishedListener* listener);
  ~Worker() override;
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Runs until `stop` is set (then wake it) or the source is exhausted, drains and commits. True where everything
  /// taken in was finished. Exactly once with `transactions`, which belong to the sink; at least once without. Throws
  /// FatalDeliveryError; may be called again after it, with other clients.
  bool run(Source& source, Sink& sink, const std::atomic<bool>& stop, Transactions* transactions = nullptr);

  [[nodiscard]] const observe::WorkerState& state() const noexcept { return state_; }

  void assigned(std::span<const engine::TopicPartition> partitions) override;
  void revoked(std::span<const engine::TopicPartition> partitions, bool lost) override;
  void commit_finished(std::span<const CommitOffset> offsets, std::string_view error_code) override;
  void read_to_end(const engine::TopicPartition& partition, std::int64_t offset) override;
  void expired(const engine::TopicPartition& partition, std::int64_t first_offset, std::int64_t count) override;
  void delivered(void* tag, const Sink::Delivery& delivery) override;

 private:
  struct InFlight;
  struct Assigned {
    Lane<InFlight> lane;
    std::int64_t committed = -1;  ///< the broker has confirmed it; -1 = unknown
    std::int64_t requested = -1;  ///< last offset sent for commit
    std::size_t outputs = 0;      ///< records of the output topic that are sent and not reported
  };
  using Lanes = std::map<engine::TopicPartition, Assigned>;

  enum class Phase : std::uint8_t { kNone, kOpen, kCommitting, kAborting };
  /// The transaction in hand; its records and offsets are those of every lane.
  struct Transaction {
    Phase phase = Phase::kNone;
    bool doomed = false;                        ///< open, but partitions of its records are gone: abort it
    StageContext::Clock::time_point due{};      ///< when to commit it
    StageContext::Clock::time_point restart{};  ///< no new one before this
    std::size_t records = 0;                    ///< sent in it; the next likewise
    std::size_t bytes = 0;
    std::vector<CommitOffset> offsets;
    std::string membership;  ///< when the commit began: later ones would not prove that these partitions are ours
    int failures = 0;        ///< transactions aborted since the last that was committed
  };

  void admit(engine::InputRecord record);
  void finished_computing(InFlight& article) noexcept;  // on executor threads
  void pump();
  [[nodiscard]] bool settle_story(InFlight& article);
  bool send(InFlight& article);
  // worker_refusals.cpp
  [[nodiscard]] bool sink_is_open();
  void fit_to_topic(InFlight& article);
  static void restamp(InFlight& article);
  static void make_key(InFlight& article);
  void settle_refusal(InFlight& article, const Sink::Delivery& delivery);
  void shrink_dead_letter(InFlight& article);
  void make_dead_letter(InFlight& article);
  void make_dead_letter(InFlight& article, Error why);
  void announce(const InFlight& article);
  void release(InFlight& article);
  void retire(InFlight& article);
  void retire_finished();
  void drop(Lanes::iterator lane);
  [[nodiscard]] bool has_room() const noexcept;
  bool take_in();
  void commit_due();
  // worker_transactions.cpp
  [[nodiscard]] bool may_send();
  [[nodiscard]] bool open_transaction();
  [[nodiscard]] std::vector<CommitOffset> transaction_offsets() const;
  void advance_transaction(bool now);
  void begin_abort(std::string_view code);
  void transaction_committed();
  void transaction_aborted();
  void give_up_transaction();
  void forget_everything();
  bool drain(std::span<const engine::TopicPartition> partitions, StageContext::Clock::time_point deadline);
  void report();

  engine::Executor& executor_;
  observe::Metrics& metrics_;
  const Wakeup& wakeup_;
  const Options options_;
  PublishedListener* listener_;
  Source* source_ = nullptr;
  Sink* sink_ = nullptr;
  Transactions* transactions_ = nullptr;
  observe::WorkerState state_;

  Lanes lanes_;
  std::unordered_map<InFlight*, std::unique_ptr<InFlight>> articles_;
  std::size_t inflight_bytes_ = 0;
  Transaction transaction_;
  bool paused_ = false;
  StageContext::Clock::time_point full_since_ = StageContext::Clock::time_point::max();
  StageContext::Clock::time_point next_commit_{};
  StageContext::Clock::time_point next_report_{};
  StageContext::Clock::time_point last_report_{};
  double last_busy_ = 0;

  std::mutex computed_mutex_;
  std::vector<InFlight*> computed_;
  std::vector<InFlight*> taken_;   // scratch of pump()
  std::size_t outstanding_ = 0;    // records sent and not reported
  int renewals_ = 0;               // of the sink, since the last acknowledgement
  bool refusals_settled_ = false;  // records of the transaction in hand were refused, and will go in another form
  StageContext::Clock::time_point send_again_at_{};  // nothing is sent before this
};

}  // namespace copydesk::delivery
