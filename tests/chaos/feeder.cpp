#include "tests/chaos/feeder.h"

#include <algorithm>
#include <bit>

#include "tests/chaos/librdkafka_handles.h"
#include "tests/delivery/pipeline_rig.h"

namespace copydesk::chaos {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

struct Deliveries {
  Ledger& ledger;
  std::atomic<std::int64_t>& settled;
  bool producer_is_lost = false;  // an idempotent producer takes nothing more after a fatal error
  std::string failure;
};

// An article's number is all that is kept of it while it is under way.
void* to_opaque(ArticleNumber article) {
  return std::bit_cast<void*>(static_cast<std::uintptr_t>(article.partition) << 32U |
                              static_cast<std::uintptr_t>(article.number));
}

ArticleNumber from_opaque(void* opaque) {
  const auto bits = std::bit_cast<std::uintptr_t>(opaque);
  return {static_cast<int>(bits >> 32U), static_cast<int>(bits & 0xffffffffU)};
}

void on_delivery(rd_kafka_t* /*handle*/, const rd_kafka_message_t* message, void* opaque) {
  auto& deliveries = *static_cast<Deliveries*>(opaque);
  if (message->err == RD_KAFKA_RESP_ERR__FATAL) deliveries.producer_is_lost = true;
  // A broker whose disk is full answers with an error that is not tried again. The next ones are.
  if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) deliveries.ledger.refused(from_opaque(message->_private));
  ++deliveries.settled;
}

ClientHandle make_producer(const std::string& bootstrap, Deliveries& deliveries) {
  return make_kafka_client(RD_KAFKA_PRODUCER,
                           {{"bootstrap.servers", bootstrap},
                            {"log_level", "0"},
                            {"enable.idempotence", "true"},
                            {"compression.type", "lz4"},
                            {"linger.ms", "5"},
                            {"message.timeout.ms", "0"}},
                           on_delivery, &deliveries);
}

/// Every article that the producer still has is reported as refused.
void give_up(rd_kafka_t* producer) {
  rd_kafka_purge(producer, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
  constexpr int kFlushMilliseconds = 10'000;
  rd_kafka_flush(producer, kFlushMilliseconds);
}

}  // namespace

Feeder::Feeder(Options options, Ledger& ledger)
    : options_(std::move(options)), ledger_(ledger), rate_(options_.articles_per_second) {
  thread_ = std::thread([this] { feed(); });
}

Feeder::~Feeder() {
  stop_ = true;
  thread_.join();
}

std::string Feeder::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

void Feeder::feed() {
  Deliveries deliveries{.ledger = ledger_, .settled = settled_, .producer_is_lost = false, .failure = {}};
  ClientHandle handle = make_producer(options_.bootstrap, deliveries);
  std::vector<int> next(static_cast<std::size_t>(options_.partitions), 0);
  std::int64_t count = 0;
  double due = 0;
  auto last = Clock::now();
  while (!stop_) {
    const auto now = Clock::now();
    due += std::chrono::duration<double>(now - last).count() * rate_;
    last = now;
    if (paused_ || ledger_.waiting() >= options_.most_waiting) due = 0;
    due = std::min(due, std::max(1.0, rate_ / 2));  // a machine that stood still does not make a flood
    for (; due >= 1; due -= 1, ++count) {
      const auto partition = static_cast<std::size_t>(count % options_.partitions);
      const ArticleNumber article{static_cast<int>(partition), next[partition]++};
      const bool good = count % options_.bad_every != options_.bad_every - 1;
      delivery::Record record = delivery::numbered_article(article.partition, article.number);
      if (!good) record.value->resize(record.value->size() / 2);
      ledger_.offered(article, good);
      ++offered_;
      const auto error = rd_kafka_producev(
          handle.get(), RD_KAFKA_V_TOPIC(options_.topic.c_str()), RD_KAFKA_V_PARTITION(article.partition),
          RD_KAFKA_V_KEY(record.key->data(), record.key->size()),
          RD_KAFKA_V_VALUE(record.value->data(), record.value->size()), RD_KAFKA_V_OPAQUE(to_opaque(article)),
          RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
      if (error == RD_KAFKA_RESP_ERR__FATAL) {
        deliveries.producer_is_lost = true;
        ledger_.refused(article);
        ++settled_;
      } else if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
        deliveries.failure = rd_kafka_err2str(error);
      }
    }
    rd_kafka_poll(handle.get(), 10);
    if (deliveries.producer_is_lost) {
      give_up(handle.get());
      deliveries.producer_is_lost = false;
      handle = make_producer(options_.bootstrap, deliveries);
    }
    if (!deliveries.failure.empty()) {
      const std::lock_guard lock(mutex_);
      failure_ = "the input cannot be fed: " + deliveries.failure;
      return;
    }
  }
  rd_kafka_purge(handle.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
}

bool Feeder::pause(std::chrono::milliseconds limit) {
  paused_ = true;
  std::this_thread::sleep_for(100ms);  // one round may be under way
  return delivery::comes_true([this] { return settled_ == offered_; }, limit);
}

void Feeder::resume() {
  paused_ = false;
}

}  // namespace copydesk::chaos
