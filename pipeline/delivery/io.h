// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/engine/records.h"

namespace copydesk::delivery {

/// Raised by a source or a sink where going on would lose articles or cannot help: the worker stops with this message
/// and exit code 1, and a restart goes on from the last commit.
class FatalDeliveryError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The same, but new clients can go on from the last commit: a transaction was fenced off, say, because the broker had
/// waited for its end for too long.
class ClientsLost : public FatalDeliveryError {
 public:
  using FatalDeliveryError::FatalDeliveryError;
};

struct CommitOffset {
  engine::TopicPartition partition;
  std::int64_t next_offset = 0;  ///< the first offset that is not finished
};

/// Where articles come from. Used by one thread.
class Source {
 public:
  /// Called from inside `poll` and `close`.
  class Listener {
   public:
    virtual ~Listener() = default;
    virtual void assigned(std::span<const engine::TopicPartition> partitions) = 0;
    /// The partitions go to another worker once this returns. `lost` = they are already elsewhere: commit nothing.
    virtual void revoked(std::span<const engine::TopicPartition> partitions, bool lost) = 0;
    virtual void commit_finished(std::span<const CommitOffset> offsets, std::string_view error_code) = 0;
    /// Everything before `offset` has been given out, and there is nothing more now. Between the last record and that
    /// offset there may be transaction markers, and records that were aborted or compacted away.
    virtual void read_to_end(const engine::TopicPartition& partition, std::int64_t offset) {
      static_cast<void>(partition), static_cast<void>(offset);
    }
    /// So many offsets of records that were still to be read are gone: retention has deleted them.
    virtual void expired(const engine::TopicPartition& partition, std::int64_t first_offset, std::int64_t count) {
      static_cast<void>(partition), static_cast<void>(first_offset), static_cast<void>(count);
    }
  };

  virtual ~Source() = default;
  /// The next record, or nothing within `timeout`. Must be called at least every few seconds, even while paused.
  virtual std::optional<engine::InputRecord> poll(std::chrono::milliseconds timeout) = 0;
  virtual void pause(bool paused) = 0;
  virtual void commit_async(std::span<const CommitOffset> offsets) = 0;
  /// Waits for the broker's answer, at most `timeout`. True where committed.
  virtual bool commit_sync(std::span<const CommitOffset> offsets, std::chrono::milliseconds timeout) = 0;
  /// First and end offset of the partition as last seen by fetching; -1 where unknown. Does not wait.
  struct Watermarks {
    std::int64_t low = -1;
    std::int64_t high = -1;
  };
  [[nodiscard]] virtual Watermarks watermarks(const engine::TopicPartition& partition) = 0;
  /// Where the group stood in each partition when it was assigned: the committed offset, or where it begins; -1 where
  /// that is not known. Does not wait.
  [[nodiscard]] virtual std::vector<std::int64_t> committed(std::span<const engine::TopicPartition> partitions) = 0;
  /// Whether what the group has committed is still there, as it has to be before offsets are committed in a
  /// transaction; false where the broker does not say in time. Throws ClientsLost where it is gone, with its topic.
  [[nodiscard]] virtual bool still_stands(std::chrono::milliseconds timeout) {
    static_cast<void>(timeout);
    return true;
  }
  /// The topic is not there at the moment.
  [[nodiscard]] virtual bool input_missing() const { return false; }
  /// Proof that this is a live member of its group now, to commit offsets in a transaction; empty while it is not. A
  /// broker refuses it once the group has gone on without this member.
  [[nodiscard]] virtual std::string membership() = 0;
  /// True once no record can come any more: of a source that has an end.
  [[nodiscard]] virtual bool exhausted() const noexcept { return false; }
  /// Leaves the group; calls `revoked` for what is still assigned.
  virtual void close() = 0;
};

/// One record to publish. The views must stay valid until the sink reports it.
struct OutputRecord {
  std::string_view topic;
  std::int32_t partition = -1;  ///< negative = as the key has it
  std::optional<std::string_view> key;
  std::optional<std::string_view> value;
  std::span<const engine::Header> headers;
  std::int64_t timestamp_ms = -1;
};

/// What a topic takes, as far as it is known. The defaults take everything.
struct TopicTerms {
  std::int64_t oldest_ms = std::numeric_limits<std::int64_t>::min();  ///< Unix time in milliseconds of a record, at
  std::int64_t newest_ms = std::numeric_limits<std::int64_t>::max();  ///< least and at most
  bool needs_key = false;                                             ///< it is compacted

