// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/transactions.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <utility>

namespace copydesk::kafka {

namespace {

int milliseconds_of(std::chrono::milliseconds timeout) {
  return static_cast<int>(timeout.count());
}

/// Abortable to librdkafka, but the next transaction would fail for it too.
bool stops_transactions(rd_kafka_resp_err_t error) {
  switch (error) {
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID:
    case RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE:
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION: return true;
    default: return false;
  }
}

}  // namespace

Transactions::Transactions(Producer& producer) : producer_(producer) {
  producer_.start_transactions();
}

void Transactions::begin() {
  offsets_sent_ = false;
  producer_.set_transaction_failure({});
  const Error error(rd_kafka_begin_transaction(producer_.client()));
  if (error == nullptr) return;
  throw_if_fatal(producer_.client());
  throw delivery::ClientsLost(fmt::format("cannot begin a transaction: {}", rd_kafka_error_string(error.get())));
}

Transactions::Step Transactions::commit(std::span<const delivery::CommitOffset> offsets, const std::string& membership,
                                        std::chrono::milliseconds timeout) {
  if (!offsets_sent_) {
    rd_kafka_consumer_group_metadata_t* read = nullptr;
    const Error unreadable(rd_kafka_consumer_group_metadata_read(&read, membership.data(), membership.size()));
    if (unreadable != nullptr) throw delivery::FatalDeliveryError(rd_kafka_error_string(unreadable.get()));
    const GroupMetadata group(read);
    const PartitionList list = to_list(offsets);
    const Step step = outcome(Error(rd_kafka_send_offsets_to_transaction(producer_.client(), list.get(), group.get(),
                                                                         milliseconds_of(timeout))),
                              "send the offsets of");
    if (step != Step::kDone) return step;
    offsets_sent_ = true;
  }
  return outcome(Error(rd_kafka_commit_transaction(producer_.client(), milliseconds_of(timeout))), "commit");
}

Transactions::Step Transactions::abort(std::chrono::milliseconds timeout) {
  return outcome(Error(rd_kafka_abort_transaction(producer_.client(), milliseconds_of(timeout))), "abort");
}

Transactions::Step Transactions::outcome(Error error, std::string_view what) {
  producer_.rethrow_failure();
  if (error == nullptr) return Step::kDone;
  throw_if_fatal(producer_.client());
  const auto code = rd_kafka_error_code(error.get());
  const std::string words =
      fmt::format("cannot {} a transaction: {}: {}", what, code_name(code), rd_kafka_error_string(error.get()));
  if (stops_transactions(code)) throw delivery::FatalDeliveryError(words);
  if (rd_kafka_error_txn_requires_abort(error.get()) != 0) {
    if (failure().empty()) producer_.set_transaction_failure(code_name(code));
    spdlog::debug(words);
    return Step::kFailed;
  }
  if (rd_kafka_error_is_retriable(error.get()) != 0) return Step::kPending;
  throw delivery::ClientsLost(words);
}

}  // namespace copydesk::kafka
