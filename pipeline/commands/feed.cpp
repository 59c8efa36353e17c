// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/feed.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <unordered_map>

#include "pipeline/commands/article_files.h"
#include "pipeline/commands/command_line.h"
#include "pipeline/commands/exit_codes.h"
#include "pipeline/commands/stop_signals.h"
#include "pipeline/kafka/preflight.h"
#include "pipeline/kafka/producer.h"
#include "pipeline/kafka/properties.h"
#include "stages/encode/json_text.h"
#include "stages/parse/key_text.h"
#include "stages/parse/parse_stage.h"

namespace copydesk::commands {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kProgressInterval{250};
constexpr std::size_t kMaxUnacknowledged = 10'000;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// The id that the article states, which becomes its key. An article that cannot be read goes out without a key, as a
/// wire would send it: judging it is the worker's task.
class Identifier {
 public:
  std::optional<std::string> id_of(const FileArticle& article) {
    arena_.reset();
    const parse::Payload payload{.bytes = article.bytes.view(), .name = article.name, .plain_text = article.plain_text};
    const auto parsed = stage_.run(Reads<parse::Payload>{std::tuple<const parse::Payload&>(payload)}, scratch_,
                                   StageContext(arena_, StageContext::Clock::time_point::max()));
    if (!parsed || parsed->id.empty()) return std::nullopt;
    return std::string(parsed->id);
  }

 private:
  parse::ParseStage stage_{parse::ParseSettings{}};
  parse::ParseStage::Scratch scratch_;
  ChunkPool pool_;
  Arena arena_{pool_};
};

struct Sent {
  std::string value;
  std::optional<std::string> key;
};

/// Batches are bounded by what the topic takes: else all articles of one are refused for their sum.
kafka::LearntLimits::Topics limits_of_target(const FeedOptions& options) {
  const kafka::Handle client = kafka::make_client(RD_KAFKA_PRODUCER, kafka::make_conf(options.common));
  return kafka::describe_limits(client.get(), {&options.topic, 1}, kafka::kPreflightTimeout);
}

class Feeder final : public delivery::Sink::Listener {
 public:
  Feeder(const FeedOptions& options, std::ostream& err)
      : options_(options),
        err_(err),
        limits_(limits_of_target(options)),
        producer_(options.producer, *this, wakeup_, {.limits = &limits_}) {}

  void send(const FileArticle& article) {
    auto owned = std::make_unique<Sent>();
    Sent& sent = *owned;
    sent.key = identifier_.id_of(article);
    if (article.plain_text) {
      sent.value = R"({"id":)";
      encode::append_json_string(sent.value, parse::key_text(article.name));  // the id that `enrich` gives it
      sent.value += R"(,"text":)";
      // A mark at the beginning of a file says how the file is encoded; inside a JSON string it would be text.
      const std::string_view text = article.bytes.view();
      encode::append_json_string(sent.value,
                                 text.starts_with(kByteOrderMark) ? text.substr(kByteOrderMark.size()) : text);
      sent.value += '}';
    } else {
      sent.value.assign(article.bytes.view());
    }
    const delivery::OutputRecord record{.topic = options_.topic, .key = sent.key, .value = sent.value, .headers = {}};
    unacknowledged_.emplace(&sent, std::move(owned));
    while (unacknowledged_.size() > kMaxUnacknowledged) producer_.poll(std::chrono::milliseconds(10));
    while (true) {
      const auto accepted = producer_.send(record, &sent);
      if (accepted == delivery::Sink::Accepted::kYes) break;
      if (accepted == delivery::Sink::Accepted::kTooLarge) {
        err_ << fmt::format("{}: too large for the broker: left out\n", article.source);
        unacknowledged_.erase(&sent);
        return;
      }
      producer_.poll(std::chrono::milliseconds(10));
    }
    ++sent_;
    bytes_ += sent.value.size();
  }

  void wait(std::chrono::milliseconds time) { producer_.poll(time); }
  /// Waits for every acknowledgement.
  void finish(const std::atomic<bool>& stop) {
    while (!unacknowledged_.empty() && !stop) {
      producer_.poll(std::chrono::milliseconds(50));
      draw(false);
    }
    draw(true);
  }
  void draw(bool last) {
    const auto now = Clock::now();
    if (!options_.progress || (!last && now < next_draw_)) return;
    next_draw_ = now + kProgressInterval;
    const double seconds = std::max(1e-9, std::chrono::duration<double>(now - begin_).count());
    std::string bar;
    if (options_.count != 0) {
      constexpr std::uint64_t kWidth = 30;
      const auto filled = std::min<std::uint64_t>(kWidth, acknowledged_ * kWidth / options_.count);
      bar = fmt::format("[{:#<{}}{:.<{}}] ", "", filled, "", kWidth - filled);
    }
    err_ << fmt::format("\r{}{} articles, {:.1f} MB, {:.0f} articles/s ", bar, acknowledged_,
                        static_cast<double>(bytes_) / 1e6, static_cast<double>(acknowledged_) / seconds)
         << (last ? "\n" : "") << std::flush;
  }
  [[nodiscard]] std::uint64_t sent() const noexcept { return sent_; }
  [[nodiscard]] std::uint64_t acknowledged() const noexcept { return acknowledged_; }

