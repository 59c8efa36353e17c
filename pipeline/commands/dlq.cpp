// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/dlq.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <ctime>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <ostream>
#include <set>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "pipeline/commands/command_line.h"
#include "pipeline/commands/exit_codes.h"
#include "pipeline/commands/stop_signals.h"
#include "pipeline/delivery/io.h"
#include "pipeline/kafka/preflight.h"
#include "pipeline/kafka/producer.h"
#include "pipeline/kafka/properties.h"
#include "pipeline/kafka/topic_reader.h"
#include "pipeline/terminal/printable.h"
#include "stages/encode/json_text.h"
#include "stages/parse/key_text.h"

namespace copydesk::commands {

namespace {

constexpr std::chrono::milliseconds kPoll{50};

/// "2026-03-02T09:15:00Z"; "-" where the record has no time.
std::string time_text(std::int64_t timestamp_ms) {
  if (timestamp_ms < 0) return "-";
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(timestamp_ms / 1000)));
}

std::string source_text(const delivery::DeadLetterFacts& facts) {
  if (facts.topic.empty()) return "-";
  return fmt::format("{}/{}:{}", facts.topic, facts.partition ? std::to_string(*facts.partition) : "?",
                     facts.offset ? std::to_string(*facts.offset) : "?");
}

std::string json_line(const DeadLetter& letter) {
  const engine::InputRecord& record = letter.record;
  const delivery::DeadLetterFacts facts = letter.facts();
  std::string line = fmt::format(R"({{"partition":{},"offset":{})", record.origin.partition, record.offset);
  const auto add = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    line += fmt::format(R"(,"{}":)", name);
    encode::append_json_string(line, value);
  };
  if (record.timestamp_ms >= 0) add("time", time_text(record.timestamp_ms));
  if (record.key) add("key", parse::key_text(*record.key));
  add("reason", facts.reason);
  add("message", facts.message);
  add("detail", facts.detail);
  add("stage", facts.stage);
  line += fmt::format(R"(,"attempt":{})", facts.attempt);
  if (!facts.topic.empty() && facts.partition && facts.offset) {
    line += R"(,"source":{"topic":)";
    encode::append_json_string(line, facts.topic);
    line += fmt::format(R"(,"partition":{},"offset":{}}})", *facts.partition, *facts.offset);
  }
  line += fmt::format(R"(,"bytes":{}}})", record.value ? record.value->view().size() : 0);
  return line;
}

/// What was replayed to a topic before: the places of its dead letters, as kReplayOfHeader has them. A replayed record
/// is newer than its dead letter, so only what came since is looked at.
std::set<std::string, std::less<>> replayed_before(const kafka::Properties& consumer, const std::string& topic,
                                                   std::int64_t since_ms, const std::atomic<bool>& stop) {
  std::set<std::string, std::less<>> places;
  kafka::TopicReader reader(consumer, topic);
  auto ranges = reader.whole(kAnswerTimeout);
  if (since_ms >= 0) ranges = reader.since(std::move(ranges), since_ms, kAnswerTimeout);
  reader.read(
      ranges,
      [&](const engine::InputRecord& record) {
        if (const auto place = delivery::header_of(record.headers, delivery::kReplayOfHeader)) places.emplace(*place);
      },
      [&] { return !stop; });
  return places;
}

/// "wire.dead-letters/0:17", for kReplayOfHeader.
std::string full_place(const DeadLetter& letter) {
  return fmt::format("{}/{}", letter.record.origin.topic, letter.place());
}

/// Publishes dead letters and keeps account of them.
class Replayer final : public delivery::Sink::Listener {
 public:
  Replayer(const kafka::Properties& producer, std::ostream& err)
      : err_(err), producer_(producer, *this, wakeup_, {.one_by_one = true}) {}

