// SPDX-License-Identifier: Apache-2.0
#include "pipeline/delivery/worker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <deque>
#include <functional>
#include <map>
#include <thread>

#include "pipeline/observe/metrics.h"
#include "pipeline/settings/settings.h"

namespace copydesk {
namespace {

using std::chrono::milliseconds;

/// A topic in memory. Rebalances happen when the test asks for them, inside `poll`, as Kafka's do.
class FakeSource final : public delivery::Source {
 public:
  explicit FakeSource(delivery::Source::Listener& listener) : listener_(listener) {}

  void add(std::int32_t partition, std::int64_t offset, std::optional<std::string> value, std::string key = "k",
           std::string header = "1") {
    engine::InputRecord record;
    record.origin = {"in", partition};
    record.offset = offset;
    record.key = std::move(key);
    if (value) record.value.emplace(*value);
    record.headers = {{"trace", std::move(header)}};
    records_.push_back(std::move(record));
  }
  std::vector<std::function<void(delivery::Source::Listener&)>> events;  ///< run one by one, before the next record
  std::map<std::int32_t, std::vector<std::int64_t>> commits;
  std::function<void(delivery::Source::Listener&)> when_empty;  ///< run once, when every record is taken
  std::atomic<bool> refuse_commits{false};
  bool paused = false;
  std::atomic<int> pauses{0};

  std::optional<engine::InputRecord> poll(milliseconds) override {
    if (!events.empty()) {
      auto event = std::move(events.front());
      events.erase(events.begin());
      event(listener_);
      return std::nullopt;
    }
    if (records_.empty() && when_empty) std::exchange(when_empty, nullptr)(listener_);
    if (paused || records_.empty()) return std::nullopt;
    engine::InputRecord record = std::move(records_.front());
    records_.pop_front();
    return record;
  }
  void pause(bool value) override {
    paused = value;
    pauses += value ? 1 : 0;
  }
  void commit_async(std::span<const delivery::CommitOffset> offsets) override { commit_sync(offsets, milliseconds(0)); }
  bool commit_sync(std::span<const delivery::CommitOffset> offsets, milliseconds) override {
    for (const delivery::CommitOffset& offset : offsets) {
      if (!refuse_commits) commits[offset.partition.partition].push_back(offset.next_offset);
    }
    listener_.commit_finished(offsets, refuse_commits ? "REBALANCE_IN_PROGRESS" : "");
    return !refuse_commits;
  }
  Watermarks watermarks(const engine::TopicPartition&) override { return {0, 100}; }
  std::vector<std::int64_t> committed(std::span<const engine::TopicPartition> partitions) override {
    return std::vector<std::int64_t>(partitions.size(), -1);
  }
  std::string membership() override { return "member"; }
  void close() override {}

 private:
  delivery::Source::Listener& listener_;
  std::deque<engine::InputRecord> records_;
};

/// Collects what is sent; acknowledges at once, or only when the test lets it.
class FakeSink final : public delivery::Sink {
 public:
  struct Sent {
    std::string topic;
    std::optional<std::string> key;
    std::optional<std::string> value;
    std::vector<engine::Header> headers;
  };
  explicit FakeSink(delivery::Sink::Listener& listener) : listener_(listener) {}

  std::vector<Sent> sent;             ///< read it when the worker has stopped
  std::atomic<std::size_t> count{0};  ///< its size, while the worker runs
  std::atomic<bool> corked{false};
  std::size_t max_value = std::size_t{1} << 30;
  std::size_t max_record = std::size_t{1} << 30;  ///< of key, value and headers; refused as a broker does, late

