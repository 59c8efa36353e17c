// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/tap.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <tuple>
#include <utility>
#include <vector>

#include "pipeline/commands/command_line.h"
#include "pipeline/commands/exit_codes.h"
#include "pipeline/commands/stop_signals.h"
#include "pipeline/kafka/preflight.h"
#include "pipeline/kafka/properties.h"
#include "pipeline/kafka/topic_reader.h"
#include "pipeline/terminal/paint.h"
#include "pipeline/terminal/printable.h"
#include "stages/entity_type.h"
#include "stages/parse/key_text.h"

namespace copydesk::commands {
namespace {

using Range = kafka::TopicReader::Range;

class Tap {
 public:
  Tap(const TapOptions& options, const std::atomic<bool>& stop, std::ostream& out)
      : options_(options), stop_(stop), out_(out), reader_(options.consumer, options.topic) {}

  void run() {
    const std::vector<Range> whole = reader_.whole(kafka::kPreflightTimeout);
    std::vector<Range> ranges = whole;
    if (options_.last > 0) {
      for (const engine::InputRecord& record : latest(whole)) show(record);
      begin_at_end(ranges);
    } else if (options_.since_ms) {
      ranges = reader_.since(std::move(ranges), *options_.since_ms, kafka::kPreflightTimeout);
    } else if (!options_.from_beginning) {
      begin_at_end(ranges);
    }
    if (!options_.end) {
      for (Range& range : ranges) range.end = kafka::TopicReader::kNoEnd;
    }
    reader_.read(ranges, [this](const engine::InputRecord& record) { show(record); }, [this] { return goes_on(); });
  }

 private:
  [[nodiscard]] bool goes_on() const {
    return !stop_ && out_.good() && (options_.count == 0 || shown_ < options_.count);
  }

  static void begin_at_end(std::vector<Range>& ranges) {
    for (Range& range : ranges) range.begin = range.end;
  }

  /// The last records of the topic in the order of their time: of each partition its last ones, of those the latest.
  std::vector<engine::InputRecord> latest(std::vector<Range> ranges) {
    const auto most = static_cast<std::int64_t>(options_.last);
    for (Range& range : ranges) range.begin = std::max(range.begin, range.end - std::min(range.end, most));
    std::vector<engine::InputRecord> records;
    const auto before = [](const engine::InputRecord& a, const engine::InputRecord& b) {
      return std::tie(a.timestamp_ms, a.origin.partition, a.offset) <
             std::tie(b.timestamp_ms, b.origin.partition, b.offset);
    };
    const auto later = [&](const engine::InputRecord& a, const engine::InputRecord& b) { return before(b, a); };
    reader_.read(
        ranges,
        [&](engine::InputRecord record) {  // a heap with the earliest on top
          records.push_back(std::move(record));
          std::push_heap(records.begin(), records.end(), later);
          if (records.size() <= options_.last) return;
          std::pop_heap(records.begin(), records.end(), later);
          records.pop_back();
        },
        [this] { return goes_on(); });
    std::sort(records.begin(), records.end(), before);
    return records;
  }

  void show(const engine::InputRecord& record) {
    if (!goes_on()) return;
    const std::string text = text_of(record);
    if (text.empty()) return;
    out_ << text << std::flush;
    ++shown_;
  }

  /// Empty: not to be shown.
  [[nodiscard]] std::string text_of(const engine::InputRecord& record) const {
    const terminal::RecordFilter& filter = options_.filter;
    if (!record.value) {
      if (options_.show != TapOptions::Show::kCards || !filter.takes_all()) return {};
      return note(record, "deleted (a tombstone)");
    }
    const std::string_view value = record.value->view();
    auto read = terminal::read_enriched(value);
    if (read ? !filter.matches(*read) : !filter.takes_all()) return {};
    if (options_.show == TapOptions::Show::kJson) {
      return (options_.terminal ? terminal::printable(value) : std::string(value)) + '\n';
    }
    if (!read) return note(record, read.error().message + "; --json shows it");
    if (options_.show == TapOptions::Show::kCards) return terminal::article_card(*read, options_.style);
    std::erase_if(read->quotes, [&](const terminal::EnrichedRecord::Quote& quote) { return !filter.matches(quote); });
    return terminal::quote_lines(*read, options_.style);
  }

  [[nodiscard]] std::string note(const engine::InputRecord& record, std::string_view what) const {
    const std::string place = fmt::format("{}/{}:{}", options_.topic, record.origin.partition, record.offset);
    return terminal::painted(terminal::Paint::kDim,
                             fmt::format("{} {}: {}", place,
                                         record.key ? terminal::printable(parse::key_text(*record.key)) : "-", what),
                             options_.style.colours) +
           '\n';
  }

  const TapOptions& options_;
  const std::atomic<bool>& stop_;
  std::ostream& out_;
  kafka::TopicReader reader_;
  std::uint64_t shown_ = 0;
};

}  // namespace

int tap(const TapOptions& options, const std::atomic<bool>& stop, std::ostream& out) {
  const std::vector<std::string> problems = kafka::preflight(options.common, {&options.topic, 1});
  if (!problems.empty()) throw std::runtime_error(fmt::format("{}", fmt::join(problems, "\n")));
  Tap(options, stop, out).run();
  return kExitOk;
}

namespace {

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
    tapped.style.width =
        std::min<std::size_t>(terminal::terminal_columns(STDOUT_FILENO, terminal::CardStyle().width), 110);
    const delivery::Wakeup wakeup;
    const StopSignals signals(wakeup);
    return tap(tapped, StopSignals::stop(), std::cout);
  };
}

}  // namespace copydesk::commands
