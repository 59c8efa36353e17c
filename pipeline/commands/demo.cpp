// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/demo.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <future>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "config/value.h"
#include "pipeline/commands/command_line.h"
#include "pipeline/commands/exit_codes.h"
#include "pipeline/commands/feed.h"
#include "pipeline/commands/run.h"
#include "pipeline/commands/stop_signals.h"
#include "pipeline/commands/topic_watch.h"
#include "pipeline/engine/installation.h"
#include "pipeline/kafka/properties.h"
#include "pipeline/kafka/topics.h"
#include "pipeline/private_broker/free_port.h"
#include "pipeline/private_broker/private_broker.h"
#include "pipeline/terminal/article_card.h"
#include "pipeline/terminal/paint.h"

namespace copydesk::commands {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kTick = 200ms;
constexpr auto kCardAfter = 3s;  // time for a good example to come by
constexpr auto kSettle = 30s;    // at the end, for what was fed to come out
constexpr auto kQuiet = 1s;      // no further article came in for so long: all that was fed has been seen
constexpr auto kTopicTimeout = 30'000ms;
constexpr int kPartitions = 3;

/// A part of the demo that runs on a thread of its own until told to stop.
class Part {
 public:
  template <class Run>
  explicit Part(Run run)
      : result_(std::async(std::launch::async, [this, run = std::move(run)] { return run(wakeup_, stop_); })) {}
  ~Part() { ask_to_stop(); }  // the future waits
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;

  void ask_to_stop() {
    stop_ = true;
    wakeup_.notify();
  }
  [[nodiscard]] bool ended() const { return result_.wait_for(0s) == std::future_status::ready; }
  /// Waits for its end; throws what it threw.
  std::uint64_t join() { return result_.get(); }

 private:
  delivery::Wakeup wakeup_;
  std::atomic<bool> stop_ = false;
  std::future<std::uint64_t> result_;  // last: its destructor waits for the thread, which uses the others
};

std::size_t card_columns() {
  constexpr std::size_t kMost = 110;
  return std::min(terminal::terminal_columns(STDOUT_FILENO, terminal::CardStyle().width), kMost);
}

double quantile(std::vector<double>& sorted, double share) {
  return sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(share * static_cast<double>(sorted.size())))];
}

std::string milliseconds(double seconds) {
  return fmt::format("{:.0f} ms", seconds * 1000);
}

class Demo {
 public:
  Demo(DemoOptions options, std::ostream& out, const delivery::Wakeup& wakeup, const std::atomic<bool>& stop)
      : options_(std::move(options)), out_(out), wakeup_(wakeup), stop_(stop) {}

  int run() {
    const std::vector<std::filesystem::path> inputs =
        options_.inputs.empty() ? std::vector{engine::installed_folder("wire", "deploy/demo/wire")} : options_.inputs;
    for (const auto& input : inputs) {
      if (!std::filesystem::exists(input)) throw std::runtime_error(fmt::format("{}: no such file", input.string()));
    }
    out_ << "Starting a private Apache Kafka (about 6 s) …\n" << std::flush;
    const private_broker::PrivateBroker broker;
    if (stop_) return kExitFailure;
    prepare(broker.bootstrap_servers());
    out_ << fmt::format("Kafka:      {}   topics {} → {}, {}\n", broker.bootstrap_servers(),
                        options_.settings.kafka.input, options_.settings.kafka.output,
                        options_.settings.kafka.dead_letters);
    if (options_.settings.http.enabled()) {
      out_ << fmt::format("Live page:  http://{}/   metrics: /metrics\n", options_.settings.http.listen);
    }
    out_ << (options_.duration ? "" : "Ctrl-C ends it all and leaves nothing behind.\n") << std::flush;

    TopicWatch watch(options_.settings);
    std::atomic<bool> ready = false;
    Part worker([this, &ready](const delivery::Wakeup& wake, const std::atomic<bool>& end) -> std::uint64_t {
      return static_cast<std::uint64_t>(copydesk::commands::run(options_.settings, wake, end, [&] { ready = true; }));
    });
    while (!ready && !stop_ && !worker.ended()) wakeup_.wait(kTick);
    Part feeder([this, &inputs](const delivery::Wakeup& /*wake*/, const std::atomic<bool>& end) {
      return feed(feed_options(inputs), std::cin, std::cerr, end);
    });
    begin_ = Clock::now();
    show(watch, worker, feeder);
    fed_for_ = Clock::now() - begin_;
    feeder.ask_to_stop();
    feeder.join();
    settle(watch, worker);
    worker.ask_to_stop();
    const bool clean = worker.join() == kExitOk;
    return summary(watch.counts(), watch.failure(), clean);
  }

