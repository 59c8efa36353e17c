// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/run.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "config/value.h"
#include "pipeline/commands/backfill.h"
#include "pipeline/commands/command_line.h"
#include "pipeline/commands/exit_codes.h"
#include "pipeline/commands/shutdown_deadline.h"
#include "pipeline/commands/start_checks.h"
#include "pipeline/commands/stop_signals.h"
#include "pipeline/commands/systemd_notify.h"
#include "pipeline/delivery/worker.h"
#include "pipeline/engine/desk_names_watch.h"
#include "pipeline/engine/executor.h"
#include "pipeline/kafka/consumer.h"
#include "pipeline/kafka/group_members.h"
#include "pipeline/kafka/input_history.h"
#include "pipeline/kafka/preflight.h"
#include "pipeline/kafka/producer.h"
#include "pipeline/kafka/properties.h"
#include "pipeline/kafka/topic_monitor.h"
#include "pipeline/kafka/transactions.h"
#include "pipeline/live_page/live_feed.h"
#include "pipeline/live_page/page_routes.h"
#include "pipeline/observe/http_server.h"
#include "pipeline/observe/metrics.h"
#include "pipeline/observe/routes.h"
#include "pipeline/story/story_tracker.h"
#include "pipeline/version.h"

namespace copydesk::commands {

namespace {

/// New clients without a commit in between, before the worker gives up.
constexpr int kMostClients = 5;

std::unique_ptr<observe::HttpServer> serve_http(const settings::HttpSettings& settings, const observe::Metrics& metrics,
                                                const observe::WorkerState& state, live_page::LiveFeed* feed) {
  if (!settings.enabled()) return nullptr;
  const observe::HttpAccess access{.username = settings.username,
                                   .password = settings.password,
                                   .open = {"/healthz", "/readyz"},
                                   .hosts = settings.hosts};
  observe::HttpServer::Routes routes = observe::worker_routes(metrics, state);
  if (feed != nullptr) live_page::add_page(routes, *feed, settings.max_event_streams);
  auto server = std::make_unique<observe::HttpServer>(settings.listen, std::move(routes), access,
                                                      observe::TlsFiles{settings.tls.certificate, settings.tls.key});
  spdlog::info("http: listening on port {} ({})", server->port(), settings.listen);
  if (!observe::is_loopback(settings.listen)) {
    if (settings.username.empty()) {
      spdlog::warn(
          "http: whoever reaches {} may read {}: set http.username and http.password, or http.listen to a "
          "loopback address",
          settings.listen, feed != nullptr ? "the metrics and the text of articles" : "the metrics");
    } else if (settings.tls.certificate.empty()) {
      spdlog::warn("http: the password crosses the network unencrypted unless a proxy before {} has TLS: see http.tls",
                   settings.listen);
    }
  }
  return server;
}

/// Runs the worker with clients of its own; with new ones where they are lost and that can help.
bool run_worker(delivery::Worker& worker, const settings::Settings& settings, kafka::TopicMonitor& monitor,
                const delivery::Wakeup& wakeup, const std::atomic<bool>& stop) {
  const bool transactional = settings.delivery.guarantee == settings::Guarantee::kExactlyOnce;
  int lost = 0;
  while (true) {
    const std::uint64_t finished_before = worker.state().finished;
    try {
      kafka::Producer sink(
          transactional ? kafka::transactional_producer_properties(settings) : kafka::producer_properties(settings),
          worker, wakeup,
          {.limits = &monitor.limits(), .limits_in_doubt = [&monitor] { monitor.look_now(); }, .renews = true});
      std::optional<kafka::Transactions> transactions;
      if (transactional) transactions.emplace(sink);
      const bool begun = worker.state().assigned_once;
      kafka::Consumer source(kafka::consumer_properties(settings), settings.kafka.input, worker, wakeup,
                             {.start = {.reset = settings.kafka.auto_offset_reset, .begun = begun},
                              .monitor = &monitor,
                              .check_interval = settings.kafka.topic_check_interval});
      return worker.run(source, sink, stop, transactions ? &*transactions : nullptr);
    } catch (const delivery::ClientsLost& error) {
      lost = worker.state().finished == finished_before ? lost + 1 : 1;
      if (lost >= kMostClients || stop) throw;
      spdlog::warn("{}: new clients go on from the last commit", error.what());
    }
  }
}

/// Throws where the brokers, or what they have, do not do.
void look_before_start(const settings::Settings& settings) {
  const std::vector<std::string> topics{settings.kafka.input, settings.kafka.output, settings.kafka.dead_letters};
  const std::vector<std::string> problems = kafka::preflight(kafka::common_properties(settings), topics);
  if (!problems.empty()) throw std::runtime_error(fmt::format("cannot start:\n- {}", fmt::join(problems, "\n- ")));
}

live_page::LiveFeed::Options feed_options(const settings::Settings& settings, kafka::GroupMembers& group) {
  // What is enriched in place says nothing of spans: the page has nothing to show of it.
  return {.kept_articles = settings.output.format == encode::OutputFormat::kRecord ? settings.http.kept_articles : 0,
          .kept_for = settings.http.kept_for,
          .group = [&group](const std::stop_token& ending) { return group.ask(ending); }};
}

kafka::InputHistory::Options history_options(const settings::Settings& settings) {
  return {.properties = kafka::consumer_properties(settings),
          .topic = settings.kafka.input,
          .memory_limit = settings.limits.max_article_memory.count,
          .timeout = settings.story.history_timeout};
}

delivery::Worker::Options worker_options(const settings::Settings& settings, std::function<void()> ready,
                                         story::StoryTracker* stories) {
  return {.output_topic = settings.kafka.output,
          .dead_letter_topic = settings.kafka.dead_letters,
          .order_by_key = settings.delivery.ordering == settings::Ordering::kKey,
          .inflight_records = settings.limits.inflight_records,
          .inflight_bytes = settings.limits.inflight_bytes.count,
          .commit_interval = settings.delivery.commit_interval,
          .transaction_interval = settings.delivery.transaction_interval,
          .drain_timeout = settings.delivery.drain_timeout,
          .timestamps = settings.output.timestamps,
          .version = kVersion,
          .ready = std::move(ready),
          .stories = stories};
}

kafka::TopicMonitor::Options monitor_options(const settings::Settings& settings) {
  return {.common = kafka::common_properties(settings),
          .input = settings.kafka.input,
          .output = settings.kafka.output,
          .dead_letters = settings.kafka.dead_letters,
          .interval = settings.kafka.topic_check_interval,
          .grace = settings.kafka.missing_input_timeout};
}

void log_start(const settings::Settings& settings, bool backfill, unsigned threads) {
  const bool exactly_once = settings.delivery.guarantee == settings::Guarantee::kExactlyOnce;
  const std::string how =
      backfill ? "a backfill"
               : fmt::format("group {}, {}", settings.kafka.group, exactly_once ? "exactly once" : "at least once");
  spdlog::info("copydesk {} (librdkafka {}): {} -> {} on {}, {}, {} threads", kVersion, kafka::library_version(),
               settings.kafka.input, settings.kafka.output, fmt::join(settings.kafka.brokers, ","), how, threads);
}

}  // namespace

int run(const settings::Settings& settings, const delivery::Wakeup& wakeup, const std::atomic<bool>& stop,
        std::function<void()> ready, const std::optional<kafka::TimeRange>& range) {
  // What the settings forbid is said first.
  static_cast<void>(kafka::consumer_properties(settings));
  static_cast<void>(kafka::transactional_producer_properties(settings));

  // Models first: what is wrong on this machine is said without asking a broker.
  observe::Metrics metrics(kVersion, kafka::library_version());
  metrics.expect_topics(settings.kafka.input, settings.kafka.output, settings.kafka.dead_letters);
  const std::shared_ptr<entities::DeskNamesFile> desk = engine::read_desk_names(settings.names);
  const auto stages = engine::build_stages(settings, desk);
  engine::Executor executor(stages, engine::executor_options(settings), &metrics);

  look_before_start(settings);

  kafka::GroupMembers group(kafka::common_properties(settings), settings.kafka.group);
  std::optional<live_page::LiveFeed> live;
  if (settings.http.enabled() && settings.http.page) {
    live.emplace(feed_options(settings, group), [&metrics] { return metrics.figures(); });
  }
  live_page::LiveFeed* const feed = live ? &*live : nullptr;
  std::optional<kafka::InputHistory> history;
  std::optional<story::StoryTracker> stories;
  if (settings.story.marks) {
    const auto timeout = settings.story.history_timeout;
    if (timeout.count() > 0) history.emplace(history_options(settings), stages, wakeup);
    stories.emplace(story::StoryTracker::Options{story::window_options(settings.story), timeout},
                    history ? &*history : nullptr);
  }
  delivery::Worker worker(executor, metrics, wakeup,
                          worker_options(settings, std::move(ready), stories ? &*stories : nullptr), feed);
  std::optional<engine::DeskNamesWatch> desk_watch;
  if (desk != nullptr) desk_watch.emplace(desk, settings.names);
  kafka::TopicMonitor monitor(monitor_options(settings), wakeup);
  const ShutdownDeadline deadline(stop, settings.delivery.drain_timeout, worker.state());
  const std::unique_ptr<observe::HttpServer> http = serve_http(settings.http, metrics, worker.state(), feed);
  log_start(settings, range.has_value(), executor.threads());
  if (range) return backfill(worker, settings, *range, monitor, wakeup, stop) ? kExitOk : kExitFailure;
  const bool complete = run_worker(worker, settings, monitor, wakeup, stop);
  spdlog::info(complete ? "stopped: everything taken in is finished and committed"
                        : "stopped before everything was finished: the rest is read again at the next start");
  return complete ? kExitOk : kExitFailure;
}

Command add_run(CLI::App& app) {
  auto* command = app.add_subcommand("run", "Run a worker: read articles from Kafka, enrich them, publish records");
  command->footer(
      "Example:\n  copydesk run --brokers kafka-1:9092 --input wire.articles --output wire.enriched \\\n"
      "      --dead-letters wire.dead-letters --group newsroom --http 0.0.0.0:9464\n\n"
      "SIGTERM and SIGINT finish what is in flight, commit and leave the group; a second signal stops at once.\n"
      "Start more workers with the same --group to share the partitions between them.\n\n"
      "With --from it is a backfill: the articles of that time go to another topic, in a process that joins no group,\n"
      "leaves its offsets as they are and ends by itself. Exit code 0: all of them came out.\n\n"
      "Example:\n  copydesk run --config copydesk.yaml --from 2026-03-01 --until 2026-03-02T12:00:00Z \\\n"
      "      --output wire.enriched-again");
  struct Arguments {
    SettingsOptions source;
    std::string from;
    std::string until;
  };
  auto arguments = std::make_shared<Arguments>();
  SettingsOptions& source = arguments->source;
  source.add_file(*command);
  source.add(*command, "--brokers", "kafka.brokers", "Addresses of the Kafka brokers", "HOST:PORT,...");
  source.add(*command, "--input", "kafka.input", "Topic to read articles from", "TOPIC");
  source.add(*command, "--output", "kafka.output", "Topic for the enriched records", "TOPIC");
  source.add(*command, "--dead-letters", "kafka.dead_letters", "Topic for what cannot be enriched", "TOPIC");
  source.add(*command, "--group", "kafka.group", "Consumer group; workers of one group share the work", "NAME");
  source.add(*command, "--guarantee", "delivery.guarantee", "at_least_once or exactly_once", "WORD");
  source.add(*command, "--http", "http.listen",
             "Where to serve /metrics, /healthz, /readyz and the live page; a backfill serves them only where this is "
             "given",
             "HOST:PORT|off");
  auto* from = command->add_option("--from", arguments->from,
                                   "Backfill: articles that came in at this time (UTC, or 2h for two hours ago) or "
                                   "later; needs an --output of its own");
  from->check(time_validator())->type_name("TIME")->needs(command->get_option("--output"));
  command
      ->add_option("--until", arguments->until,
                   "Backfill: articles that came in before this time (default: all that are there now)")
      ->check(time_validator())
      ->type_name("TIME")
      ->needs(from);
  return [arguments, command]() -> int {
    settings::Settings settings;
    if (!arguments->source.load_for_start(settings)) return kExitBadConfiguration;
    std::optional<kafka::TimeRange> range;
    if (!arguments->from.empty()) {
      range = kafka::TimeRange{.from_ms = unix_time_of(arguments->from).value_or(0),
                               .until_ms = unix_time_of(arguments->until)};
      const std::string live_output = arguments->source.without_options().kafka.output;
      if (const auto problem = backfill_problem(settings, *range, live_output)) {
        std::cerr << *problem << '\n';
        return kExitUsage;
      }
      // The live workers' address, in the file, is taken.
      if (command->count("--http") == 0) settings.http.listen = "off";
    }
    const delivery::Wakeup wakeup;
    const StopSignals signals(wakeup);
    return run(settings, wakeup, StopSignals::stop(), notify_started, range);
  };
}

}  // namespace copydesk::commands
