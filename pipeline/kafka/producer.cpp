// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/producer.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

#include "pipeline/kafka/refusals.h"
#include "pipeline/system/unix_time.h"

namespace copydesk::kafka {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int kAbandonTimeoutMs = 2000;
/// How long renew() waits for the answers to what is under way. What is still open then is sent again, and may come out
/// twice.
constexpr int kSettleTimeoutMs = 3000;
/// How long every record goes out in a batch of its own after a refusal: one bad record seldom comes alone.
constexpr std::chrono::seconds kOneByOneFor{5};
/// How long a transaction coordinator may take to answer.
constexpr milliseconds kCoordinatorTimeout{60'000};
/// librdkafka's `batch.size`, where the desk gives none.
constexpr std::int64_t kUsualBatchBytes = 1'000'000;

/// The largest batch, before compression, that surely fits: what cannot be compressed grows a little, and librdkafka
/// leaves out of its count what surrounds the records (61 bytes and, for each topic and partition, their names).
constexpr std::int64_t fitting_batch(std::int64_t limit) {
  return std::max<std::int64_t>(1, limit - std::max<std::int64_t>(512, limit / 50));
}

std::int64_t number_or(const Properties& properties, const char* name, std::int64_t fallback) {
  const auto found = properties.find(name);
  if (found == properties.end()) return fallback;
  std::int64_t value = fallback;
  std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
  return value;
}

/// A bound that a record which waits for a moment, or a broker's clock that differs, does not cross.
constexpr std::int64_t with_margin(std::int64_t bound_ms) {
  constexpr std::int64_t kMostMs = 30'000;
  return bound_ms - std::min(kMostMs, bound_ms / 10);
}

rd_kafka_headers_t* to_headers(std::span<const engine::Header> headers) {
  if (headers.empty()) return nullptr;
  rd_kafka_headers_t* list = rd_kafka_headers_new(headers.size());
  for (const engine::Header& header : headers) {
    rd_kafka_header_add(list, header.name.data(), static_cast<ssize_t>(header.name.size()),
                        header.value ? header.value->data() : nullptr,
                        header.value ? static_cast<ssize_t>(header.value->size()) : 0);
  }
  return list;
}

}  // namespace

class Producer::Impl {
 public:
  Impl(Properties properties, Listener& listener, const delivery::Wakeup& wakeup, Options options)
      : properties_(std::move(properties)),
        listener_(listener),
        wakeup_(wakeup),
        options_(std::move(options)),
        transactional_(properties_.contains("transactional.id")),
        wanted_batch_bytes_(number_or(properties_, "batch.size", kUsualBatchBytes)),
        one_by_one_(options_.one_by_one) {
    open();
  }

  ~Impl() {
    abandon();
    close();
  }

