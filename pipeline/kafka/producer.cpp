#include "pipeline/kafka/producer.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <array>
#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

namespace copydesk::kafka {

namespace {

constexpr int kAbandonTimeoutMs = 2000;

rd_kafka_headers_t* to_headers(std::span<const Header> headers) {
  if (headers.empty()) return nullptr;
  rd_kafka_headers_t* list = rd_kafka_headers_new(headers.size());
  for (const Header& header : headers) {
    rd_kafka_header_add(list, header.name.data(), static_cast<ssize_t>(header.name.size()),
                        header.value ? header.value->data() : nullptr,
                        header.value ? static_cast<ssize_t>(header.value->size()) : 0);
  }
  return list;
}

}  // namespace

class Producer::Impl {
 public:
  Impl(const Properties& properties, Listener& listener, const Wakeup& wakeup)
      : listener_(listener), transactional_(properties.contains("transactional.id")) {
    Conf conf = make_conf(properties);
    rd_kafka_conf_set_opaque(conf.get(), this);
    rd_kafka_conf_set_dr_msg_cb(conf.get(), [](rd_kafka_t*, const rd_kafka_message_t* message, void* self) {
      static_cast<Impl*>(self)->report(*message);
    });
    handle_ = make_client(RD_KAFKA_PRODUCER, std::move(conf));
    queue_.reset(rd_kafka_queue_get_main(handle_.get()));
    rd_kafka_queue_cb_event_enable(
        queue_.get(), [](rd_kafka_t*, void* wake) { static_cast<const Wakeup*>(wake)->notify(); },
        const_cast<Wakeup*>(&wakeup));
  }

  ~Impl() {
    abandon();
    rd_kafka_queue_cb_event_enable(queue_.get(), nullptr, nullptr);
    queue_.reset();
  }

  Accepted send(const OutputRecord& record, void* tag) {
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
        throw_if_fatal(handle_.get());
        if (transactional_ && code == RD_KAFKA_RESP_ERR__STATE) {  // the transaction has failed meanwhile
          if (transaction_failure.empty()) transaction_failure = code_name(code);
          return Accepted::kFull;
        }
        throw FatalDeliveryError(fmt::format("cannot publish to the topic '{}': {}: {}", record.topic, code_name(code),
                                             rd_kafka_error_string(error.get())));
    }
  }

  void poll(std::chrono::milliseconds timeout) {
    rd_kafka_poll(handle_.get(), static_cast<int>(timeout.count()));
    rethrow_failure();
    throw_if_fatal(handle_.get());
  }

  void rethrow_failure() {
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
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
  /// Errors of a record that the abort of its transaction mends.
  [[nodiscard]] bool is_abortable(rd_kafka_resp_err_t error) const noexcept {
    if (!transactional_) return false;
    switch (error) {
      case RD_KAFKA_RESP_ERR__PURGE_QUEUE:
      case RD_KAFKA_RESP_ERR__PURGE_INFLIGHT:
      case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
      case RD_KAFKA_RESP_ERR__TIMED_OUT:
      case RD_KAFKA_RESP_ERR__TRANSPORT:
      case RD_KAFKA_RESP_ERR__FATAL:  // thrown by poll(), with its cause
      case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
      case RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS:
      case RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND:
      case RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION:
      case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
      case RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR:
      case RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS:
      case RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH:
      case RD_KAFKA_RESP_ERR_PRODUCER_FENCED:
      case RD_KAFKA_RESP_ERR_INVALID_PRODUCER_ID_MAPPING:
      case RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID:
      case RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER:
      case RD_KAFKA_RESP_ERR_INVALID_TXN_STATE: return true;
      default: return false;
    }
  }

  void report(const rd_kafka_message_t& message) noexcept {
    if (abandoned_) return;
    try {
      switch (message.err) {
        case RD_KAFKA_RESP_ERR_NO_ERROR: listener_.delivered(message._private, Sink::Delivery::kAcknowledged); return;
        case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
        case RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE:
          if (transactional_) transaction_failure = code_name(message.err);
          listener_.delivered(message._private, Sink::Delivery::kTooLarge);
          return;
        default:
          if (is_abortable(message.err)) {
            if (transaction_failure.empty()) transaction_failure = code_name(message.err);
            listener_.delivered(message._private, Sink::Delivery::kWithdrawn);
            return;
          }
          // rd_kafka_message_errstr() of a delivery report is the record itself, which has no place in a message.
          throw FatalDeliveryError(
              fmt::format("cannot publish to the topic '{}': {}: {}. See that it exists and that this user may write "
                          "to it; nothing "
                          "is lost: the articles in flight are read again after a restart.",
                          rd_kafka_topic_name(message.rkt), code_name(message.err), rd_kafka_err2str(message.err)));
      }
    } catch (...) {
      if (!failure_) failure_ = std::current_exception();
    }
  }

  Listener& listener_;
  const bool transactional_;
  Handle handle_;
  Queue queue_;
  std::string topic_;  // librdkafka wants a C string
  std::exception_ptr failure_;
  bool abandoned_ = false;
};

Producer::Producer(const Properties& properties, Listener& listener, const Wakeup& wakeup)
    : impl_(std::make_unique<Impl>(properties, listener, wakeup)) {}
Producer::~Producer() = default;
Sink::Accepted Producer::send(const OutputRecord& record, void* tag) {
  return impl_->send(record, tag);
}
void Producer::poll(std::chrono::milliseconds timeout) {
  impl_->poll(timeout);
}
void Producer::abandon() noexcept {
  impl_->abandon();
}
rd_kafka_t* Producer::client() const noexcept {
  return impl_->client();
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