 private:
  void prepare(const std::string& bootstrap) {
    settings::Settings& settings = options_.settings;
    settings.kafka.brokers.clear();
    std::istringstream addresses(bootstrap);
    for (std::string address; std::getline(addresses, address, ',');) settings.kafka.brokers.push_back(address);
    const std::map<std::string, std::string> config{
        {"max.message.bytes", std::to_string(settings.delivery.max_record_bytes.count)}};
    const std::vector<kafka::NewTopic> topics{
        {.name = settings.kafka.input, .partitions = kPartitions, .config = config},
        {.name = settings.kafka.output, .partitions = kPartitions, .config = config},
        {.name = settings.kafka.dead_letters, .partitions = 1, .config = config}};
    kafka::create_topics(kafka::common_properties(settings), topics, kTopicTimeout);
  }

  [[nodiscard]] FeedOptions feed_options(const std::vector<std::filesystem::path>& inputs) const {
    FeedOptions options;
    options.common = kafka::common_properties(options_.settings);
    options.producer = kafka::producer_properties(options_.settings);
    options.producer["linger.ms"] = "0";  // articles come one by one
    options.topic = options_.settings.kafka.input;
    options.inputs = inputs;
    options.rate = options_.rate;
    options.loop = true;
    return options;
  }

  // Until it is time to end: one article as a card, then a line of figures.
  void show(TopicWatch& watch, const Part& worker, const Part& feeder) {
    bool shown = false;
    while (!stop_ && !worker.ended() && !feeder.ended() && watch.failure().empty()) {
      const auto elapsed = Clock::now() - begin_;
      if (options_.duration && elapsed >= *options_.duration) break;
      if (!shown && elapsed >= kCardAfter) shown = show_card(watch);
      draw(watch);
      wakeup_.wait(kTick);
    }
    if (!shown) show_card(watch);
  }

  bool show_card(TopicWatch& watch) {
    const auto record = watch.take_best_record();
    if (!record) return false;
    clear_line();
    out_ << '\n'
         << terminal::article_card(*record, {.colours = options_.terminal, .width = card_columns()}) << '\n'
         << std::flush;
    return true;
  }

  void draw(const TopicWatch& watch) {
    if (!options_.terminal) return;
    const TopicWatch::Counts counts = watch.counts();
    out_ << fmt::format("\r{} articles in, {} enriched, {} dead letters\x1b[K", counts.fed, counts.enriched,
                        counts.dead_lettered)
         << std::flush;
    line_drawn_ = true;
  }

  void clear_line() {
    if (std::exchange(line_drawn_, false)) out_ << "\r\x1b[K";
  }

  // Waits until all that was fed has come out.
  void settle(const TopicWatch& watch, const Part& worker) const {
    const auto deadline = Clock::now() + kSettle;
    std::uint64_t fed = 0;
    auto last_fed = Clock::now();
    while (Clock::now() < deadline && !worker.ended() && watch.failure().empty()) {
      const TopicWatch::Counts counts = watch.counts();
      if (std::exchange(fed, counts.fed) != counts.fed) last_fed = Clock::now();
      if (counts.missing == 0 && Clock::now() - last_fed >= kQuiet) return;
      wakeup_.wait(kTick);
    }
  }