  Accepted send(const delivery::OutputRecord& record, void* tag) override {
    if (record.value && record.value->size() > max_value) return Accepted::kTooLarge;
    Sent& copy = sent.emplace_back();
    copy.topic = record.topic;
    if (record.key) copy.key = std::string(*record.key);
    if (record.value) copy.value = std::string(*record.value);
    copy.headers.assign(record.headers.begin(), record.headers.end());
    std::size_t size = record.key.value_or("").size() + record.value.value_or("").size();
    for (const engine::Header& header : record.headers) size += header.name.size() + header.value.value_or("").size();
    waiting_.emplace_back(tag, size > max_record);
    ++count;
    return Accepted::kYes;
  }
  void poll(milliseconds) override {
    if (corked) return;
    while (!waiting_.empty() && !renewal_wanted_) {
      const auto [tag, refused] = waiting_.front();
      waiting_.pop_front();
      renewal_wanted_ = refused;
      listener_.delivered(tag, refused ? Delivery{Delivery::Outcome::kRefused, Delivery::Cause::kSize,
                                                  "MSG_SIZE_TOO_LARGE", "too large"}
                                       : Delivery{});
    }
  }
  [[nodiscard]] Renewal renewal() const noexcept override { return renewal_wanted_ ? Renewal::kNow : Renewal::kNone; }
  /// What was sent after the one that was refused was not published.
  void renew() override {
    renewal_wanted_ = false;
    count -= waiting_.size();
    sent.resize(sent.size() - waiting_.size());
    for (const auto& [tag, refused] : std::exchange(waiting_, {})) {
      listener_.delivered(tag, {.outcome = Delivery::Outcome::kWithdrawn});
    }
  }
  void abandon() noexcept override { waiting_.clear(); }

 private:
  delivery::Sink::Listener& listener_;
  std::deque<std::pair<void*, bool>> waiting_;  ///< and whether it will be refused
  bool renewal_wanted_ = false;
};

class WorkerTest : public ::testing::Test {
 protected:
  static settings::Settings settings() {
    settings::Settings settings;
    settings.pipeline.models = std::string(COPYDESK_SOURCE_DIR) + "/models";
    settings.pipeline.threads = 2;
    return settings;
  }
  static std::shared_ptr<const engine::ArticleGraph::Stages> stages() {
    static const std::shared_ptr<const engine::ArticleGraph::Stages> built = engine::build_stages(settings());
    return built;
  }
  static std::string article(int number) {
    return R"({"id":"story-)" + std::to_string(number) + R"(","text":"Mara Venn said: \"We are ready.\""})";
  }
  delivery::Worker::Options options() {
    delivery::Worker::Options options;
    options.output_topic = "out";
    options.dead_letter_topic = "dead";
    options.commit_interval = milliseconds(1);
    options.drain_timeout = milliseconds(2000);
    options.version = "test";
    return options;
  }
  /// Runs the worker until `done` holds, at most 20 s.
  bool run_until(delivery::Worker& worker, delivery::Source& source, delivery::Sink& sink,
                 const std::function<bool()>& done) {
    std::atomic<bool> stop{false};
    std::jthread watcher([&] {
      const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
      while (!done() && std::chrono::steady_clock::now() < deadline) std::this_thread::sleep_for(milliseconds(5));
      stop = true;
      wakeup_.notify();
    });
    return worker.run(source, sink, stop);
  }

  delivery::Wakeup wakeup_;
  observe::Metrics metrics_{"test", "test"};
  engine::Executor executor_{stages(), {.threads = 2}};
  const engine::TopicPartition first_{"in", 0};
  const engine::TopicPartition second_{"in", 1};
};

TEST_F(WorkerTest, PublishesInOrderAndCommitsWhatIsAcknowledged) {
  delivery::Worker worker(executor_, metrics_, wakeup_, options(), nullptr);
  FakeSource source(worker);
  FakeSink sink(worker);
  source.events.push_back([&](auto& listener) { listener.assigned(std::array{first_}); });
  for (int i = 0; i < 50; ++i) source.add(0, i, article(i), "story-" + std::to_string(i));
  EXPECT_TRUE(run_until(worker, source, sink, [&] { return sink.count == 50; }));
  ASSERT_EQ(sink.sent.size(), 50U);
  for (std::size_t i = 0; i < 50; ++i) {
    EXPECT_EQ(sink.sent[i].key, "story-" + std::to_string(i));
    EXPECT_EQ(sink.sent[i].topic, "out");
    ASSERT_EQ(sink.sent[i].headers.size(), 1U);
  }
  EXPECT_EQ(source.commits[0].back(), 50);
  EXPECT_TRUE(std::is_sorted(source.commits[0].begin(), source.commits[0].end()));
}