  /// `partition` negative: as the key has it.
  void send(DeadLetter letter, const std::string& topic, std::int32_t partition) {
    auto headers = delivery::replay_headers(letter.record.headers, full_place(letter));
    auto owned = std::make_unique<Sent>(Sent{std::move(letter), std::move(headers)});
    Sent& sent = *owned;
    const engine::InputRecord& record = sent.letter.record;
    const bool has_key = record.key && !sent.letter.facts().key_made;
    const delivery::OutputRecord output{.topic = topic,
                                        .partition = partition,
                                        .key = has_key ? std::optional<std::string_view>(*record.key) : std::nullopt,
                                        .value = record.value->view(),
                                        .headers = sent.headers};
    waiting_.emplace(&sent, std::move(owned));
    while (true) {
      const auto accepted = producer_.send(output, &sent);
      if (accepted == delivery::Sink::Accepted::kYes) return;
      if (accepted == delivery::Sink::Accepted::kTooLarge) {
        return delivered(&sent, {.outcome = delivery::Sink::Delivery::Outcome::kRefused,
                                 .cause = delivery::Sink::Delivery::Cause::kSize,
                                 .code = "MSG_SIZE_TOO_LARGE",
                                 .words = "larger than `delivery.max_record_bytes`"});
      }
      producer_.poll(kPoll);
    }
  }
  /// Waits for every acknowledgement, or for `stop`.
  void finish(const std::atomic<bool>& stop) {
    while (!waiting_.empty() && !stop) producer_.poll(kPoll);
  }
  void delivered(void* tag, const delivery::Sink::Delivery& delivery) override {
    auto* const sent = static_cast<Sent*>(tag);
    if (delivery.outcome == delivery::Sink::Delivery::Outcome::kAcknowledged) {
      ++acknowledged_;
    } else {
      err_ << fmt::format("{}: not sent: {}: {}{}\n", sent->letter.place(), delivery.code, delivery.words,
                          delivery.cause == delivery::Sink::Delivery::Cause::kSize
                              ? " (raise `max.message.bytes` of the topic and `delivery.max_record_bytes`)"
                              : "");
      ++refused_;
    }
    waiting_.erase(sent);
  }
  [[nodiscard]] std::uint64_t acknowledged() const noexcept { return acknowledged_; }
  [[nodiscard]] std::uint64_t refused() const noexcept { return refused_; }

 private:
  struct Sent {
    DeadLetter letter;
    std::vector<engine::Header> headers;
  };
  std::ostream& err_;
  std::unordered_map<Sent*, std::unique_ptr<Sent>> waiting_;
  std::uint64_t acknowledged_ = 0;
  std::uint64_t refused_ = 0;
  const delivery::Wakeup wakeup_;
  kafka::Producer producer_;  // last: it uses the others
};

/// A topic that dead letters go back to.
struct Target {
  std::int64_t since_ms = 0;                      ///< of its oldest dead letter
  std::set<std::string, std::less<>> replayed{};  ///< places of dead letters that were sent to it before
};

}  // namespace

int dlq_list(const DeadLetterTopic& topic, const DeadLetterFilter& filter, bool json, const std::atomic<bool>& stop,
             std::ostream& out) {
  constexpr std::size_t kLongest = 60;  // of a column, in bytes
  const auto row = [&](auto... columns) {
    out << fmt::format("{:<12} {:<20} {:<16} {:<10} {:>7} {:>10}  {:<28} {}\n", columns...);
  };
  std::uint64_t count = 0;
  const auto take = [&](const DeadLetter& letter) {
    if (json) {
      out << json_line(letter) << '\n';
      return;
    }
    if (count++ == 0) row("PLACE", "TIME", "REASON", "STAGE", "ATTEMPT", "BYTES", "SOURCE", "KEY");
    const delivery::DeadLetterFacts facts = letter.facts();
    const engine::InputRecord& record = letter.record;
    row(letter.place(), time_text(record.timestamp_ms), terminal::printable(facts.reason, kLongest),
        terminal::printable(facts.stage, kLongest), facts.attempt, record.value ? record.value->view().size() : 0,
        terminal::printable(source_text(facts), kLongest),
        record.key ? terminal::printable(parse::key_text(*record.key), kLongest) : "-");
  };
  DeadLetterReader(topic).read(filter, take, [&] { return stop.load(); });
  if (!json) out << fmt::format("{} dead letters in {}\n", count, topic.name);
  return kExitOk;
}