  int summary(TopicWatch::Counts counts, const std::string& failure, bool clean) {
    clear_line();
    const double seconds = std::chrono::duration<double>(fed_for_).count();
    out_ << fmt::format("{} articles fed in {:.1f} s ({:.1f} a second): {} enriched, {} dead letters, {} missing\n",
                        counts.fed, seconds, static_cast<double>(counts.fed) / seconds, counts.enriched,
                        counts.dead_lettered, counts.missing);
    for (const auto& [reason, count] : counts.reasons) out_ << fmt::format("  dead letters, {}: {}\n", reason, count);
    if (!counts.latencies.empty()) {
      std::sort(counts.latencies.begin(), counts.latencies.end());
      out_ << fmt::format("From the input topic to a reader of the output topic: median {}, 99 % {}, longest {}\n",
                          milliseconds(quantile(counts.latencies, 0.5)), milliseconds(quantile(counts.latencies, 0.99)),
                          milliseconds(counts.latencies.back()));
    }
    if (!failure.empty()) out_ << "The topics could not be read: " << failure << '\n';
    if (!clean) out_ << "The worker did not finish everything it had taken in.\n";
    out_ << std::flush;
    const bool complete = counts.fed > 0 && counts.missing == 0 && counts.repeated == 0;
    return complete && clean && failure.empty() ? kExitOk : kExitFailure;
  }

  DemoOptions options_;
  std::ostream& out_;
  const delivery::Wakeup& wakeup_;
  const std::atomic<bool>& stop_;
  Clock::time_point begin_{};
  Clock::duration fed_for_{};
  bool line_drawn_ = false;
};

}  // namespace

int demo(DemoOptions options, std::ostream& out, const delivery::Wakeup& wakeup, const std::atomic<bool>& stop) {
  return Demo(std::move(options), out, wakeup, stop).run();
}

Command add_demo(CLI::App& app) {
  auto* command = app.add_subcommand("demo", "See it work: a private Kafka, sample articles, a worker, a live page");
  command->footer(
      "Starts Apache Kafka for itself (Java 17 or newer; loopback, free ports, temporary data), feeds the sample wire\n"
      "at a steady rate, runs a worker, shows one enriched article and serves the live page. All of it ends with it.\n"
      "Exit code 0: every article that was fed came out.\n\n"
      "Example:\n  copydesk demo --for 20s\n  copydesk demo --rate 50 my-articles/");
  struct Arguments {
    SettingsOptions source;
    DemoOptions options;
    std::string duration;
    bool verbose = false;
  };
  auto arguments = std::make_shared<Arguments>();
  command->add_option("FILE", arguments->options.inputs,
                      "Files or folders to feed, again and again (default: the sample wire)");
  command->add_option("--for", arguments->duration, "Feed for so long, then end with a summary (default: until Ctrl-C)")
      ->check(duration_validator())
      ->type_name("DURATION");
  command->add_option("--rate", arguments->options.rate, "Articles a second (default: 5)")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  arguments->source.add_file(*command);
  arguments->source.add(*command, "--http", "http.listen",
                        "Where to serve the live page (default: 127.0.0.1:9464, or a free port)", "HOST:PORT|off");
  command->add_flag("--verbose,-v", arguments->verbose, "Show the worker's log too");
  return [arguments, command]() -> int {
    DemoOptions& options = arguments->options;
    if (!arguments->source.load(options.settings)) return kExitBadConfiguration;
    if (!arguments->verbose) spdlog::set_level(spdlog::level::err);
    if (!arguments->duration.empty()) options.duration = config::parse_duration(arguments->duration);
    if (command->count("--http") == 0) {
      constexpr std::uint16_t kUsual = 9464;
      options.settings.http.listen = fmt::format("127.0.0.1:{}", private_broker::free_port(kUsual));
    }
    options.terminal = isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
    const delivery::Wakeup wakeup;
    const StopSignals signals(wakeup);
    return demo(std::move(options), std::cout, wakeup, StopSignals::stop());
  };
}

}  // namespace copydesk::commands
