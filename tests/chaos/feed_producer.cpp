// SPDX-License-Identifier: Apache-2.0
#include "tests/chaos/feed_producer.h"

#include <bit>
#include <map>
#include <stdexcept>
#include <utility>

namespace copydesk::chaos {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr int kCallMs = 10'000;
constexpr auto kPatience = 60s;
// What is left open holds readers of committed records up for so long.
constexpr const char* kTransactionTimeoutMs = "5000";

// An article's number is all that is kept of it while it is under way.
void* to_opaque(ArticleNumber article) {
  return std::bit_cast<void*>(static_cast<std::uintptr_t>(article.partition) << 32U |
                              static_cast<std::uintptr_t>(article.number));
}

ArticleNumber from_opaque(void* opaque) {
  const auto bits = std::bit_cast<std::uintptr_t>(opaque);
  return {static_cast<int>(bits >> 32U), static_cast<int>(bits & 0xffffffffU)};
}

}  // namespace

FeedProducer::FeedProducer(Options options, Ledger& ledger) : options_(std::move(options)), ledger_(ledger) {
  std::map<std::string, std::string> properties{{"bootstrap.servers", options_.bootstrap},
                                                {"log_level", "0"},
                                                {"enable.idempotence", "true"},
                                                {"compression.type", "lz4"},
                                                {"linger.ms", "5"}};
  if (options_.transactions) {
    properties["transactional.id"] = options_.transactional_id;
    properties["transaction.timeout.ms"] = kTransactionTimeoutMs;
  } else {
    properties["message.timeout.ms"] = "0";
  }
  handle_ = make_kafka_client(RD_KAFKA_PRODUCER, properties, &FeedProducer::on_delivery, this);
  if (!options_.transactions) return;
  const auto deadline = Clock::now() + kPatience;
  for (;;) {
    const ErrorHandle error(rd_kafka_init_transactions(handle_.get(), kCallMs));
    if (error == nullptr) return;
    if (rd_kafka_error_is_retriable(error.get()) == 0 || Clock::now() > deadline) {
      throw std::runtime_error(std::string("transactions of the feeder cannot begin: ") +
                               rd_kafka_error_string(error.get()));
    }
  }
}

