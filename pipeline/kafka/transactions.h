// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "pipeline/delivery/io.h"
#include "pipeline/kafka/producer.h"

namespace copydesk::kafka {

/// Kafka's transactions of a producer with the property `transactional.id`, fenced by group metadata (KIP-447).
class Transactions final : public delivery::Transactions {
 public:
  /// As Producer::start_transactions(). The producer outlives this.
  explicit Transactions(Producer& producer);

  void begin() override;
  Step commit(std::span<const delivery::CommitOffset> offsets, const std::string& membership,
              std::chrono::milliseconds timeout) override;
  Step abort(std::chrono::milliseconds timeout) override;
  [[nodiscard]] std::string_view failure() const noexcept override { return producer_.transaction_failure(); }

 private:
  Step outcome(Error error, std::string_view what);

  Producer& producer_;
  bool offsets_sent_ = false;  ///< of the transaction in hand
};

}  // namespace copydesk::kafka
