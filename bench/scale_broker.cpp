// SPDX-License-Identifier: Apache-2.0
// scale_broker [DIRECTORY of articles]: a Kafka of its own for bench/scale, and what that asks of it, a line on
// standard input each; it ends with its input.
//   (at start)                    → broker ADDRESS PID
//   topic NAME PARTITIONS         → ok                 a topic whose records bear the time at which the broker took
//   them prepare NAME COUNT PARTITIONS → ok                 COUNT articles, dealt to the partitions in turn, the same
//   ones to
//                                                      each, in a transaction that is left open: nobody sees them yet
//   release                       → released MS        commits it: they are there, all at once (Unix time)
//   load NAME RATE PARTITIONS     → ok                 such articles at RATE a second, from now on
//   unload                        → unloaded COUNT     ends that
//   count NAME                    → count RECORDS
//   last NAME                     → last MS            time of its last record
//   gaps NAME FROM MS TO MS       → gaps LONGEST…      for each partition of the input, by the key: the longest time in
//                                                      that span without a record of it, in ms
// Articles have the key "PARTITION", which their records keep.

#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "pipeline/commands/article_files.h"
#include "pipeline/kafka/client.h"
#include "pipeline/kafka/topic_reader.h"
#include "pipeline/kafka/topics.h"
#include "pipeline/private_broker/private_broker.h"

namespace copydesk {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kTimeout = 60'000ms;

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

void require(rd_kafka_error_t* raw) {
  const kafka::Error error(raw);
  if (error != nullptr) throw std::runtime_error(rd_kafka_error_string(error.get()));
}

std::vector<std::string> articles_in(const std::filesystem::path& folder) {
  commands::ArticleFiles files({folder}, std::cin);
  std::vector<std::string> articles;
  while (const auto article = files.next()) {
    if (!article->plain_text) articles.emplace_back(article->bytes.view());
  }
  if (articles.empty()) throw std::runtime_error(folder.string() + ": no JSON articles there");
  return articles;
}

/// Publishes the articles one after another, each to every partition in turn.
class ArticleProducer {
 public:
  ArticleProducer(const kafka::Properties& properties, const std::vector<std::string>& articles,
                  const std::string& topic, int partitions)
      : articles_(articles),
        partitions_(partitions),
        handle_(kafka::make_client(RD_KAFKA_PRODUCER, kafka::make_conf(properties))),
        topic_(rd_kafka_topic_new(handle_.get(), topic.c_str(), nullptr)) {
    if (topic_ == nullptr) throw std::runtime_error("cannot publish to " + topic);
  }

  void send_next() {
    const int partition = static_cast<int>(sent_ % static_cast<std::uint64_t>(partitions_));
    const std::string& value = articles_[sent_ / static_cast<std::uint64_t>(partitions_) % articles_.size()];
    const std::string key = std::to_string(partition);
    while (rd_kafka_produce(topic_.get(), partition, RD_KAFKA_MSG_F_COPY, const_cast<char*>(value.data()), value.size(),
                            key.data(), key.size(), nullptr) != 0) {
      const rd_kafka_resp_err_t error = rd_kafka_last_error();
      if (error != RD_KAFKA_RESP_ERR__QUEUE_FULL) throw std::runtime_error(rd_kafka_err2str(error));
      rd_kafka_poll(handle_.get(), 100);
    }
    ++sent_;
    rd_kafka_poll(handle_.get(), 0);
  }
  void flush() {
    if (rd_kafka_flush(handle_.get(), static_cast<int>(kTimeout.count())) != RD_KAFKA_RESP_ERR_NO_ERROR) {
      throw std::runtime_error("the broker did not take the articles in time");
    }
  }
  [[nodiscard]] rd_kafka_t* handle() const noexcept { return handle_.get(); }
  [[nodiscard]] std::uint64_t sent() const noexcept { return sent_; }

 private:
  const std::vector<std::string>& articles_;
  const int partitions_;
  const kafka::Handle handle_;
  const std::unique_ptr<rd_kafka_topic_t, kafka::Deleter<rd_kafka_topic_destroy>> topic_;
  std::uint64_t sent_ = 0;
};

class ScaleBroker {
 public:
  explicit ScaleBroker(const std::filesystem::path& folder) : articles_(articles_in(folder)) {
    client_["bootstrap.servers"] = broker_.bootstrap_servers();
  }

  [[nodiscard]] std::string greeting() const {
    return fmt::format("broker {} {}", broker_.bootstrap_servers(), broker_.pid(0));
  }

  std::string answer(const std::string& line) {
    std::istringstream words(line);
    std::string command;
    std::string topic;
    words >> command;
    if (command == "release") return release();
    if (command == "unload") return unload();
    words >> topic;
    std::int64_t first = 0;
    std::int64_t second = 0;
    words >> first >> second;
    if (command == "topic") return make_topic(topic, static_cast<int>(first));
    if (command == "prepare") return prepare(topic, first, static_cast<int>(second));
    if (command == "load") return load(topic, first, static_cast<int>(second));
    if (command == "count") return count(topic);
    if (command == "last") return last(topic);
    if (command == "gaps") return gaps(topic, first, second);
    throw std::runtime_error("unknown command: " + line);
  }

