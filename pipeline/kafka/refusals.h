// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <librdkafka/rdkafka.h>

#include <cstdint>
#include <span>
#include <string_view>

#include "pipeline/delivery/io.h"

namespace copydesk::kafka {

/// Whom a refused record's error concerns, and so what is done about it.
enum class RefusalClass : std::uint8_t {
  kBatch,     ///< the batch is too large: its records are sent one by one
  kRecord,    ///< a record of the batch: likewise, and the one that is refused alone becomes a dead letter
  kUnclear,   ///< perhaps one record, perhaps the broker: tried again, one by one, a few times; then like kRecord
  kMoment,    ///< it will pass: tried again without end
  kProducer,  ///< the producer is lost: a new one sends again what is not acknowledged
  kTopic,     ///< the topic as a whole, or a right: the worker stops, and says what to do
};

/// "batch", "record", …: as docs/delivery.md calls it.
[[nodiscard]] std::string_view name_of(RefusalClass refusal) noexcept;

/// One error that a produce can end with: those that the Kafka protocol lists for it, and librdkafka's own.
struct KnownRefusal {
  rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_UNKNOWN;
  RefusalClass of = RefusalClass::kUnclear;
};
/// The table of docs/delivery.md, in its order.
[[nodiscard]] std::span<const KnownRefusal> known_refusals() noexcept;

/// kUnclear for a code that is not in the table.
[[nodiscard]] RefusalClass refusal_class(rd_kafka_resp_err_t code) noexcept;

/// What might help a record that is refused alone.
[[nodiscard]] delivery::Sink::Delivery::Cause cause_of(rd_kafka_resp_err_t code) noexcept;

/// What to do where a topic as a whole is refused.
[[nodiscard]] std::string_view advice_for_topic(rd_kafka_resp_err_t code) noexcept;

}  // namespace copydesk::kafka
