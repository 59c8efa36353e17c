#pragma once
#include <memory>
#include <string_view>

#include "pipeline/delivery/io.h"
#include "pipeline/kafka/client.h"

namespace copydesk::kafka {

/// Idempotent producer: retries without end and without reordering; what it refuses for good is reported or thrown.
/// With the property `transactional.id` it publishes in transactions; see transactions.h.
class Producer final : public Sink {
 public:
  /// The listener and the wakeup outlive the producer. Throws std::runtime_error for settings that librdkafka refuses.
  Producer(const Properties& properties, Listener& listener, const Wakeup& wakeup);
  ~Producer() override;

  Accepted send(const OutputRecord& record, void* tag) override;
  void poll(std::chrono::milliseconds timeout) override;
  void abandon() noexcept override;

  /// For Transactions: librdkafka's producer, and the error for which its open transaction must be aborted (empty:
  /// none).
  [[nodiscard]] rd_kafka_t* client() const noexcept;
  [[nodiscard]] std::string_view transaction_failure() const noexcept;
  void set_transaction_failure(std::string_view code) noexcept;  ///< `code` in static storage
  /// Throws what a delivery report has thrown; reports come also from inside the calls that end a transaction.
  void rethrow_failure();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace copydesk::kafka
