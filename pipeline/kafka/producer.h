// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>
#include <string_view>

#include "pipeline/delivery/io.h"
#include "pipeline/kafka/client.h"
#include "pipeline/kafka/topic_limits.h"

namespace copydesk::kafka {

/// Idempotent producer: retries without end and without reordering. With the property `transactional.id` it publishes
/// in transactions; see transactions.h.
///
/// Brokers answer for a batch, not for each of its records. So a batch that is refused, for its size or for one of its
/// records, is reported as withdrawn; renew() then makes a producer that sends every record in a batch of its own, for
/// a while, and what that one is refused is that record's fault (refusals.h has the table). Between the refusal and
/// renew() nothing more goes out (librdkafka's `enable.gapless.guarantee`), so that the order stays.
class Producer final : public delivery::Sink {
 public:
  struct Options {
    /// What the topics take, followed while it runs: batches are bounded by it. May be null.
    const LearntLimits* limits = nullptr;
    /// Called when a refusal shows that the limits may have changed. May be empty.
    std::function<void()> limits_in_doubt{};
    /// Who sends nothing again has what is refused reported as refused at once, with all of its batch.
    bool renews = false;
    /// Every record in a batch of its own from the start: a refusal is exact, and nobody else's.
    bool one_by_one = false;
  };
  /// The listener, the wakeup and the limits outlive the producer. Throws std::runtime_error for settings that
  /// librdkafka refuses.
  Producer(Properties properties, Listener& listener, const delivery::Wakeup& wakeup, Options options);
  ~Producer() override;

  Accepted send(const delivery::OutputRecord& record, void* tag) override;
  void poll(std::chrono::milliseconds timeout) override;
  [[nodiscard]] Renewal renewal() const noexcept override;
  void renew() override;
  [[nodiscard]] delivery::TopicTerms terms(std::string_view topic) const override;
  void abandon() noexcept override;

  /// For Transactions: librdkafka's producer, and the error for which its open transaction must be aborted (empty:
  /// none).
  [[nodiscard]] rd_kafka_t* client() const noexcept;
  /// Ends what an earlier producer with this transactional id left open. Throws FatalDeliveryError where the
  /// coordinator does not answer in time, or refuses.
  void start_transactions();
  [[nodiscard]] std::string_view transaction_failure() const noexcept;
  void set_transaction_failure(std::string_view code) noexcept;  ///< `code` in static storage
  /// Throws what a delivery report has thrown; reports come also from inside the calls that end a transaction.
  void rethrow_failure();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace copydesk::kafka