 private:
  std::string make_topic(const std::string& name, int partitions) const {
    const std::vector<kafka::NewTopic> topics{
        {.name = name, .partitions = partitions, .config = {{"message.timestamp.type", "LogAppendTime"}}}};
    kafka::create_topics(client_, topics, kTimeout);
    return "ok";
  }

  std::string prepare(const std::string& topic, std::int64_t articles, int partitions) {
    kafka::Properties properties = client_;
    properties["transactional.id"] = "scale-" + topic;
    properties["transaction.timeout.ms"] = "600000";
    properties["compression.type"] = "zstd";
    properties["linger.ms"] = "50";
    prepared_.emplace(properties, articles_, topic, partitions);
    require(rd_kafka_init_transactions(prepared_->handle(), static_cast<int>(kTimeout.count())));
    require(rd_kafka_begin_transaction(prepared_->handle()));
    for (std::int64_t i = 0; i < articles; ++i) prepared_->send_next();
    prepared_->flush();
    return "ok";
  }

  std::string release() {
    if (!prepared_) throw std::runtime_error("nothing is prepared");
    const std::int64_t when = now_ms();
    require(rd_kafka_commit_transaction(prepared_->handle(), static_cast<int>(kTimeout.count())));
    prepared_.reset();
    return fmt::format("released {}", when);
  }

  std::string load(const std::string& topic, std::int64_t rate, int partitions) {
    if (rate < 1) throw std::runtime_error("load: a rate of at least 1");
    kafka::Properties properties = client_;
    properties["linger.ms"] = "0";
    loaded_ = 0;
    loader_ = std::jthread([this, properties, topic, rate, partitions](const std::stop_token& stop) {
      ArticleProducer producer(properties, articles_, topic, partitions);
      const auto begin = Clock::now();
      while (!stop.stop_requested()) {
        producer.send_next();
        std::this_thread::sleep_until(begin + producer.sent() * 1'000'000us / rate);
      }
      producer.flush();
      loaded_ = producer.sent();
    });
    return "ok";
  }

  std::string unload() {
    loader_.request_stop();
    if (loader_.joinable()) loader_.join();
    return fmt::format("unloaded {}", loaded_);
  }

  std::string count(const std::string& topic) const {
    kafka::TopicReader reader(client_, topic);
    std::int64_t total = 0;
    for (const auto& range : reader.whole(kTimeout)) total += range.end;
    return fmt::format("count {}", total);
  }

  std::string last(const std::string& topic) const {
    std::int64_t latest = 0;
    each_record(topic, [&](const engine::InputRecord& record) { latest = std::max(latest, record.timestamp_ms); });
    return fmt::format("last {}", latest);
  }

  std::string gaps(const std::string& topic, std::int64_t from, std::int64_t to) const {
    std::map<int, std::vector<std::int64_t>> times;
    each_record(topic, [&](const engine::InputRecord& record) {
      int partition = 0;
      const std::string key = record.key.value_or("");
      std::from_chars(key.data(), key.data() + key.size(), partition);
      std::vector<std::int64_t>& of = times[partition];
      if (record.timestamp_ms >= from && record.timestamp_ms <= to) of.push_back(record.timestamp_ms);
    });
    std::string line = "gaps";
    for (auto& [partition, of] : times) {
      std::sort(of.begin(), of.end());
      std::int64_t longest = 0;
      std::int64_t before = from;
      of.push_back(to);
      for (const std::int64_t time : of) longest = std::max(longest, time - std::exchange(before, time));
      line += fmt::format(" {}", longest);
    }
    return line;
  }

  template <class Take>
  void each_record(const std::string& topic, const Take& take) const {
    kafka::TopicReader reader(client_, topic);
    reader.read(reader.whole(kTimeout), take, [] { return true; });
  }

  const std::vector<std::string> articles_;
  const private_broker::PrivateBroker broker_;
  kafka::Properties client_;
  std::optional<ArticleProducer> prepared_;
  std::uint64_t loaded_ = 0;
  std::jthread loader_;
};

}  // namespace
}  // namespace copydesk

int main(int argc, char** argv) {
  try {
    spdlog::set_default_logger(spdlog::stderr_color_mt("scale_broker"));  // standard output is for answers
    spdlog::set_level(spdlog::level::err);
    copydesk::ScaleBroker broker(argc > 1 ? argv[1] : COPYDESK_SOURCE_DIR "/deploy/demo/wire");
    std::cout << broker.greeting() << std::endl;
    for (std::string line; std::getline(std::cin, line);) std::cout << broker.answer(line) << std::endl;
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "scale_broker: " << error.what() << '\n';
    return 1;
  }
}