  Accepted send(const delivery::OutputRecord& record, void* tag) {
    topic_.assign(record.topic);
    rd_kafka_headers_t* headers = to_headers(record.headers);
    std::array<rd_kafka_vu_t, 8> fields{};
    std::size_t count = 0;
    const auto field = [&](rd_kafka_vtype_t type) -> rd_kafka_vu_t& {
      fields[count].vtype = type;
      return fields[count++];
    };
    const auto bytes = [&](rd_kafka_vtype_t type, std::string_view view) {
      auto& target = field(type).u.mem;
      target.ptr = const_cast<char*>(view.data());
      target.size = view.size();
    };
    field(RD_KAFKA_VTYPE_TOPIC).u.cstr = topic_.c_str();
    if (record.partition >= 0) field(RD_KAFKA_VTYPE_PARTITION).u.i32 = record.partition;
    if (record.key) bytes(RD_KAFKA_VTYPE_KEY, *record.key);
    if (record.value) bytes(RD_KAFKA_VTYPE_VALUE, *record.value);
    if (record.timestamp_ms >= 0) field(RD_KAFKA_VTYPE_TIMESTAMP).u.i64 = record.timestamp_ms;
    if (headers != nullptr) field(RD_KAFKA_VTYPE_HEADERS).u.headers = headers;
    field(RD_KAFKA_VTYPE_OPAQUE).u.ptr = tag;
    // Neither copied nor freed: the caller keeps the value until the report.
    field(RD_KAFKA_VTYPE_MSGFLAGS).u.i = 0;

    const Error error(rd_kafka_produceva(handle_.get(), fields.data(), count));
    if (error == nullptr) return Accepted::kYes;
    if (headers != nullptr) rd_kafka_headers_destroy(headers);
    switch (const auto code = rd_kafka_error_code(error.get())) {
      case RD_KAFKA_RESP_ERR__QUEUE_FULL: return Accepted::kFull;
      case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE: return Accepted::kTooLarge;
      default:
        look_at_fatal_error();
        if (renewal_ == Renewal::kNow) return Accepted::kFull;
        if (transactional_ && code == RD_KAFKA_RESP_ERR__STATE) {  // the transaction has failed meanwhile
          if (transaction_failure.empty()) transaction_failure = code_name(code);
          return Accepted::kFull;
        }
        throw delivery::FatalDeliveryError(fmt::format("cannot publish to the topic '{}': {}: {}. {}.", record.topic,
                                                       code_name(code), rd_kafka_error_string(error.get()),
                                                       advice_for_topic(code)));
    }
  }

  void poll(milliseconds timeout) {
    rd_kafka_poll(handle_.get(), static_cast<int>(timeout.count()));
    rethrow_failure();
    look_at_fatal_error();
  }

  void rethrow_failure() {
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
  }

  [[nodiscard]] Renewal renewal() const noexcept {
    if (renewal_ == Renewal::kNow || !options_.renews) return renewal_;
    if (one_by_one_ && !options_.one_by_one) return Clock::now() < batches_again_ ? Renewal::kNone : Renewal::kAtRest;
    return batch_bytes() == batch_bytes_ ? Renewal::kNone : Renewal::kAtRest;
  }

