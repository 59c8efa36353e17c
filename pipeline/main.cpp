#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "config/value.h"
#include "pipeline/command_line.h"
#include "pipeline/commands/backfill.h"
#include "pipeline/commands/config.h"
#include "pipeline/commands/demo.h"
#include "pipeline/commands/dlq.h"
#include "pipeline/commands/enrich.h"
#include "pipeline/commands/exit_codes.h"
#include "pipeline/commands/feed.h"
#include "pipeline/commands/run.h"
#include "pipeline/commands/start_checks.h"
#include "pipeline/commands/stop_signals.h"
#include "pipeline/commands/systemd_notify.h"
#include "pipeline/demo/free_port.h"
#include "pipeline/kafka/client.h"
#include "pipeline/kafka/properties.h"
#include "pipeline/log_throttle.h"
#include "pipeline/settings.h"
#include "pipeline/terminal_commands.h"
#include "pipeline/version.h"

namespace copydesk {
namespace {

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
    Settings settings;
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
    const Wakeup wakeup;
    const StopSignals signals(wakeup);
    return run(settings, wakeup, StopSignals::stop(), notify_started, range);
  };
}

Command add_enrich(CLI::App& app) {
  auto* command = app.add_subcommand("enrich", "Enrich articles from files or standard input, without Kafka");
  command->footer(
      "Reads ninjs or plain JSON ({\"id\",\"headline\",\"text\"}), one article a line, and .txt files; writes one "
      "record\n"
      "a line, in input order. Bad input is a line on standard error; the rest goes on, and the exit code is 1.\n\n"
      "Example:\n  copydesk enrich article.txt | jq '.quotes[] | {name: .speaker.name, text}'\n"
      "  cat wire.jsonl | copydesk enrich --threads 4 --dead-letters bad.jsonl > enriched.jsonl");
  struct Arguments {
    SettingsOptions source;
    EnrichOptions options;
    std::string dead_letters;
    std::string trace;
    bool timestamps = false;
  };
  auto arguments = std::make_shared<Arguments>();
  command->add_option("FILE", arguments->options.inputs, "Files or folders; none, or -, is standard input");
  arguments->source.add_file(*command);
  arguments->source.add(*command, "--threads", "pipeline.threads", "Threads that run the stages (default: all cores)",
                        "N");
  arguments->source.add(*command, "--format", "output.format", "record, or ninjs: the input object enriched in place",
                        "FORMAT");
  arguments->source.add_flag(*command, "--tokens", "output.tokens", "Include tokens and sentences");
  arguments->source.add(*command, "--models", "pipeline.models", "Folder of the models (default: those installed)",
                        "DIR");
  command->add_flag("--timestamps", arguments->timestamps, "Include the times received and enriched");
  command->add_flag("--explain", arguments->options.explain,
                    "In place of records: phrases, clauses, and why each quote has its speaker");
  command->add_option("--dead-letters", arguments->dead_letters, "Append bad input to this file, with its reason")
      ->type_name("FILE");
  command->add_option("--trace", arguments->trace, "Write when each stage ran, in Chrome's trace format")
      ->type_name("FILE");
  return [arguments]() -> int {
    EnrichOptions& options = arguments->options;
    if (!arguments->source.load(options.settings)) return kExitBadConfiguration;
    options.settings.output.timestamps = arguments->timestamps;
    if (!arguments->dead_letters.empty()) options.dead_letters = arguments->dead_letters;
    if (!arguments->trace.empty()) options.trace = arguments->trace;
    std::ios::sync_with_stdio(false);
    return enrich(options, std::cin, std::cout, std::cerr);
  };
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
    Settings settings;
    if (!arguments->source.load(settings)) return kExitBadConfiguration;
    FeedOptions& options = arguments->options;
    options.topic = settings.kafka.input;
    options.common = kafka::common_properties(settings);
    options.producer = kafka::producer_properties(settings);
    options.progress = isatty(STDERR_FILENO) != 0;
    const Wakeup wakeup;
    const StopSignals signals(wakeup);
    const std::uint64_t fed = feed(options, std::cin, std::cerr, StopSignals::stop());
    std::cerr << fmt::format("fed {} articles to {}\n", fed, options.topic);
    return kExitOk;
  };
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
    if (!arguments->duration.empty()) options.duration = parse_duration(arguments->duration);
    if (command->count("--http") == 0) {
      constexpr std::uint16_t kUsual = 9464;
      options.settings.http.listen = fmt::format("127.0.0.1:{}", free_port(kUsual));
    }
    options.terminal = isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
    const Wakeup wakeup;
    const StopSignals signals(wakeup);
    return demo(std::move(options), std::cout, wakeup, StopSignals::stop());
  };
}