TEST_F(WorkerTest, BadInputBecomesADeadLetterWithItsBytes) {
  delivery::Worker worker(executor_, metrics_, wakeup_, options(), nullptr);
  FakeSource source(worker);
  FakeSink sink(worker);
  source.events.push_back([&](auto& listener) { listener.assigned(std::array{first_}); });
  source.add(0, 7, "{\"id\":");
  source.add(0, 8, "");
  source.add(0, 9, std::nullopt);
  EXPECT_TRUE(run_until(worker, source, sink, [&] { return sink.count == 3; }));
  ASSERT_EQ(sink.sent.size(), 3U);
  EXPECT_EQ(sink.sent[0].topic, "dead");
  EXPECT_EQ(sink.sent[0].value, "{\"id\":");
  EXPECT_EQ(sink.sent[0].key, "k");
  std::map<std::string, std::string> headers;
  for (const engine::Header& header : sink.sent[0].headers) headers[header.name] = header.value.value_or("");
  EXPECT_EQ(headers["trace"], "1");
  EXPECT_EQ(headers["__copydesk.errors.reason"], "malformed_json");
  EXPECT_EQ(headers["__copydesk.errors.stage"], "parse");
  EXPECT_EQ(headers["__copydesk.errors.topic"], "in");
  EXPECT_EQ(headers["__copydesk.errors.partition"], "0");
  EXPECT_EQ(headers["__copydesk.errors.offset"], "7");
  EXPECT_EQ(sink.sent[1].topic, "dead");
  EXPECT_EQ(sink.sent[2].topic, "out");  // a tombstone stays one
  EXPECT_FALSE(sink.sent[2].value);
  EXPECT_EQ(source.commits[0].back(), 10);
}

TEST_F(WorkerTest, TooLargeAnOutputIsDeadLetteredAndThenItsCoordinatesAlone) {
  delivery::Worker worker(executor_, metrics_, wakeup_, options(), nullptr);
  FakeSource source(worker);
  FakeSink sink(worker);
  const std::string input = article(1);
  sink.max_value = input.size();  // the record is larger than its input
  source.events.push_back([&](auto& listener) { listener.assigned(std::array{first_}); });
  source.add(0, 0, input);
  source.add(0, 1, article(1) + std::string(100, ' '));
  EXPECT_TRUE(run_until(worker, source, sink, [&] { return sink.count == 2; }));
  ASSERT_EQ(sink.sent.size(), 2U);
  EXPECT_EQ(sink.sent[0].topic, "dead");
  EXPECT_EQ(sink.sent[0].value, input);
  EXPECT_EQ(sink.sent[1].topic, "dead");
  EXPECT_FALSE(sink.sent[1].value);
  // Two records, and the dead letter of the second.
  EXPECT_NE(metrics_.scrape().find("copydesk_delivery_failures_total{code=\"MSG_SIZE_TOO_LARGE\"} 3\n"),
            std::string::npos);
}