FeedProducer::~FeedProducer() {
  rd_kafka_purge(handle_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
  rd_kafka_flush(handle_.get(), kCallMs);
  // No commit was sent, so the broker will abort it.
  if (open_) settle(End::kAborted);
}

void FeedProducer::on_delivery(rd_kafka_t* /*handle*/, const rd_kafka_message_t* message, void* self) {
  auto& producer = *static_cast<FeedProducer*>(self);
  const bool failed = message->err != RD_KAFKA_RESP_ERR_NO_ERROR;
  if (producer.options_.transactions) {
    producer.failed_ = producer.failed_ || failed;  // its articles are settled together
    return;
  }
  // An idempotent producer takes nothing more after a fatal error.
  if (message->err == RD_KAFKA_RESP_ERR__FATAL) producer.lost_ = true;
  // A broker whose disk is full answers with an error that is not tried again. The next ones are.
  if (failed) producer.ledger_.refused(from_opaque(message->_private));
  --producer.unsettled_;
}

void FeedProducer::publish(ArticleNumber article, const FedArticle& what) {
  ledger_.offered(article, what.fate);
  if (lost_ || (options_.transactions && !open_ && !begin_transaction())) {
    ledger_.refused(article);
    return;
  }
  const auto bytes = [](const std::optional<std::string>& text) {
    return std::pair(text ? text->data() : nullptr, text ? text->size() : 0);
  };
  const auto [key, key_size] = bytes(what.record.key);
  const auto [value, value_size] = bytes(what.record.value);
  rd_kafka_headers_t* headers = rd_kafka_headers_new(what.record.headers.size());
  for (const auto& [name, text] : what.record.headers) {
    rd_kafka_header_add(headers, name.data(), std::ssize(name), text.data(), std::ssize(text));
  }
  ++unsettled_;
  if (open_) articles_.push_back(article);
  const auto error = rd_kafka_producev(
      handle_.get(), RD_KAFKA_V_TOPIC(options_.topic.c_str()), RD_KAFKA_V_PARTITION(article.partition),
      RD_KAFKA_V_KEY(key, key_size), RD_KAFKA_V_VALUE(const_cast<char*>(value), value_size),
      RD_KAFKA_V_TIMESTAMP(what.record.timestamp), RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_OPAQUE(to_opaque(article)),
      RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return;
  rd_kafka_headers_destroy(headers);
  if (open_) {
    failed_ = true;
    return;
  }
  ledger_.refused(article);
  --unsettled_;
  if (error == RD_KAFKA_RESP_ERR__FATAL) {
    lost_ = true;
  } else if (error != RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION) {
    throw std::runtime_error(rd_kafka_err2str(error));
  }
}

void FeedProducer::poll(bool end_now) {
  rd_kafka_poll(handle_.get(), 10);
  if (open_ && (end_now || failed_ || Clock::now() - begun_ >= options_.transactions->length)) end_transaction();
}

void FeedProducer::finish() {
  if (open_) end_transaction();
  rd_kafka_flush(handle_.get(), 3 * kCallMs);
}

bool FeedProducer::sees_partitions(int count) {
  const TopicHandle topic(rd_kafka_topic_new(handle_.get(), options_.topic.c_str(), nullptr));
  const rd_kafka_metadata_t* raw = nullptr;
  if (rd_kafka_metadata(handle_.get(), 0, topic.get(), &raw, 1000) != RD_KAFKA_RESP_ERR_NO_ERROR) return false;
  const std::unique_ptr<const rd_kafka_metadata_t, Destroyer<rd_kafka_metadata_destroy>> metadata(raw);
  return metadata->topic_cnt == 1 && metadata->topics[0].partition_cnt >= count;
}

bool FeedProducer::begin_transaction() {
  const ErrorHandle error(rd_kafka_begin_transaction(handle_.get()));
  open_ = error == nullptr;
  failed_ = false;
  begun_ = Clock::now();
  lost_ = !open_;
  return open_;
}

void FeedProducer::end_transaction() {
  const int turn =
      options_.transactions_before + counts_.committed + counts_.aborted + counts_.left_open + counts_.unclear + 1;
  const auto is_turn = [turn](int every) { return every > 0 && turn % every == 0; };
  if (is_turn(options_.transactions->leave_every)) {
    leave_open();
  } else {
    settle(failed_ || is_turn(options_.transactions->abort_every) ? abort(false) : commit());
  }
}

FeedProducer::End FeedProducer::commit() {
  const auto deadline = Clock::now() + kPatience;
  for (;;) {
    const ErrorHandle error(rd_kafka_commit_transaction(handle_.get(), kCallMs));
    if (error == nullptr) return End::kCommitted;
    if (rd_kafka_error_txn_requires_abort(error.get()) != 0) return abort(true);
    if (rd_kafka_error_is_retriable(error.get()) != 0 && Clock::now() < deadline) continue;
    lost_ = true;
    return End::kUnclear;
  }
}

FeedProducer::End FeedProducer::abort(bool commit_was_sent) {
  const auto deadline = Clock::now() + kPatience;
  for (;;) {
    const ErrorHandle error(rd_kafka_abort_transaction(handle_.get(), kCallMs));
    if (error == nullptr) return End::kAborted;
    if (rd_kafka_error_is_retriable(error.get()) != 0 && Clock::now() < deadline) continue;
    lost_ = true;
    // Without a commit the broker aborts it, sooner or later.
    return commit_was_sent ? End::kUnclear : End::kAborted;
  }
}

void FeedProducer::leave_open() {
  rd_kafka_flush(handle_.get(), kCallMs);  // so that its records stand in the topic
  settle(End::kAborted);
  --counts_.aborted;
  ++counts_.left_open;
  lost_ = true;
}

void FeedProducer::settle(End end) {
  for (const ArticleNumber article : articles_) {
    if (end == End::kAborted) ledger_.aborted(article);
    if (end == End::kUnclear) ledger_.refused(article);
  }
  unsettled_ -= std::ssize(articles_);
  articles_.clear();
  open_ = false;
  switch (end) {
    case End::kCommitted: ++counts_.committed; break;
    case End::kAborted: ++counts_.aborted; break;
    case End::kUnclear: ++counts_.unclear; break;
  }
}

}  // namespace copydesk::chaos