/// Options of `dlq` that choose among dead letters.
struct DeadLetterChoice {
  DeadLetterFilter filter;
  std::string since;
  std::string until;
  std::string key;
  std::int32_t partition = -1;
  CLI::Option* has_key = nullptr;

  void add(CLI::App& command) {
    command.add_option("--reason", filter.reasons, "Only these reasons (docs/dead-letters.md lists them)")
        ->delimiter(',')
        ->type_name("WORD,...");
    command.add_option("--stage", filter.stages, "Only what these stages refused")
        ->delimiter(',')
        ->type_name("NAME,...");
    command
        .add_option("--since", since,
                    "Only articles that came in at this time or later: 2026-03-02T09:15:00Z, or 2h for two hours ago")
        ->type_name("TIME")
        ->check(time_validator());
    command.add_option("--until", until, "Only articles that came in before this time")
        ->type_name("TIME")
        ->check(time_validator());
    command.add_option("--partition", partition, "Only this partition of the dead-letter topic")
        ->check(CLI::NonNegativeNumber)
        ->type_name("N");
    has_key = command.add_option("--key", key, "Only records of this key")->type_name("KEY");
    command.add_option("--limit", filter.limit, "At most so many")->check(CLI::PositiveNumber)->type_name("N");
  }
  [[nodiscard]] DeadLetterFilter chosen() const {
    DeadLetterFilter made = filter;
    if (!since.empty()) made.since_ms = unix_time_of(since);
    if (!until.empty()) made.until_ms = unix_time_of(until);
    if (has_key->count() > 0) made.key = key;
    if (partition >= 0) made.partition = partition;
    return made;
  }
};

Command add_dlq(CLI::App& app) {
  auto* command = app.add_subcommand("dlq", "List, show and send again what could not be enriched (dead letters)");
  command->require_subcommand(1);
  struct Arguments {
    SettingsOptions source;
    DeadLetterChoice choice;
    DlqReplayOptions replay;
    std::string place;
    bool json = false;
    bool value_only = false;
  };
  auto chosen = std::make_shared<Command>();
  const auto add = [&](const char* name, const char* help, const char* footer) {
    auto* sub = command->add_subcommand(name, help);
    sub->footer(footer);
    auto arguments = std::make_shared<Arguments>();
    arguments->source.add_file(*sub);
    arguments->source.add(*sub, "--brokers", "kafka.brokers", "Addresses of the Kafka brokers", "HOST:PORT,...");
    arguments->source.add(*sub, "--dead-letters", "kafka.dead_letters", "Topic that holds the dead letters", "TOPIC");
    return std::pair(sub, arguments);
  };
  using Run = std::function<int(Arguments&, const Settings&, const std::atomic<bool>&)>;
  const auto on_parse = [&](CLI::App* sub, const std::shared_ptr<Arguments>& arguments, Run run) {
    sub->callback([chosen, arguments, run = std::move(run)] {
      *chosen = [arguments, run] {
        Settings settings;
        if (!arguments->source.load(settings)) return static_cast<int>(kExitBadConfiguration);
        DlqReplayOptions& replay = arguments->replay;
        replay.topic = {kafka::consumer_properties(settings), settings.kafka.dead_letters};
        const Wakeup wakeup;
        const StopSignals signals(wakeup);
        return run(*arguments, settings, StopSignals::stop());
      };
    });
  };

  const auto [list, list_arguments] = add("list", "One line for each dead letter",
                                          "Example:\n  copydesk dlq list --reason deadline,memory_limit --since 2h");
  list_arguments->choice.add(*list);
  list->add_flag("--json", list_arguments->json, "One JSON object a line");
  on_parse(list, list_arguments, [](Arguments& arguments, const Settings&, const std::atomic<bool>& stop) {
    return dlq_list(arguments.replay.topic, arguments.choice.chosen(), arguments.json, stop, std::cout);
  });

  const auto [show, show_arguments] =
      add("show", "Headers and value of one dead letter",
          "Example:\n  copydesk dlq show 0:17\n  copydesk dlq show 0:17 --value > article.json");
  show->add_option("PLACE", show_arguments->place, "Partition and offset, as `dlq list` prints them")
      ->required()
      ->type_name("PARTITION:OFFSET")
      ->check(CLI::Validator([](const std::string& text) { return parse_place(text) ? "" : "write it like 0:17"; }, "",
                             ""));
  show->add_flag("--value", show_arguments->value_only, "The value alone, byte for byte");
  on_parse(show, show_arguments, [](Arguments& arguments, const Settings&, const std::atomic<bool>&) {
    const auto place = parse_place(arguments.place);
    return dlq_show(arguments.replay.topic, place->first, place->second, arguments.value_only, std::cout, std::cerr);
  });

  const auto [replay, replay_arguments] = add(
      "replay", "Send dead letters again, to where they came from",
      "Each goes to its topic and partition with key, value and headers as it first came. What was sent again before\n"
      "is passed over. The dead letters stay in their topic until its retention ends.\n\n"
      "Example:\n  copydesk dlq replay --reason deadline --since 2h --dry-run");
  replay_arguments->choice.add(*replay);
  replay->add_option("--to", replay_arguments->replay.to, "Another topic to send them to, partitioned by key")
      ->type_name("TOPIC");
  replay->add_flag("--dry-run", replay_arguments->replay.dry_run, "Say what would be sent, and send nothing");
  replay->add_flag("--again", replay_arguments->replay.again, "Also what was sent again before");
  on_parse(replay, replay_arguments, [](Arguments& arguments, const Settings& settings, const std::atomic<bool>& stop) {
    arguments.replay.filter = arguments.choice.chosen();
    arguments.replay.common = kafka::common_properties(settings);
    arguments.replay.producer = kafka::producer_properties(settings);
    return dlq_replay(arguments.replay, stop, std::cout, std::cerr);
  });
  return [chosen] { return (*chosen)(); };
}

