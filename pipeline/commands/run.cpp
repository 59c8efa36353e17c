#include "pipeline/commands/run.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "pipeline/commands/backfill.h"
#include "pipeline/commands/exit_codes.h"
#include "pipeline/commands/shutdown_deadline.h"
#include "pipeline/story/story_tracker.h"
#include "pipeline/delivery/worker.h"
#include "pipeline/engine/desk_names_watch.h"
#include "pipeline/engine/executor.h"
#include "pipeline/live_page/live_feed.h"
#include "pipeline/observe/http_server.h"
#include "pipeline/live_page/routes.h"
#include "pipeline/kafka/consumer.h"
#include "pipeline/kafka/group_members.h"
#include "pipeline/kafka/preflight.h"
#include "pipeline/kafka/producer.h"
#include "pipeline/kafka/properties.h"
#include "pipeline/kafka/input_history.h"
#include "pipeline/kafka/topic_monitor.h"
#include "pipeline/kafka/transactions.h"
#include "pipeline/observe/metrics.h"
#include "pipeline/version.h"

namespace copydesk::commands {

namespace {

/// New clients without a commit in between, before the worker gives up.
constexpr int kMostClients = 5;

std::unique_ptr<observe::HttpServer> serve_http(const settings::HttpSettings& settings, const observe::Metrics& metrics, const observe::WorkerState& state,
                                       live_page::LiveFeed* feed) {
  if (!settings.enabled()) return nullptr;
  const observe::HttpAccess access{.username = settings.username,
                          .password = settings.password,
                          .open = {"/healthz", "/readyz"},
                          .hosts = settings.hosts};
  observe::HttpServer::Routes routes = worker_routes(metrics, state);
  if (feed != nullptr) add_page(routes, *feed, settings.max_event_streams);
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
bool run_worker(delivery::Worker& worker, const settings::Settings& settings, kafka::TopicMonitor& monitor, const delivery::Wakeup& wakeup,
                const std::atomic<bool>& stop) {
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

}  // namespace

int run(const settings::Settings& settings, const delivery::Wakeup& wakeup, const std::atomic<bool>& stop, std::function<void()> ready,
        const std::optional<kafka::TimeRange>& range) {
  // What the settings forbid is said first.
  static_cast<void>(kafka::consumer_properties(settings));
  static_cast<void>(kafka::transactional_producer_properties(settings));

  // Models first: what is wrong on this machine is said without asking a broker.
  observe::Metrics metrics(kVersion, kafka::library_version());
  metrics.expect_topics(settings.kafka.input, settings.kafka.output, settings.kafka.dead_letters);
  const std::shared_ptr<entities::DeskNamesFile> desk = engine::read_desk_names(settings.names);
  const auto stages = engine::build_stages(settings, desk);
  engine::Executor executor(stages, engine::executor_options(settings), &metrics);

  const std::vector<std::string> topics{settings.kafka.input, settings.kafka.output, settings.kafka.dead_letters};
  const std::vector<std::string> problems = kafka::preflight(kafka::common_properties(settings), topics);
  if (!problems.empty()) throw std::runtime_error(fmt::format("cannot start:\n- {}", fmt::join(problems, "\n- ")));

  kafka::GroupMembers group(kafka::common_properties(settings), settings.kafka.group);
  std::optional<live_page::LiveFeed> live;
  if (settings.http.enabled() && settings.http.page) {
    live.emplace(live_page::LiveFeed::Options{.kept_articles = settings.http.kept_articles,
                                   .kept_for = settings.http.kept_for,
                                   .group = [&group](const std::stop_token& ending) { return group.ask(ending); }},
                 [&metrics] { return metrics.figures(); });
  }
  live_page::LiveFeed* const feed = live ? &*live : nullptr;
  std::optional<kafka::InputHistory> history;
  std::optional<story::StoryTracker> stories;
  if (settings.story.marks) {
    const auto timeout = settings.story.history_timeout;
    if (timeout.count() > 0) {
      history.emplace(kafka::InputHistory::Options{.properties = kafka::consumer_properties(settings),
                                                   .topic = settings.kafka.input,
                                                   .memory_limit = settings.limits.max_article_memory.count,
                                                   .timeout = timeout},
                      stages, wakeup);
    }
    stories.emplace(story::StoryTracker::Options{story::window_options(settings.story), timeout}, history ? &*history : nullptr);
  }
  delivery::Worker worker(executor, metrics, wakeup,
                {.output_topic = settings.kafka.output,
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
                 .stories = stories ? &*stories : nullptr},
                feed);
  std::optional<engine::DeskNamesWatch> desk_watch;
  if (desk != nullptr) desk_watch.emplace(desk, settings.names);
  kafka::TopicMonitor monitor({.common = kafka::common_properties(settings),
                               .input = settings.kafka.input,
                               .output = settings.kafka.output,
                               .dead_letters = settings.kafka.dead_letters,
                               .interval = settings.kafka.topic_check_interval,
                               .grace = settings.kafka.missing_input_timeout},
                              wakeup);
  const ShutdownDeadline deadline(stop, settings.delivery.drain_timeout, worker.state());
  const std::unique_ptr<observe::HttpServer> http = serve_http(settings.http, metrics, worker.state(), feed);
  const std::string how =
      range ? "a backfill"
            : fmt::format("group {}, {}", settings.kafka.group,
                          settings.delivery.guarantee == settings::Guarantee::kExactlyOnce ? "exactly once" : "at least once");
  spdlog::info("copydesk {} (librdkafka {}): {} -> {} on {}, {}, {} threads", kVersion, kafka::library_version(),
               settings.kafka.input, settings.kafka.output, fmt::join(settings.kafka.brokers, ","), how,
               executor.threads());
  if (range) return backfill(worker, settings, *range, monitor, wakeup, stop) ? kExitOk : kExitFailure;
  const bool complete = run_worker(worker, settings, monitor, wakeup, stop);
  spdlog::info(complete ? "stopped: everything taken in is finished and committed"
                        : "stopped before everything was finished: the rest is read again at the next start");
  return complete ? kExitOk : kExitFailure;
}

}  // namespace copydesk::commands