int dlq_show(const DeadLetterTopic& topic, std::int32_t partition, std::int64_t offset, bool value_only,
             std::ostream& out, std::ostream& err) {
  const auto letter = DeadLetterReader(topic).at(partition, offset);
  if (!letter) {
    err << fmt::format("{} holds nothing at {}:{}: `copydesk dlq list` says what there is\n", topic.name, partition,
                       offset);
    return kExitFailure;
  }
  const engine::InputRecord& record = letter->record;
  if (!value_only) {
    out << fmt::format("place: {}/{}\ntime: {}\n", topic.name, letter->place(), time_text(record.timestamp_ms));
    if (record.key) out << "key: " << terminal::printable(parse::key_text(*record.key)) << '\n';
    for (const engine::Header& header : record.headers) {
      out << terminal::printable(header.name) << ": " << (header.value ? terminal::printable(*header.value) : "(null)")
          << '\n';
    }
    out << '\n';
  }
  if (value_only) {
    if (record.value) out << record.value->view();
  } else {
    out << (record.value ? terminal::printable_lines(record.value->view()) : "(no value)") << '\n';
  }
  return kExitOk;
}

int dlq_replay(const DlqReplayOptions& options, const std::atomic<bool>& stop, std::ostream& out, std::ostream& err) {
  const auto stopped = [&] { return stop.load(); };
  const auto topic_for = [&](const DeadLetter& letter) {
    return options.to.empty() ? std::string(letter.facts().topic) : options.to;
  };
  DeadLetterReader reader(options.topic);
  std::map<std::string, Target> targets;
  std::uint64_t matching = 0;
  reader.read(
      options.filter,
      [&](const DeadLetter& letter) {
        ++matching;
        Target& target = targets.try_emplace(topic_for(letter), Target{letter.record.timestamp_ms}).first->second;
        target.since_ms = std::min(target.since_ms, letter.record.timestamp_ms);
      },
      stopped);
  for (auto& [topic, target] : targets) {
    if (topic.empty()) continue;
    const std::vector<std::string> problems = kafka::preflight(options.common, {&topic, 1}, kAnswerTimeout);
    if (!problems.empty()) throw std::runtime_error(fmt::format("{}", fmt::join(problems, "\n")));
    if (!options.again) target.replayed = replayed_before(options.topic.consumer, topic, target.since_ms, stop);
  }

  std::uint64_t before = 0;
  std::uint64_t unfit = 0;
  std::uint64_t would = 0;
  Replayer replayer(options.producer, err);
  const auto replay = [&](DeadLetter letter) {
    const auto say = [&](std::string_view what) { out << fmt::format("{}: {}\n", letter.place(), what); };
    const delivery::DeadLetterFacts facts = letter.facts();
    const std::string topic = topic_for(letter);
    if (facts.value_omitted || !letter.record.value) {
      say("left out: its value was too large for the dead-letter topic; take it from " + source_text(facts));
      ++unfit;
    } else if (topic.empty()) {
      say("left out: it does not say where it came from; name a topic with --to");
      ++unfit;
    } else if (targets[topic].replayed.contains(full_place(letter))) {
      say(fmt::format("left out: sent to {} before (--again sends it once more)", topic));
      ++before;
    } else if (options.dry_run) {
      say(fmt::format("would go to {}", topic));
      ++would;
    } else {
      const std::int32_t partition = options.to.empty() ? facts.partition.value_or(-1) : -1;
      replayer.send(std::move(letter), topic, partition);
    }
  };
  reader.read(options.filter, replay, stopped);
  replayer.finish(stop);

  const std::uint64_t sent = options.dry_run ? would : replayer.acknowledged();
  const std::uint64_t unsent = unfit + replayer.refused();
  out << fmt::format("{} of {} matching dead letters {}; {} sent before, {} that cannot be sent\n", sent, matching,
                     options.dry_run ? "would be sent (dry run)" : "sent again", before, unsent);
  if (const std::uint64_t open = matching - sent - before - unsent; open > 0) {
    err << fmt::format("stopped: {} are not known to be sent; run it again: it passes over what was sent\n", open);
    return kExitFailure;
  }
  return unsent > 0 ? kExitFailure : kExitOk;
}

namespace {

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

struct DlqArguments {
  SettingsOptions source;
  DeadLetterChoice choice;
  DlqReplayOptions replay;
  std::string place;
  bool json = false;
  bool value_only = false;
};

/// One command of `dlq`: its options, and what it does with them.
class DlqCommand {
 public:
  using Run = std::function<int(DlqArguments&, const settings::Settings&, const std::atomic<bool>&)>;

  DlqCommand(CLI::App& dlq, std::shared_ptr<Command> chosen, const char* name, const char* help, const char* footer)
      : app_(*dlq.add_subcommand(name, help)), chosen_(std::move(chosen)) {
    app_.footer(footer);
    arguments_->source.add_file(app_);
    arguments_->source.add(app_, "--brokers", "kafka.brokers", "Addresses of the Kafka brokers", "HOST:PORT,...");
    arguments_->source.add(app_, "--dead-letters", "kafka.dead_letters", "Topic that holds the dead letters", "TOPIC");
  }

