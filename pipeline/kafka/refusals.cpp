// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/refusals.h"

#include <algorithm>
#include <array>

namespace copydesk::kafka {

namespace {

using Class = RefusalClass;

// The errors of a ProduceResponse (https://kafka.apache.org/protocol#The_Messages_Produce and #protocol_error_codes),
// then those that librdkafka gives a delivery report itself (rd_kafka_err_action() and its callers).
constexpr std::array kTable{
    KnownRefusal{RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, Class::kBatch},
    KnownRefusal{RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE, Class::kBatch},

    KnownRefusal{RD_KAFKA_RESP_ERR_INVALID_RECORD, Class::kRecord},
    KnownRefusal{RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP, Class::kRecord},
    KnownRefusal{RD_KAFKA_RESP_ERR_POLICY_VIOLATION, Class::kRecord},
    KnownRefusal{RD_KAFKA_RESP_ERR_INVALID_MSG_SIZE, Class::kRecord},
    KnownRefusal{RD_KAFKA_RESP_ERR__INVALID_ARG, Class::kRecord},
    KnownRefusal{RD_KAFKA_RESP_ERR__BAD_MSG, Class::kRecord},

    KnownRefusal{RD_KAFKA_RESP_ERR_UNKNOWN, Class::kUnclear},
    KnownRefusal{RD_KAFKA_RESP_ERR_INVALID_MSG, Class::kUnclear},
    KnownRefusal{RD_KAFKA_RESP_ERR_INVALID_REQUEST, Class::kUnclear},
    KnownRefusal{RD_KAFKA_RESP_ERR__FAIL, Class::kUnclear},

    KnownRefusal{RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR_REPLICA_NOT_AVAILABLE, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR_NOT_COORDINATOR, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR_FENCED_LEADER_EPOCH, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR_UNKNOWN_LEADER_EPOCH, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR_THROTTLING_QUOTA_EXCEEDED, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR__TRANSPORT, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR__TIMED_OUT, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR__WAIT_COORD, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR__RETRY, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR__PURGE_QUEUE, Class::kMoment},
    KnownRefusal{RD_KAFKA_RESP_ERR__PURGE_INFLIGHT, Class::kMoment},

    KnownRefusal{RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER, Class::kProducer},
    KnownRefusal{RD_KAFKA_RESP_ERR_DUPLICATE_SEQUENCE_NUMBER, Class::kProducer},
    KnownRefusal{RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, Class::kProducer},
    KnownRefusal{RD_KAFKA_RESP_ERR_INVALID_TXN_STATE, Class::kProducer},
    KnownRefusal{RD_KAFKA_RESP_ERR_INVALID_PRODUCER_ID_MAPPING, Class::kProducer},
    KnownRefusal{RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID, Class::kProducer},
    KnownRefusal{RD_KAFKA_RESP_ERR_PRODUCER_FENCED, Class::kProducer},
    KnownRefusal{RD_KAFKA_RESP_ERR_TRANSACTION_COORDINATOR_FENCED, Class::kProducer},
    KnownRefusal{RD_KAFKA_RESP_ERR__FENCED, Class::kProducer},
    KnownRefusal{RD_KAFKA_RESP_ERR__FATAL, Class::kProducer},
    KnownRefusal{RD_KAFKA_RESP_ERR__GAPLESS_GUARANTEE, Class::kProducer},
    KnownRefusal{RD_KAFKA_RESP_ERR__INCONSISTENT, Class::kProducer},
    KnownRefusal{RD_KAFKA_RESP_ERR__STATE, Class::kProducer},
    KnownRefusal{RD_KAFKA_RESP_ERR__DESTROY, Class::kProducer},

    KnownRefusal{RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, Class::kTopic},
    KnownRefusal{RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION, Class::kTopic},
    KnownRefusal{RD_KAFKA_RESP_ERR_INVALID_REQUIRED_ACKS, Class::kTopic},
    KnownRefusal{RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, Class::kTopic},
    KnownRefusal{RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED, Class::kTopic},
    KnownRefusal{RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED, Class::kTopic},
    KnownRefusal{RD_KAFKA_RESP_ERR_SECURITY_DISABLED, Class::kTopic},
    KnownRefusal{RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED, Class::kTopic},
    KnownRefusal{RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION, Class::kTopic},
    KnownRefusal{RD_KAFKA_RESP_ERR_UNSUPPORTED_FOR_MESSAGE_FORMAT, Class::kTopic},
    KnownRefusal{RD_KAFKA_RESP_ERR_UNSUPPORTED_COMPRESSION_TYPE, Class::kTopic},
    KnownRefusal{RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, Class::kTopic},
    KnownRefusal{RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION, Class::kTopic},
    KnownRefusal{RD_KAFKA_RESP_ERR__AUTHENTICATION, Class::kTopic},
    KnownRefusal{RD_KAFKA_RESP_ERR__SSL, Class::kTopic},
    KnownRefusal{RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE, Class::kTopic},
};

}  // namespace

std::string_view name_of(RefusalClass refusal) noexcept {
  switch (refusal) {
    case Class::kBatch: return "batch";
    case Class::kRecord: return "record";
    case Class::kUnclear: return "unclear";
    case Class::kMoment: return "moment";
    case Class::kProducer: return "producer";
    case Class::kTopic: return "topic";
  }
  return "unclear";
}

std::span<const KnownRefusal> known_refusals() noexcept {
  return kTable;
}

RefusalClass refusal_class(rd_kafka_resp_err_t code) noexcept {
  const auto* const found =
      std::find_if(kTable.begin(), kTable.end(), [code](const KnownRefusal& known) { return known.code == code; });
  return found == kTable.end() ? Class::kUnclear : found->of;
}

delivery::Sink::Delivery::Cause cause_of(rd_kafka_resp_err_t code) noexcept {
  using Cause = delivery::Sink::Delivery::Cause;
  if (code == RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP) return Cause::kTimestamp;
  switch (refusal_class(code)) {
    case Class::kBatch: return Cause::kSize;
    case Class::kUnclear: return Cause::kUncertain;
    default: return Cause::kContent;
  }
}

std::string_view advice_for_topic(rd_kafka_resp_err_t code) noexcept {
  switch (code) {
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
    case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION: return "See that it exists, under this name";
    case RD_KAFKA_RESP_ERR_INVALID_REQUIRED_ACKS:
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION:
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_FOR_MESSAGE_FORMAT:
    case RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE:
      return "The brokers are too old for a producer that loses nothing: Kafka 2.5 is the oldest that Copydesk works "
             "with";
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_COMPRESSION_TYPE: return "Choose another `delivery.compression`";
    case RD_KAFKA_RESP_ERR__SSL:
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
    case RD_KAFKA_RESP_ERR_SECURITY_DISABLED: return "Check the security settings under `kafka.common`";
    default: return "Grant this user Write and Describe on it";
  }
}

}  // namespace copydesk::kafka
