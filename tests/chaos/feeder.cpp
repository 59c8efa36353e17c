// SPDX-License-Identifier: Apache-2.0
#include "tests/chaos/feeder.h"

#include <unistd.h>

#include <algorithm>
#include <exception>

#include "tests/delivery/pipeline_rig.h"

namespace copydesk::chaos {
namespace {

using Clock = std::chrono::steady_clock;

}  // namespace

Feeder::Feeder(Options options, Ledger& ledger)
    : options_(std::move(options)), ledger_(ledger), rate_(options_.articles_per_second) {
  orders_.partitions = options_.partitions;
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

TransactionCounts Feeder::transactions() const {
  const std::lock_guard lock(mutex_);
  return transactions_;
}

Feeder::Orders Feeder::orders() const {
  const std::lock_guard lock(mutex_);
  return orders_;
}

void Feeder::set_menu(const Menu& menu) {
  const std::lock_guard lock(mutex_);
  orders_.menu = menu;
}

void Feeder::set_transactions(std::optional<Transactions> transactions) {
  const std::lock_guard lock(mutex_);
  orders_.transactions = transactions;
  ++orders_.producer;
}

void Feeder::set_partitions(int partitions) {
  const std::lock_guard lock(mutex_);
  orders_.partitions = partitions;
}

void Feeder::begin_new_topic(int partitions) {
  const std::lock_guard lock(mutex_);
  orders_.partitions = partitions;
  ++orders_.producer;
}

std::unique_ptr<FeedProducer> Feeder::make_producer(const Orders& orders) {
  const TransactionCounts& before = gone_before_;
  return std::make_unique<FeedProducer>(
      FeedProducer::Options{
          .bootstrap = options_.bootstrap,
          .topic = options_.topic,
          .transactions = orders.transactions,
          .transactional_id = "chaos-feeder-" + std::to_string(getpid()) + "-" + std::to_string(++producers_),
          .transactions_before = before.committed + before.aborted + before.left_open + before.unclear},
      ledger_);
}

void Feeder::note_transactions(const FeedProducer& producer) {
  const TransactionCounts& counts = producer.transactions();
  const std::lock_guard lock(mutex_);
  transactions_ = {.committed = gone_before_.committed + counts.committed,
                   .aborted = gone_before_.aborted + counts.aborted,
                   .left_open = gone_before_.left_open + counts.left_open,
                   .unclear = gone_before_.unclear + counts.unclear};
}

void Feeder::feed() {
  try {
    run();
  } catch (const std::exception& error) {
    const std::lock_guard lock(mutex_);
    failure_ = std::string("the input cannot be fed: ") + error.what();
  }
}

void Feeder::run() {
  Orders now = orders();
  auto producer = make_producer(now);
  int partitions = now.partitions;
  std::vector<int> next;
  std::int64_t count = 0;
  double due = 0;
  auto last = Clock::now();
  while (!stop_) {
    const bool paused = paused_;
    const Orders then = std::exchange(now, orders());
    if (now.producer != then.producer) producer->finish();  // what comes next may not overtake it
    if (now.producer != then.producer || producer->is_lost()) {
      note_transactions(*producer);
      gone_before_ = transactions();
      producer = make_producer(now);
    }
    if (now.partitions < partitions || (now.partitions > partitions && producer->sees_partitions(now.partitions))) {
      partitions = now.partitions;
    }
    if (std::ssize(next) < partitions) next.resize(static_cast<std::size_t>(partitions), 0);

    const auto time = Clock::now();
    due += std::chrono::duration<double>(time - last).count() * rate_;
    last = time;
    if (paused || ledger_.waiting() >= options_.most_waiting) due = 0;
    due = std::min(due, std::max(1.0, rate_ / 2));  // a machine that stood still does not make a flood
    for (; due >= 1; due -= 1, ++count) {
      const int partition = static_cast<int>(count % partitions);
      const ArticleNumber article{partition, next[static_cast<std::size_t>(partition)]++};
      producer->publish(article, make_article(article, count, now.menu));
    }
    producer->poll(paused);
    note_transactions(*producer);
    idle_ = paused && producer->unsettled() == 0;
  }
}

bool Feeder::pause(std::chrono::milliseconds limit) {
  // A round that began under an earlier pause may still set this; it has fed nothing either.
  idle_ = false;
  paused_ = true;
  return delivery::comes_true([this] { return idle_.load(); }, limit);
}

void Feeder::resume() {
  paused_ = false;
}

}  // namespace copydesk::chaos
