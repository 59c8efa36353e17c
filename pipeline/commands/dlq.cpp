#include "pipeline/commands/dlq.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <map>
#include <memory>
#include <ostream>
#include <set>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "pipeline/commands/exit_codes.h"
#include "pipeline/delivery/io.h"
#include "stages/encode/json_text.h"
#include "pipeline/kafka/preflight.h"
#include "pipeline/kafka/producer.h"
#include "pipeline/kafka/topic_reader.h"
#include "pipeline/terminal/printable.h"
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
        terminal::printable(source_text(facts), kLongest), record.key ? terminal::printable(parse::key_text(*record.key), kLongest) : "-");
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
      out << terminal::printable(header.name) << ": " << (header.value ? terminal::printable(*header.value) : "(null)") << '\n';
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

}  // namespace copydesk::commands
