#include "pipeline/commands/terminal_commands.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "config/value.h"
#include "pipeline/commands/exit_codes.h"
#include "pipeline/commands/stop_signals.h"
#include "pipeline/commands/tap.h"
#include "pipeline/commands/top.h"
#include "pipeline/kafka/properties.h"
#include "pipeline/terminal/paint.h"
#include "stages/entity_type.h"

namespace copydesk::commands {
namespace {

constexpr const char* kPasswordVariable = "COPYDESK_HTTP_PASSWORD";

CLI::Validator address_validator() {
  return {[](const std::string& text) {
            return terminal::parse_worker_address(text) ? "" : "write it like desk-1:9464 or https://desk-1:9464";
          },
          "", ""};
}

/// The first line of a file. Nothing where it cannot be read.
std::optional<std::string> first_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

struct TopArguments {
  SettingsOptions source;
  std::vector<std::string> workers;
  std::string user;
  std::string password_file;
  std::string authority;
  std::string interval;
  bool once = false;
};

/// From the arguments, the settings file that they may name, and the environment. Prints what is wrong.
std::optional<TopOptions> top_options(const TopArguments& arguments) {
  settings::Settings settings;
  if (!arguments.source.load(settings)) return std::nullopt;
  TopOptions options;
  for (const std::string& text : arguments.workers) options.workers.push_back(*terminal::parse_worker_address(text));
  if (options.workers.empty()) {
    const auto own = terminal::address_of_listener(settings.http.listen, !settings.http.tls.certificate.empty());
    if (!own) {
      std::cerr << fmt::format("http.listen: '{}' is no address: name a worker, HOST:PORT\n", settings.http.listen);
      return std::nullopt;
    }
    options.workers.push_back(*own);
  }
  options.scraper.username = arguments.user.empty() ? settings.http.username : arguments.user;
  options.scraper.password = settings.http.password;
  if (const char* const password = std::getenv(kPasswordVariable)) options.scraper.password = config::Secret(password);
  if (!arguments.password_file.empty()) {
    auto password = first_line(arguments.password_file);
    if (!password) {
      std::cerr << fmt::format("--password-file: {} cannot be read, or is empty\n", arguments.password_file);
      return std::nullopt;
    }
    options.scraper.password = config::Secret(std::move(*password));
  }
  options.scraper.authority = arguments.authority;
  if (!arguments.interval.empty()) options.interval = *config::parse_duration(arguments.interval);
  options.interval = std::max(options.interval, std::chrono::milliseconds(100));
  options.once = arguments.once || isatty(STDOUT_FILENO) == 0 || isatty(STDIN_FILENO) == 0;
  options.colours = terminal::wants_colours(STDOUT_FILENO);
  return options;
}

struct TapArguments {
  SettingsOptions source;
  TapOptions options;
  std::vector<std::string> types;
  std::vector<std::string> quote_types;
  std::string since;
  bool quotes = false;
  bool json = false;
};

/// One of these words, whatever their case; it becomes the word as it is here.
CLI::Validator one_of(std::vector<std::string> words) {
  return CLI::IsMember(std::move(words), CLI::ignore_case);
}

/// The types that an entity may have: values have none.
std::vector<std::string> entity_types() {
  std::vector<std::string> names;
  for (std::size_t i = 0; is_name(static_cast<EntityType>(i)); ++i) names.emplace_back(kEntityTypeNames.at(i));
  return names;
}

void add_filters(CLI::App& command, TapArguments& arguments) {
  terminal::RecordFilter& filter = arguments.options.filter;
  constexpr const char* kGroup = "What to show (all that is given must hold; small and large letters are alike)";
  const auto add = [&](const char* name, std::string& to, const char* help, const char* type) {
    command.add_option(name, to, help)->type_name(type)->group(kGroup);
  };
  add("--person", filter.person, "Articles that name a person with NAME in the name", "NAME");
  add("--about", filter.about, "Articles that name anybody or anything with NAME in the name", "NAME");
  command.add_option("--type", arguments.types, "Articles with an entity of such a type: PERSON, ORG, GPE, ...")
      ->delimiter(',')
      ->check(one_of(entity_types()))
      ->type_name("TYPE,...")
      ->group(kGroup);
  add("--search", filter.search, "Articles with TEXT in headline or text", "TEXT");
  add("--id", filter.id, "The article of this id, in all its versions", "ID");
  add("--speaker", filter.speaker, "Articles that quote somebody with NAME in the name", "NAME");
  add("--said", filter.said, "Articles with TEXT in a quote (with --speaker: of that speaker)", "TEXT");
  command.add_option("--quote-type", arguments.quote_types, "Likewise, quotes of such a type: direct, indirect, mixed")
      ->delimiter(',')
      ->check(one_of({"direct", "indirect", "mixed"}))
      ->type_name("TYPE,...")
      ->group(kGroup);
}

}  // namespace

Command add_top(CLI::App& app) {
  auto* command = app.add_subcommand("top", "Watch workers on the terminal: rates, lag, latency, time by stage");
  command->footer(
      "Asks each worker's /metrics once a second. q or Ctrl-C ends it; up and down choose whose stages are shown. "
      "Where\n"
      "standard output or input is no terminal, and with --once, it prints one plain table and ends: 0, or 1 where a\n"
      "worker does not answer. Colours go to terminals only, and not with NO_COLOR set.\n"
      "The password comes from --password-file, from the variable COPYDESK_HTTP_PASSWORD, or from the settings "
      "file.\n\n"
      "Example:\n  copydesk top desk-1:9464 desk-2:9464\n"
      "  copydesk top --once --user desk --password-file /run/secrets/desk --ca ca.pem https://desk-1:9464");
  auto arguments = std::make_shared<TopArguments>();
  command
      ->add_option(
          "WORKER", arguments->workers,
          "HTTP ports of workers: HOST:PORT, https://HOST:PORT (default: 127.0.0.1:9464, or http.listen of --config)")
      ->check(address_validator());
  command
      ->add_option("--user", arguments->user,
                   "Where the workers have `http.username`: who asks (default: as in --config)")
      ->type_name("NAME");
  command->add_option("--password-file", arguments->password_file, "File whose first line is the password")
      ->type_name("FILE");
  command
      ->add_option("--ca", arguments->authority, "Who signed the workers' certificates, in PEM (default: the system's)")
      ->check(CLI::ExistingFile)
      ->type_name("FILE");
  command->add_option("--interval", arguments->interval, "Between two looks (default: 1s; at least 100ms)")
      ->check(duration_validator())
      ->type_name("DURATION");
  command->add_flag("--once", arguments->once, "Print one table and end");
  arguments->source.add_file(*command);
  return [arguments]() -> int {
    const auto options = top_options(*arguments);
    if (!options) return kExitBadConfiguration;
    const delivery::Wakeup wakeup;
    const StopSignals signals(wakeup);
    return top(*options, StopSignals::stop(), std::cout, std::cerr);
  };
}

Command add_tap(CLI::App& app) {
  auto* command = app.add_subcommand("tap", "Watch enriched articles go by on the terminal: who said what");
  command->footer(
      "Reads the output topic beside its consumers, in no group, so it disturbs nobody; only what is committed. Shows\n"
      "what comes from now on until Ctrl-C, or ends with --end or --count. An article cannot control the terminal: "
      "its\n"
      "control characters are shown as U+FFFD. Partitions that are added meanwhile are not seen.\n\n"
      "Example:\n  copydesk tap --brokers kafka-1:9092 --topic wire.enriched --speaker brandt --said bridge\n"
      "  copydesk tap --config copydesk.yaml --since 2h --end --json --type ORG | jq -r .id");
  auto arguments = std::make_shared<TapArguments>();
  arguments->source.add_file(*command);
  arguments->source.add(*command, "--brokers", "kafka.brokers", "Addresses of the Kafka brokers", "HOST:PORT,...");
  arguments->source.add(*command, "--topic", "kafka.output",
                        "Topic with enriched records (default: the output topic of the settings)", "TOPIC");
  add_filters(*command, *arguments);
  TapOptions& options = arguments->options;
  auto* quotes =
      command->add_flag("--quotes", arguments->quotes, "Only the quotes (of those that match), without the rest");
  command->add_flag("--json", arguments->json, "The records as they are, one JSON object a line")->excludes(quotes);
  auto* beginning = command->add_flag("--from-beginning", options.from_beginning, "Begin with what the topic holds");
  auto* last = command->add_option("--last", options.last, "Begin with the last N records of the topic")
                   ->check(CLI::Range(1, 100'000))
                   ->type_name("N")
                   ->excludes(beginning);
  command
      ->add_option("--since", arguments->since,
                   "Begin with articles that came in at this time: 2026-03-02T09:15:00Z, or 2h for two hours ago")
      ->check(time_validator())
      ->type_name("TIME")
      ->excludes(beginning)
      ->excludes(last);
  command->add_flag("--end", options.end, "End where the topic ends now, instead of waiting for more");
  command->add_option("--count", options.count, "End after so many articles")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  return [arguments]() -> int {
    settings::Settings settings;
    if (!arguments->source.load(settings)) return kExitBadConfiguration;
    spdlog::set_level(spdlog::level::warn);
    TapOptions& tapped = arguments->options;
    tapped.common = kafka::common_properties(settings);
    tapped.consumer = kafka::consumer_properties(settings);
    tapped.topic = settings.kafka.output;
    tapped.filter.types.insert(arguments->types.begin(), arguments->types.end());
    tapped.filter.quote_types.insert(arguments->quote_types.begin(), arguments->quote_types.end());
    if (!arguments->since.empty()) tapped.since_ms = unix_time_of(arguments->since);
    if (arguments->json) tapped.show = TapOptions::Show::kJson;
    if (arguments->quotes) tapped.show = TapOptions::Show::kQuotes;
    tapped.filter.quoted = arguments->quotes;
    tapped.terminal = isatty(STDOUT_FILENO) != 0;
    tapped.style.colours = terminal::wants_colours(STDOUT_FILENO);
    tapped.style.width = std::min<std::size_t>(terminal::terminal_columns(STDOUT_FILENO, terminal::CardStyle().width), 110);
    const delivery::Wakeup wakeup;
    const StopSignals signals(wakeup);
    return tap(tapped, StopSignals::stop(), std::cout);
  };
}

}  // namespace copydesk::commands
