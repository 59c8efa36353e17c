#pragma once
#include <memory>

#include "pipeline/delivery/io.h"
#include "pipeline/kafka/client.h"

namespace copydesk::kafka {

/// Idempotent producer: retries without end and without reordering; what it refuses for good is reported or thrown.
class Producer final : public Sink {
 public:
  /// The listener and the wakeup outlive the producer. Throws std::runtime_error for settings that librdkafka refuses.
  Producer(const Properties& properties, Listener& listener, const Wakeup& wakeup);
  ~Producer() override;

  Accepted send(const OutputRecord& record, void* tag) override;
  void poll(std::chrono::milliseconds timeout) override;
  void abandon() noexcept override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace copydesk::kafka
