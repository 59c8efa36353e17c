// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "pipeline/kafka/client.h"
#include "pipeline/settings/settings.h"

namespace copydesk::kafka {

/// librdkafka's properties from the settings: what delivery relies on, then the desk's own of `kafka.common`, then
/// those of `kafka.consumer` or `kafka.producer`. Throw std::runtime_error where reserved_property_problem() or
/// property_problem() refuses one of the desk's own.
[[nodiscard]] Properties consumer_properties(const settings::Settings& settings);
[[nodiscard]] Properties producer_properties(const settings::Settings& settings);

/// Those of a worker's producer with `delivery.guarantee: exactly_once`. The transactional id is `copydesk-GROUP-` and
/// `kafka.instance_id`, or, where that is empty, a random word, new in each call: what a killed worker left open is
/// then ended by its time-out.
[[nodiscard]] Properties transactional_producer_properties(const settings::Settings& settings);

/// Brokers, security and so on: what any client of these brokers needs, and both kinds heed.
[[nodiscard]] Properties common_properties(const settings::Settings& settings);

/// What librdkafka, or its list of properties, finds wrong with one property of that map, if anything, without its
/// value. reserved_property_problem() comes before it; for `config check`.
[[nodiscard]] std::optional<std::string> property_problem(settings::PropertyMap map, const std::string& name,
                                                          const std::string& value);

/// What keeps librdkafka from making the clients of these settings, as far as it can be told without asking a broker:
/// properties that exclude each other, certificates and keys that cannot be used.
[[nodiscard]] std::optional<std::string> client_problem(const settings::Settings& settings);

}  // namespace copydesk::kafka
