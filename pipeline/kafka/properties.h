#pragma once
#include <optional>
#include <string>

#include "pipeline/kafka/client.h"
#include "pipeline/settings.h"

namespace copydesk::kafka {

/// librdkafka's properties from the settings: what delivery relies on, then the desk's own of `kafka.common`, then
/// those of `kafka.consumer` or `kafka.producer`. Throw std::runtime_error where a desk's own would break the delivery
/// invariant (`enable.auto.commit`, `acks`, …).
[[nodiscard]] Properties consumer_properties(const Settings& settings);
[[nodiscard]] Properties producer_properties(const Settings& settings);

/// Those of a worker's producer with `delivery.guarantee: exactly_once`. The transactional id is `copydesk-GROUP-` and
/// `kafka.instance_id`, or, where that is empty, a random word, new in each call: what a killed worker left open is
/// then ended by its time-out.
[[nodiscard]] Properties transactional_producer_properties(const Settings& settings);

/// Brokers, security and so on: what any client of these brokers needs.
[[nodiscard]] Properties common_properties(const Settings& settings);

/// What is wrong with one property, if anything; for `config check`.
[[nodiscard]] std::optional<std::string> property_problem(const std::string& name, const std::string& value);

}  // namespace copydesk::kafka
