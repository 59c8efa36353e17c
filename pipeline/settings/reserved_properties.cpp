// SPDX-License-Identifier: Apache-2.0
#include "pipeline/settings/reserved_properties.h"

#include <algorithm>

#include "config/value.h"

namespace copydesk::settings {
namespace {

using Rule = ReservedProperty::Rule;

// librdkafka's three words for each truth value.
constexpr std::array<std::string_view, 3> kTrue{"true", "1", "t"};
constexpr std::array<std::string_view, 3> kFalse{"false", "0", "f"};
constexpr std::array<std::string_view, 3> kAllReplicas{"all", "-1", ""};
constexpr std::array<std::string_view, 3> kWithoutEnd{"0", "", ""};
constexpr std::array<std::string_view, 3> kMostRetries{"2147483647", "", ""};
/// With more, the broker cannot tell a repetition from a new batch (KIP-98).
constexpr std::array<std::string_view, 3> kMostInFlight{"5", "", ""};

constexpr std::string_view kOwnCommits = "Copydesk commits an offset itself, once its record is acknowledged";
constexpr std::string_view kNoLoss = "without it acknowledged records can be lost, doubled or reordered";
constexpr std::string_view kNeverGivenUp =
    "a record that is given up would come after later ones of its partition; Copydesk sends it until the broker takes "
    "it";
constexpr std::string_view kIdempotenceBound = "more requests at once can be reordered when one is repeated";
constexpr std::string_view kNoText = "is set by a program, not by text";

constexpr std::array kTable{
    // What has a setting of its own.
    ReservedProperty{"bootstrap.servers", Rule::kSetBy, {}, "kafka.brokers"},
    ReservedProperty{"metadata.broker.list", Rule::kSetBy, {}, "kafka.brokers"},
    ReservedProperty{"group.id", Rule::kSetBy, {}, "kafka.group"},
    ReservedProperty{"group.instance.id", Rule::kSetBy, {}, "kafka.instance_id"},
    ReservedProperty{"group.protocol", Rule::kSetBy, {}, "kafka.group_protocol"},
    ReservedProperty{"auto.offset.reset", Rule::kSetBy, {}, "kafka.auto_offset_reset"},
    ReservedProperty{"topic.metadata.refresh.interval.ms", Rule::kSetBy, {}, "kafka.topic_check_interval"},
    ReservedProperty{"transaction.timeout.ms", Rule::kSetBy, {}, "delivery.transaction_timeout"},
    ReservedProperty{"message.max.bytes", Rule::kSetBy, {}, "delivery.max_record_bytes"},

    // What the guarantee and the order rest on.
    ReservedProperty{"transactional.id", Rule::kRemove, {}, "is made by Copydesk for delivery.guarantee: exactly_once"},
    ReservedProperty{"enable.auto.commit", Rule::kOneOf, kFalse, kOwnCommits},
    ReservedProperty{"auto.commit.enable", Rule::kOneOf, kFalse, kOwnCommits},
    ReservedProperty{"enable.auto.offset.store", Rule::kOneOf, kFalse, kOwnCommits},
    ReservedProperty{"offset.store.method", Rule::kOneOf, {"broker"}, "a group's offsets are kept by the brokers"},
    ReservedProperty{"enable.partition.eof", Rule::kOneOf, kTrue,
                     "Copydesk learns from it how far a partition is read"},
    ReservedProperty{"enable.idempotence", Rule::kOneOf, kTrue, kNoLoss},
    ReservedProperty{"acks", Rule::kOneOf, kAllReplicas, kNoLoss},
    ReservedProperty{"request.required.acks", Rule::kOneOf, kAllReplicas, kNoLoss},
    ReservedProperty{"enable.gapless.guarantee", Rule::kRemove, {}, "is set by Copydesk where the order rests on it"},
    ReservedProperty{"max.in.flight", Rule::kAtMost, kMostInFlight, kIdempotenceBound},
    ReservedProperty{"max.in.flight.requests.per.connection", Rule::kAtMost, kMostInFlight, kIdempotenceBound},
    ReservedProperty{"message.timeout.ms", Rule::kOneOf, kWithoutEnd, kNeverGivenUp},
    ReservedProperty{"delivery.timeout.ms", Rule::kOneOf, kWithoutEnd, kNeverGivenUp},
    ReservedProperty{"retries", Rule::kOneOf, kMostRetries, kNeverGivenUp},
    ReservedProperty{"message.send.max.retries", Rule::kOneOf, kMostRetries, kNeverGivenUp},
    ReservedProperty{"queuing.strategy", Rule::kOneOf, {"fifo"}, "records of one partition would change their order"},
    ReservedProperty{"delivery.report.only.error", Rule::kOneOf, kFalse,
                     "Copydesk learns from the reports that a record is acknowledged"},
    ReservedProperty{"enabled_events", Rule::kOneOf, {"0"}, "reports would become events that nobody reads"},
    ReservedProperty{"allow.auto.create.topics", Rule::kOneOf, kFalse,
                     "a topic that is gone would come back empty, with the brokers' defaults; create topics yourself"},

    // What would hide or replace parts of the program.
    ReservedProperty{"log.queue", Rule::kOneOf, kFalse, "librdkafka's log would go to a queue that nobody reads"},
    ReservedProperty{"plugin.library.paths", Rule::kRemove, {}, "loads foreign code into the worker"},

    // Functions and memory of the program that uses the library.
    ReservedProperty{"error_cb", Rule::kRemove, {}, kNoText},
    ReservedProperty{"throttle_cb", Rule::kRemove, {}, kNoText},
    ReservedProperty{"stats_cb", Rule::kRemove, {}, kNoText},
    ReservedProperty{"log_cb", Rule::kRemove, {}, kNoText},
    ReservedProperty{"background_event_cb", Rule::kRemove, {}, kNoText},
    ReservedProperty{"socket_cb", Rule::kRemove, {}, kNoText},
    ReservedProperty{"connect_cb", Rule::kRemove, {}, kNoText},
    ReservedProperty{"closesocket_cb", Rule::kRemove, {}, kNoText},
    ReservedProperty{"open_cb", Rule::kRemove, {}, kNoText},
    ReservedProperty{"resolve_cb", Rule::kRemove, {}, kNoText},
    ReservedProperty{"oauthbearer_token_refresh_cb", Rule::kRemove, {}, kNoText},
    ReservedProperty{"ssl.certificate.verify_cb", Rule::kRemove, {}, kNoText},
    ReservedProperty{"consume_cb", Rule::kRemove, {}, kNoText},
    ReservedProperty{"rebalance_cb", Rule::kRemove, {}, kNoText},
    ReservedProperty{"offset_commit_cb", Rule::kRemove, {}, kNoText},
    ReservedProperty{"dr_cb", Rule::kRemove, {}, kNoText},
    ReservedProperty{"dr_msg_cb", Rule::kRemove, {}, kNoText},
    ReservedProperty{"partitioner_cb", Rule::kRemove, {}, kNoText},
    ReservedProperty{"msg_order_cmp", Rule::kRemove, {}, kNoText},
    ReservedProperty{"opaque", Rule::kRemove, {}, kNoText},
    ReservedProperty{"default_topic_conf", Rule::kRemove, {}, kNoText},
    ReservedProperty{"ssl_engine_callback_data", Rule::kRemove, {}, kNoText},
    ReservedProperty{"interceptors", Rule::kRemove, {}, kNoText},
    ReservedProperty{"ssl_key", Rule::kRemove, {}, "is set by a program: use ssl.key.location or ssl.key.pem"},
    ReservedProperty{"ssl_certificate",
                     Rule::kRemove,
                     {},
                     "is set by a program: use ssl.certificate.location or ssl.certificate.pem"},
    ReservedProperty{"ssl_ca", Rule::kRemove, {}, "is set by a program: use ssl.ca.location or ssl.ca.pem"},
};

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::span<const ReservedProperty> reserved_properties() noexcept {
  return kTable;
}

const ReservedProperty* reserved_property(std::string_view name) noexcept {
  const auto* const found = std::ranges::find(kTable, name, &ReservedProperty::name);
  return found == kTable.end() ? nullptr : found;
}

std::optional<std::string> reserved_property_problem(std::string_view name, std::string_view value) {
  const ReservedProperty* const found = reserved_property(name);
  if (found == nullptr) return std::nullopt;
  const std::string text(found->text);
  switch (found->rule) {
    case Rule::kSetBy: return "is set by " + text + "; write it there";
    case Rule::kRemove: return text + "; remove it";
    case Rule::kAtMost: {
      const auto most = config::parse_unsigned(found->values.front());
      const auto given = config::parse_unsigned(value);
      if (given && *given >= 1 && *given <= *most) return std::nullopt;
      return "must be from 1 to " + std::string(found->values.front()) + ": " + text;
    }
    case Rule::kOneOf: break;
  }
  const auto is_it = [&](std::string_view allowed) { return !allowed.empty() && equal_ignoring_case(allowed, value); };
  if (std::ranges::any_of(found->values, is_it)) return std::nullopt;
  return "must be " + std::string(found->values.front()) + ": " + text;
}

}  // namespace copydesk::settings