  void renew() {
    const bool refused = std::exchange(refused_, false);
    // What waits is surely not published; what is under way may be, and tells so in a moment.
    rd_kafka_purge(handle_.get(), RD_KAFKA_PURGE_F_QUEUE);
    rd_kafka_flush(handle_.get(), kSettleTimeoutMs);
    rd_kafka_purge(handle_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_flush(handle_.get(), kAbandonTimeoutMs);
    rethrow_failure();
    abandoned_ = true;
    close();
    abandoned_ = false;
    if (refused || refused_) {
      if (options_.limits_in_doubt) options_.limits_in_doubt();
      one_by_one_ = true;
      batches_again_ = Clock::now() + kOneByOneFor;
    } else if (renewal_ != Renewal::kNow || Clock::now() >= batches_again_) {
      one_by_one_ = options_.one_by_one;
    }
    refused_ = false;
    renewal_ = Renewal::kNone;
    transaction_failure = {};
    open();
    spdlog::debug("producer: anew, {}",
                  one_by_one_ ? "record by record" : fmt::format("batches of at most {} bytes", batch_bytes_));
    if (transactional_) start_transactions();
  }

  void start_transactions() {
    constexpr milliseconds kTry{5000};
    const auto deadline = Clock::now() + kCoordinatorTimeout;
    while (true) {
      const Error error(rd_kafka_init_transactions(handle_.get(), static_cast<int>(kTry.count())));
      if (error == nullptr) return;
      throw_if_fatal(handle_.get());
      if (rd_kafka_error_is_retriable(error.get()) == 0 || Clock::now() > deadline) {
        throw delivery::FatalDeliveryError(fmt::format(
            "cannot start transactions: {}: {}", rd_kafka_error_name(error.get()), rd_kafka_error_string(error.get())));
      }
    }
  }

  [[nodiscard]] delivery::TopicTerms terms(std::string_view topic) const {
    delivery::TopicTerms terms;
    if (options_.limits == nullptr) return terms;
    const TopicLimits limits = options_.limits->of(topic);
    const std::int64_t now = system::unix_milliseconds();
    if (limits.timestamp_before_ms != TopicLimits::kUnbounded) {
      terms.oldest_ms = now - std::min(now, with_margin(limits.timestamp_before_ms));
    }
    if (limits.timestamp_after_ms != TopicLimits::kUnbounded) {
      terms.newest_ms = now + with_margin(std::min(limits.timestamp_after_ms, TopicLimits::kUnbounded - now));
    }
    terms.needs_key = limits.compacted;
    return terms;
  }

  void abandon() noexcept {
    if (abandoned_) return;
    abandoned_ = true;
    rd_kafka_purge(handle_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_flush(handle_.get(), kAbandonTimeoutMs);
  }

  [[nodiscard]] rd_kafka_t* client() const noexcept { return handle_.get(); }
  std::string_view transaction_failure;  ///< Kafka's name of the error, or empty

 private:
  /// What batches are to be bounded by now.
  [[nodiscard]] std::int64_t batch_bytes() const {
    const auto limit = options_.limits == nullptr ? std::nullopt : options_.limits->smallest_batch();
    return limit ? std::min(wanted_batch_bytes_, fitting_batch(*limit)) : wanted_batch_bytes_;
  }

  void open() {
    Properties properties = properties_;
    batch_bytes_ = batch_bytes();
    properties["batch.size"] = std::to_string(batch_bytes_);
    if (one_by_one_) {
      properties["batch.num.messages"] = "1";
      properties["linger.ms"] = "0";
      properties.erase("queue.buffering.max.ms");
    }
    // Nothing overtakes a record that is refused, and goes in another form.
    if (options_.renews && !transactional_) properties["enable.gapless.guarantee"] = "true";
    Conf conf = make_conf(properties);
    rd_kafka_conf_set_opaque(conf.get(), this);
    rd_kafka_conf_set_dr_msg_cb(conf.get(), [](rd_kafka_t*, const rd_kafka_message_t* message, void* self) {
      static_cast<Impl*>(self)->report(*message);
    });
    handle_ = make_client(RD_KAFKA_PRODUCER, std::move(conf));
    queue_.reset(rd_kafka_queue_get_main(handle_.get()));
    rd_kafka_queue_cb_event_enable(
        queue_.get(), [](rd_kafka_t*, void* wake) { static_cast<const delivery::Wakeup*>(wake)->notify(); },
        const_cast<delivery::Wakeup*>(&wakeup_));
  }

  void close() {
    if (queue_ != nullptr) rd_kafka_queue_cb_event_enable(queue_.get(), nullptr, nullptr);
    queue_.reset();
    handle_.reset();
  }

  /// A fatal state that a new producer mends asks for one; others are thrown.
  void look_at_fatal_error() {
    if (renewal_ == Renewal::kNow) return;
    const auto code = rd_kafka_fatal_error(handle_.get(), nullptr, 0);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return;
    if (options_.renews && !transactional_ && refusal_class(code) == RefusalClass::kProducer) {
      renewal_ = Renewal::kNow;
      return;
    }
    throw_if_fatal(handle_.get());
  }

  void tell(void* tag, Delivery::Outcome outcome, rd_kafka_resp_err_t code) {
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
      listener_.delivered(tag, {});
    } else {
      // rd_kafka_message_errstr() of a delivery report is the record itself, which has no place in a message.
      listener_.delivered(tag, {outcome, cause_of(code), code_name(code), rd_kafka_err2str(code)});
    }
  }

  void refused(const rd_kafka_message_t& message) {
    if (transactional_ && transaction_failure.empty()) transaction_failure = code_name(message.err);
    if (one_by_one_) batches_again_ = Clock::now() + kOneByOneFor;
    if (one_by_one_ || !options_.renews) {
      if (options_.renews && !transactional_) renewal_ = Renewal::kNow;
      tell(message._private, Delivery::Outcome::kRefused, message.err);
      return;
    }
    if (!refused_) {
      spdlog::warn("the topic '{}' refuses a batch ({}: {}): its records are sent one by one",
                   rd_kafka_topic_name(message.rkt), code_name(message.err), rd_kafka_err2str(message.err));
    }
    refused_ = true;
    renewal_ = Renewal::kNow;
    tell(message._private, Delivery::Outcome::kWithdrawn, message.err);
  }

  void report(const rd_kafka_message_t& message) noexcept {
    if (abandoned_) return;
    try {
      if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
        tell(message._private, Delivery::Outcome::kAcknowledged, message.err);
        return;
      }
      switch (refusal_class(message.err)) {
        case RefusalClass::kBatch:
        case RefusalClass::kRecord:
        case RefusalClass::kUnclear: refused(message); return;
        case RefusalClass::kMoment:
        case RefusalClass::kProducer:
          if (transactional_ && transaction_failure.empty()) transaction_failure = code_name(message.err);
          if (!transactional_ && options_.renews) renewal_ = Renewal::kNow;
          tell(message._private, Delivery::Outcome::kWithdrawn, message.err);
          return;
        case RefusalClass::kTopic:
          throw delivery::FatalDeliveryError(
              fmt::format("cannot publish to the topic '{}': {}: {}. {}; nothing is lost: the articles in flight are "
                          "read again after a restart.",
                          rd_kafka_topic_name(message.rkt), code_name(message.err), rd_kafka_err2str(message.err),
                          advice_for_topic(message.err)));
      }
    } catch (...) {
      if (!failure_) failure_ = std::current_exception();
    }
  }