  void delivered(void* tag, const delivery::Sink::Delivery& delivery) override {
    if (delivery.outcome == delivery::Sink::Delivery::Outcome::kAcknowledged) {
      ++acknowledged_;
    } else {
      err_ << fmt::format("an article is refused by the topic: left out: {}: {}\n", delivery.code, delivery.words);
    }
    unacknowledged_.erase(static_cast<Sent*>(tag));
  }

 private:
  const FeedOptions& options_;
  std::ostream& err_;
  Identifier identifier_;
  std::unordered_map<Sent*, std::unique_ptr<Sent>> unacknowledged_;  // librdkafka reads the values from here
  std::uint64_t sent_ = 0;
  std::uint64_t acknowledged_ = 0;
  std::uint64_t bytes_ = 0;
  const Clock::time_point begin_ = Clock::now();
  Clock::time_point next_draw_{};
  delivery::Wakeup wakeup_;
  kafka::LearntLimits limits_;
  kafka::Producer producer_;  // last: it must stop before what it reads goes
};

}  // namespace

std::uint64_t feed(const FeedOptions& options, std::istream& in, std::ostream& err, const std::atomic<bool>& stop) {
  ArticleFiles files(options.inputs, in);
  if (options.loop && files.reads_standard_input()) {
    throw std::runtime_error("standard input cannot be read again: use --loop with files or folders");
  }
  const std::vector<std::string> problems = kafka::preflight(options.common, {&options.topic, 1});
  if (!problems.empty()) throw std::runtime_error(fmt::format("{}", fmt::join(problems, "\n")));

  Feeder feeder(options, err);
  const auto begin = Clock::now();
  while (!stop && (options.count == 0 || feeder.sent() < options.count)) {
    const auto article = files.next();
    if (!article) {
      if (!options.loop || feeder.sent() == 0) break;
      files.rewind();
      continue;
    }
    feeder.send(*article);
    feeder.wait(std::chrono::milliseconds(0));
    feeder.draw(false);
    if (options.rate > 0) {
      const auto due = begin + std::chrono::duration<double>(static_cast<double>(feeder.sent()) / options.rate);
      while (!stop && Clock::now() < due) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(due - Clock::now());
        feeder.wait(std::clamp(left, std::chrono::milliseconds(1), std::chrono::milliseconds(50)));
        feeder.draw(false);
      }
    }
  }
  feeder.finish(stop);
  return feeder.acknowledged();
}

Command add_feed(CLI::App& app) {
  auto* command = app.add_subcommand("feed", "Publish articles from files, folders or standard input to a topic");
  command->footer(
      "Takes the same files as `enrich`; the key of each record is the article's id.\n\n"
      "Example:\n  copydesk feed --brokers 127.0.0.1:9092 --topic wire.articles --rate 20 --loop sample-wire/");
  struct Arguments {
    SettingsOptions source;
    FeedOptions options;
    std::string topic;
    std::vector<std::string> properties;
  };
  auto arguments = std::make_shared<Arguments>();
  command->add_option("FILE", arguments->options.inputs, "Files or folders; none, or -, is standard input");
  arguments->source.add_file(*command);
  arguments->source.add(*command, "--brokers", "kafka.brokers", "Addresses of the Kafka brokers", "HOST:PORT,...");
  arguments->source.add(*command, "--topic", "kafka.input",
                        "Topic to publish to (default: the input topic of the settings)", "TOPIC");
  command->add_option("--rate", arguments->options.rate, "Articles a second (default: as fast as possible)")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  command->add_option("--count", arguments->options.count, "Stop after so many articles")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  command->add_flag("--loop", arguments->options.loop, "Start again at the end of the files");
  return [arguments]() -> int {
    settings::Settings settings;
    if (!arguments->source.load(settings)) return kExitBadConfiguration;
    FeedOptions& options = arguments->options;
    options.topic = settings.kafka.input;
    options.common = kafka::common_properties(settings);
    options.producer = kafka::producer_properties(settings);
    options.progress = isatty(STDERR_FILENO) != 0;
    const delivery::Wakeup wakeup;
    const StopSignals signals(wakeup);
    const std::uint64_t fed = feed(options, std::cin, std::cerr, StopSignals::stop());
    std::cerr << fmt::format("fed {} articles to {}\n", fed, options.topic);
    return kExitOk;
  };
}

}  // namespace copydesk::commands