  [[nodiscard]] bool takes(std::int64_t timestamp_ms) const noexcept {
    return timestamp_ms >= oldest_ms && timestamp_ms <= newest_ms;
  }
};

/// Where records go. Used by one thread.
class Sink {
 public:
  enum class Accepted : std::uint8_t { kYes, kFull, kTooLarge };

  /// What became of a record.
  struct Delivery {
    enum class Outcome : std::uint8_t {
      kAcknowledged,
      kWithdrawn,  ///< not published, and not to blame: it is to be sent again, once the sink is renewed or the
                   ///< transaction aborted
      kRefused,    ///< the topic refuses this record, whatever it is sent with; else as kWithdrawn
    };
    /// Why it was refused: what might help.
    enum class Cause : std::uint8_t {
      kSize,
      kTimestamp,
      kContent,    ///< a missing key, or a policy of the topic
      kUncertain,  ///< perhaps no fault of the record: worth another try
    };
    Outcome outcome = Outcome::kAcknowledged;
    Cause cause = Cause::kContent;
    std::string_view code{};   ///< Kafka's name of the error, in static storage; empty where acknowledged
    std::string_view words{};  ///< what the client library says of it, likewise
  };

  /// `tag` comes back in the report. kFull: poll, then try again. Throws FatalDeliveryError.
  virtual Accepted send(const OutputRecord& record, void* tag) = 0;
  /// Reports finished deliveries to the listener. Throws FatalDeliveryError.
  virtual void poll(std::chrono::milliseconds timeout) = 0;

  /// Whether the sink wants renew() to be called: before anything else is sent, or once all that was sent is reported.
  enum class Renewal : std::uint8_t { kNone, kAtRest, kNow };
  [[nodiscard]] virtual Renewal renewal() const noexcept { return Renewal::kNone; }
  /// Reports what is not delivered yet as withdrawn, where it does not come back in time not at all, and begins anew:
  /// what was sent and is not acknowledged is to be sent again, in order. Not within a transaction. Throws
  /// FatalDeliveryError.
  virtual void renew() {}

  [[nodiscard]] virtual TopicTerms terms(std::string_view topic) const {
    static_cast<void>(topic);
    return {};
  }

  /// Gives up what is not delivered yet; no view handed to `send` is used any more once this returns.
  virtual void abandon() noexcept = 0;

  class Listener {
   public:
    virtual ~Listener() = default;
    virtual void delivered(void* tag, const Delivery& delivery) = 0;
  };
  virtual ~Sink() = default;
};

/// Makes what a sink publishes and the offsets of what a source gave count together, or not at all. While no
/// transaction is open, the sink takes no records. Used by one thread; all calls throw FatalDeliveryError.
class Transactions {
 public:
  enum class Step : std::uint8_t {
    kDone,
    kPending,  ///< not within the time given: call again, with the same arguments
    kFailed,   ///< the transaction must be aborted
  };

  virtual ~Transactions() = default;
  virtual void begin() = 0;
  /// Waits until all records of the transaction are acknowledged, and commits them with `offsets`. `membership` is the
  /// source's, from a time when it owned these partitions.
  virtual Step commit(std::span<const CommitOffset> offsets, const std::string& membership,
                      std::chrono::milliseconds timeout) = 0;
  /// kDone or kPending. Once done, every record of the transaction has been reported to the sink's listener.
  virtual Step abort(std::chrono::milliseconds timeout) = 0;
  /// Kafka's name of the error for which the open transaction must be aborted; empty while there is none.
  [[nodiscard]] virtual std::string_view failure() const noexcept = 0;
};

/// Wakes a waiting thread from any other, or from a signal handler. Wakes are not counted: one may stand for many.
class Wakeup {
 public:
  Wakeup();
  ~Wakeup();
  Wakeup(const Wakeup&) = delete;
  Wakeup& operator=(const Wakeup&) = delete;
  void notify() const noexcept;  ///< async-signal-safe
  void wait(std::chrono::milliseconds timeout) const noexcept;

 private:
  int descriptor_;
};

}  // namespace copydesk::delivery