  const Properties properties_;
  Listener& listener_;
  const delivery::Wakeup& wakeup_;
  const Options options_;
  const bool transactional_;
  const std::int64_t wanted_batch_bytes_;  ///< the desk's bound, or librdkafka's
  bool one_by_one_;                        ///< each record goes in a batch of its own
  Clock::time_point batches_again_{};
  std::int64_t batch_bytes_ = 0;  ///< that the client in hand was made with
  Renewal renewal_ = Renewal::kNone;
  bool refused_ = false;  ///< a batch was, since the last renewal
  Handle handle_;
  Queue queue_;
  std::string topic_;  // librdkafka wants a C string
  std::exception_ptr failure_;
  bool abandoned_ = false;
};

Producer::Producer(Properties properties, Listener& listener, const delivery::Wakeup& wakeup, Options options)
    : impl_(std::make_unique<Impl>(std::move(properties), listener, wakeup, std::move(options))) {}
Producer::~Producer() = default;
delivery::Sink::Accepted Producer::send(const delivery::OutputRecord& record, void* tag) {
  return impl_->send(record, tag);
}
void Producer::poll(milliseconds timeout) {
  impl_->poll(timeout);
}
delivery::Sink::Renewal Producer::renewal() const noexcept {
  return impl_->renewal();
}
void Producer::renew() {
  impl_->renew();
}
delivery::TopicTerms Producer::terms(std::string_view topic) const {
  return impl_->terms(topic);
}
void Producer::abandon() noexcept {
  impl_->abandon();
}
rd_kafka_t* Producer::client() const noexcept {
  return impl_->client();
}
void Producer::start_transactions() {
  impl_->start_transactions();
}
std::string_view Producer::transaction_failure() const noexcept {
  return impl_->transaction_failure;
}
void Producer::set_transaction_failure(std::string_view code) noexcept {
  impl_->transaction_failure = code;
}
void Producer::rethrow_failure() {
  impl_->rethrow_failure();
}

}  // namespace copydesk::kafka