  [[nodiscard]] CLI::App& app() { return app_; }
  [[nodiscard]] DlqArguments& arguments() { return *arguments_; }
  void on_parse(Run run) {
    app_.callback([chosen = chosen_, arguments = arguments_, run = std::move(run)] {
      *chosen = [arguments, run] {
        settings::Settings settings;
        if (!arguments->source.load(settings)) return static_cast<int>(kExitBadConfiguration);
        arguments->replay.topic = {kafka::consumer_properties(settings), settings.kafka.dead_letters};
        const delivery::Wakeup wakeup;
        const StopSignals signals(wakeup);
        return run(*arguments, settings, StopSignals::stop());
      };
    });
  }

 private:
  CLI::App& app_;
  std::shared_ptr<Command> chosen_;
  std::shared_ptr<DlqArguments> arguments_ = std::make_shared<DlqArguments>();
};

void add_list(CLI::App& dlq, const std::shared_ptr<Command>& chosen) {
  DlqCommand list(dlq, chosen, "list", "One line for each dead letter",
                  "Example:\n  copydesk dlq list --reason deadline,memory_limit --since 2h");
  list.arguments().choice.add(list.app());
  list.app().add_flag("--json", list.arguments().json, "One JSON object a line");
  list.on_parse([](DlqArguments& arguments, const settings::Settings&, const std::atomic<bool>& stop) {
    return dlq_list(arguments.replay.topic, arguments.choice.chosen(), arguments.json, stop, std::cout);
  });
}

void add_show(CLI::App& dlq, const std::shared_ptr<Command>& chosen) {
  DlqCommand show(dlq, chosen, "show", "Headers and value of one dead letter",
                  "Example:\n  copydesk dlq show 0:17\n  copydesk dlq show 0:17 --value > article.json");
  const CLI::Validator place([](const std::string& text) { return parse_place(text) ? "" : "write it like 0:17"; }, "",
                             "");
  show.app()
      .add_option("PLACE", show.arguments().place, "Partition and offset, as `dlq list` prints them")
      ->required()
      ->type_name("PARTITION:OFFSET")
      ->check(place);
  show.app().add_flag("--value", show.arguments().value_only, "The value alone, byte for byte");
  show.on_parse([](DlqArguments& arguments, const settings::Settings&, const std::atomic<bool>&) {
    const auto at = parse_place(arguments.place);
    return dlq_show(arguments.replay.topic, at->first, at->second, arguments.value_only, std::cout, std::cerr);
  });
}

void add_replay(CLI::App& dlq, const std::shared_ptr<Command>& chosen) {
  DlqCommand replay(
      dlq, chosen, "replay", "Send dead letters again, to where they came from",
      "Each goes to its topic and partition with key, value and headers as it first came. What was sent again before\n"
      "is skipped. The dead letters stay in their topic until its retention ends.\n\n"
      "Example:\n  copydesk dlq replay --reason deadline --since 2h --dry-run");
  replay.arguments().choice.add(replay.app());
  DlqReplayOptions& options = replay.arguments().replay;
  replay.app().add_option("--to", options.to, "Another topic to send them to, partitioned by key")->type_name("TOPIC");
  replay.app().add_flag("--dry-run", options.dry_run, "Say what would be sent, and send nothing");
  replay.app().add_flag("--again", options.again, "Also what was sent again before");
  replay.on_parse([](DlqArguments& arguments, const settings::Settings& settings, const std::atomic<bool>& stop) {
    arguments.replay.filter = arguments.choice.chosen();
    arguments.replay.common = kafka::common_properties(settings);
    arguments.replay.producer = kafka::producer_properties(settings);
    return dlq_replay(arguments.replay, stop, std::cout, std::cerr);
  });
}

}  // namespace

Command add_dlq(CLI::App& app) {
  auto* command = app.add_subcommand("dlq", "List, show and send again what could not be enriched (dead letters)");
  command->require_subcommand(1);
  auto chosen = std::make_shared<Command>();
  add_list(*command, chosen);
  add_show(*command, chosen);
  add_replay(*command, chosen);
  return [chosen] { return (*chosen)(); };
}

}  // namespace copydesk::commands