TEST_F(WorkerTest, NeitherAHugeKeyNorHugeHeadersStopTheStream) {
  delivery::Worker worker(executor_, metrics_, wakeup_, options(), nullptr);
  FakeSource source(worker);
  FakeSink sink(worker);
  sink.max_record = 5'000;
  source.events.push_back([&](auto& listener) { listener.assigned(std::array{first_}); });
  source.add(0, 0, article(1), std::string(6'000, 'k'));
  source.add(0, 1, article(2), "k", std::string(6'000, 'h'));
  source.add(0, 2, article(3));
  // Each of the first two: as a record, as a dead letter, without its value, and without key and headers.
  EXPECT_TRUE(run_until(worker, source, sink, [&] { return sink.count == 9; }));
  ASSERT_EQ(sink.sent.size(), 9U);
  EXPECT_EQ(source.commits[0].back(), 3);
  std::vector<std::string> offsets;
  for (const FakeSink::Sent& sent : sink.sent) {
    std::map<std::string, std::string> headers;
    for (const engine::Header& header : sent.headers) headers[header.name] = header.value.value_or("");
    if (!headers.contains("__copydesk.errors.headers_omitted")) continue;
    EXPECT_EQ(sent.topic, "dead");
    EXPECT_FALSE(sent.key);
    EXPECT_FALSE(sent.value);
    EXPECT_FALSE(headers.contains("trace"));
    EXPECT_EQ(headers["__copydesk.errors.reason"], "output_too_large");
    offsets.push_back(headers["__copydesk.errors.offset"]);
  }
  EXPECT_EQ(offsets, (std::vector<std::string>{"0", "1"}));
}

TEST_F(WorkerTest, StopsWhereTheBrokerTakesNotEvenTheCoordinates) {
  delivery::Worker worker(executor_, metrics_, wakeup_, options(), nullptr);
  FakeSource source(worker);
  FakeSink sink(worker);
  sink.max_record = 10;
  source.events.push_back([&](auto& listener) { listener.assigned(std::array{first_}); });
  source.add(0, 0, article(1));
  const std::atomic<bool> never{false};
  EXPECT_THROW(static_cast<void>(worker.run(source, sink, never)), delivery::FatalDeliveryError);
  EXPECT_TRUE(source.commits[0].empty());
}

TEST_F(WorkerTest, DoesNotCommitWhatTheOutputHasNotAcknowledged) {
  delivery::Worker::Options short_drain = options();
  short_drain.drain_timeout = milliseconds(50);
  delivery::Worker worker(executor_, metrics_, wakeup_, short_drain, nullptr);
  FakeSource source(worker);
  FakeSink sink(worker);
  sink.corked = true;
  source.events.push_back([&](auto& listener) { listener.assigned(std::array{first_}); });
  for (int i = 0; i < 5; ++i) source.add(0, i, article(i));
  EXPECT_FALSE(run_until(worker, source, sink, [&] { return sink.count == 5; }));
  EXPECT_TRUE(source.commits[0].empty());
}

TEST_F(WorkerTest, RevocationDrainsCommitsAndLeavesKeptPartitionsAlone) {
  delivery::Worker worker(executor_, metrics_, wakeup_, options(), nullptr);
  FakeSource source(worker);
  FakeSink sink(worker);
  source.events.push_back([&](auto& listener) { listener.assigned(std::array{first_, second_}); });
  for (int i = 0; i < 20; ++i) source.add(i % 2, i, article(i));
  std::atomic<bool> revoked{false};
  // Comes after the twenty records: poll() gives events first, so it is put in once they are taken.
  source.when_empty = [&](delivery::Source::Listener& listener) {
    const std::string lag = "copydesk_consumer_lag{partition=\"0\",topic=\"in\"}";
    EXPECT_NE(metrics_.scrape().find(lag), std::string::npos) << metrics_.scrape();
    listener.revoked(std::array{first_}, false);
    EXPECT_EQ(metrics_.scrape().find(lag), std::string::npos) << "the lag of a partition that is another worker's";
    EXPECT_EQ(source.commits[0].back(), 19);
    source.add(0, 100, article(100));  // a straggler of the revoked partition must not be taken in
    source.add(1, 101, article(101));
    revoked = true;
  };
  EXPECT_TRUE(run_until(worker, source, sink, [&] { return revoked && sink.count >= 21; }));
  EXPECT_EQ(sink.sent.size(), 21U);
  EXPECT_EQ(source.commits[0].back(), 19);
  EXPECT_EQ(source.commits[1].back(), 102);
}

TEST_F(WorkerTest, ALostPartitionIsNotCommitted) {
  delivery::Worker worker(executor_, metrics_, wakeup_, options(), nullptr);
  FakeSource source(worker);
  FakeSink sink(worker);
  sink.corked = true;
  std::atomic<bool> lost{false};
  source.events.push_back([&](auto& listener) { listener.assigned(std::array{first_}); });
  for (int i = 0; i < 5; ++i) source.add(0, i, article(i));
  source.when_empty = [&](delivery::Source::Listener& listener) {
    listener.revoked(std::array{first_}, true);
    lost = true;
    sink.corked = false;
  };
  run_until(worker, source, sink, [&] { return lost.load(); });
  EXPECT_TRUE(source.commits[0].empty());
}

TEST_F(WorkerTest, PausesTheInputWhileTheOutputStallsAndGoesOnAfterwards) {
  delivery::Worker::Options small = options();
  small.inflight_records = 4;
  delivery::Worker worker(executor_, metrics_, wakeup_, small, nullptr);
  FakeSource source(worker);
  FakeSink sink(worker);
  sink.corked = true;
  source.events.push_back([&](auto& listener) { listener.assigned(std::array{first_}); });
  for (int i = 0; i < 30; ++i) source.add(0, i, article(i));
  std::size_t sent_while_corked = 0;
  EXPECT_TRUE(run_until(worker, source, sink, [&] {
    if (sink.corked && source.pauses > 0) {
      sent_while_corked = sink.count;
      sink.corked = false;
    }
    return sink.count == 30;
  }));
  EXPECT_LE(sent_while_corked, 4U);
  EXPECT_GE(source.pauses, 1);
  EXPECT_EQ(source.commits[0].back(), 30);
}

TEST_F(WorkerTest, ARefusedCommitIsTriedAgain) {
  delivery::Worker worker(executor_, metrics_, wakeup_, options(), nullptr);
  FakeSource source(worker);
  FakeSink sink(worker);
  source.refuse_commits = true;
  source.events.push_back([&](auto& listener) { listener.assigned(std::array{first_}); });
  source.add(0, 0, article(0));
  source.when_empty = [&](delivery::Source::Listener&) { source.refuse_commits = false; };
  EXPECT_TRUE(run_until(worker, source, sink, [&] { return !source.refuse_commits && sink.count > 0; }));
  EXPECT_EQ(source.commits[0].back(), 1);
}

/// An article of so many bytes of text.
std::string long_article(std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += "Mara Venn, the mayor of Lindhaven, said that the bridge would open in May. ";
  return R"({"id":"long","text":")" + text + R"("})";
}

TEST_F(WorkerTest, AnArticlePastItsDeadlineBecomesADeadLetterAndItsPartitionGoesOn) {
  engine::Executor impatient(stages(), {.threads = 2, .deadline = milliseconds(1)});
  delivery::Worker worker(impatient, metrics_, wakeup_, options(), nullptr);
  FakeSource source(worker);
  FakeSink sink(worker);
  source.events.push_back([&](auto& listener) { listener.assigned(std::array{first_}); });
  source.add(0, 0, long_article(std::size_t{1} << 20), "long");  // takes hundreds of milliseconds without a deadline
  for (int i = 1; i <= 20; ++i) source.add(0, i, article(i), std::to_string(i));
  EXPECT_TRUE(run_until(worker, source, sink, [&] { return sink.count == 21; }));
  ASSERT_EQ(sink.sent.size(), 21U);
  EXPECT_EQ(sink.sent[0].topic, "dead");
  EXPECT_EQ(sink.sent[0].key, "long");
  std::string reason;
  for (const engine::Header& header : sink.sent[0].headers) {
    if (header.name == "__copydesk.errors.reason") reason = header.value.value_or("");
  }
  EXPECT_EQ(reason, "deadline");
  for (std::size_t i = 1; i <= 20; ++i) EXPECT_EQ(sink.sent[i].key, std::to_string(i));
  EXPECT_EQ(source.commits[0].back(), 21);
}

TEST_F(WorkerTest, OrderByKeyKeepsTheOrderOfEachKeyAndCommitsWithoutGaps) {
  delivery::Worker::Options by_key = options();
  by_key.order_by_key = true;
  delivery::Worker worker(executor_, metrics_, wakeup_, by_key, nullptr);
  FakeSource source(worker);
  FakeSink sink(worker);
  source.events.push_back([&](auto& listener) { listener.assigned(std::array{first_}); });
  for (int i = 0; i < 90; ++i) {
    const bool is_long = i % 30 == 0;
    source.add(0, i, is_long ? long_article(std::size_t{1} << 16) : article(i), "key-" + std::to_string(i % 3));
  }
  EXPECT_TRUE(run_until(worker, source, sink, [&] { return sink.count == 90; }));
  std::map<std::string, std::vector<std::string>> of_key;
  for (const auto& sent : sink.sent) {
    of_key[sent.key.value_or("")].push_back(sent.value.value_or("").substr(0, 120));
  }
  ASSERT_EQ(of_key.size(), 3U);
  for (const auto& [key, records] : of_key) {
    ASSERT_EQ(records.size(), 30U) << key;
    const int first = key.back() - '0';
    for (std::size_t i = 0; i < records.size(); ++i) {
      const int number = first + 3 * static_cast<int>(i);
      const std::string id = number % 30 == 0 ? "\"id\":\"long\"" : "\"id\":\"story-" + std::to_string(number) + "\"";
      EXPECT_NE(records[i].find(id), std::string::npos) << key << ": " << records[i];
    }
  }
  EXPECT_EQ(source.commits[0].back(), 90);
  EXPECT_TRUE(std::is_sorted(source.commits[0].begin(), source.commits[0].end()));
}

}  // namespace
}  // namespace copydesk