SettingsSource settings_file(const std::string& path) {
  return {.file = path, .property_check = kafka::property_problem};
}

Command add_config(CLI::App& app) {
  auto* command = app.add_subcommand("config", "Check, show and explain settings");
  command->require_subcommand(1);
  auto chosen = std::make_shared<Command>();
  auto path = std::make_shared<std::string>();

  auto* check = command->add_subcommand("check", "Say everything that is wrong with a settings file (exit code 78)");
  check->add_option("FILE", *path, "Settings file")->required();
  check->footer("Example:\n  copydesk config check /etc/copydesk/copydesk.yaml");
  check->callback([chosen, path] {
    *chosen = [path] {
      SettingsSource source = settings_file(*path);
      source.file_check = check_files;
      source.client_check = check_clients;
      return config_check(source, std::cout, std::cerr);
    };
  });

  auto* show = command->add_subcommand("show", "Print the effective settings: defaults under a file, secrets hidden");
  show->add_option("FILE", *path, "Settings file (default: the defaults alone)");
  show->footer("Example:\n  copydesk config show copydesk.yaml");
  show->callback(
      [chosen, path] { *chosen = [path] { return config_show(settings_file(*path), std::cout, std::cerr); }; });

  auto* reference = command->add_subcommand("reference", "Print every setting with its default, bounds and meaning");
  auto yaml = std::make_shared<bool>(false);
  reference->add_flag("--yaml", *yaml, "As a commented settings file to start from");
  reference->footer("Example:\n  copydesk config reference --yaml > copydesk.yaml");
  reference->callback([chosen, yaml] {
    *chosen = [yaml] { return config_reference(*yaml ? ReferenceForm::kYaml : ReferenceForm::kMarkdown, std::cout); };
  });
  return [chosen] { return (*chosen)(); };
}

int main_with(int argc, char** argv) {
  CLI::App app{"Copydesk: who is mentioned and who said what, from a stream of wire articles."};
  app.name("copydesk");
  app.set_version_flag("--version", std::string("copydesk ") + kVersion);
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  app.footer(
      "Exit codes: 0 ok, 1 failure, 64 wrong usage, 78 bad settings.\n"
      "Example:\n  echo '{\"id\":\"1\",\"text\":\"\\\"We are ready,\\\" said Mara Venn.\"}' | copydesk enrich");
  std::vector<std::pair<CLI::App*, Command>> commands;
  using Add = Command (*)(CLI::App&);
  for (const Add add : {Add{add_run}, Add{add_enrich}, Add{add_feed}, Add{add_demo}, Add{add_dlq}, Add{add_top},
                        Add{add_tap}, Add{add_config}}) {
    Command command = add(app);
    commands.emplace_back(app.get_subcommands({}).back(), std::move(command));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kExitOk : kExitUsage;
  }
  for (const auto& [parsed, command] : commands) {
    if (parsed->parsed()) return command();
  }
  return kExitUsage;
}

}  // namespace
}  // namespace copydesk

namespace {

/// Where a client was left behind, its threads would use what the end of main() destroys.
int finish(int code) {
  copydesk::log_throttle().flush_all();
  if (copydesk::kafka::left_behind()) {
    std::cout.flush();
    spdlog::default_logger()->flush();
    _exit(code);
  }
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return finish(copydesk::main_with(argc, argv));
  } catch (const std::exception& error) {
    std::cerr << "copydesk: " << error.what() << '\n';
    return finish(copydesk::kExitFailure);
  }
}
