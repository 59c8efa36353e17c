// SPDX-License-Identifier: Apache-2.0
#include "tests/chaos/topic_faults.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <map>

namespace copydesk::chaos {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

constexpr auto kLimit = 180s;
/// Until every broker has heard of a topic's new settings.
constexpr auto kSpread = 1s;

using Settings = std::map<std::string, std::string>;

milliseconds held(const Fault& fault) {
  return milliseconds(static_cast<int>(fault.holds_s * 1000));
}

void hold(const Fault& fault, Stream& stream, const Kill& kill) {
  stream.wait(held(fault) / 2);
  kill();
  stream.wait(held(fault) / 2);
}

/// What the topics refuse, and articles that make them do it.
struct Refusal {
  std::string words;
  Settings output;
  Settings dead_letters;
  Menu menu;
};

// The timestamps are less off than an hour, from which on Kafka refuses them by default.
constexpr std::int64_t kHalfAnHourMs = 30 * 60 * 1000;
constexpr const char* kTenMinutesMs = "600000";

void refuse_timestamps(Refusal& refusal, bool ahead) {
  refusal.words += ahead ? " timestamps ahead," : " timestamps of the past,";
  const std::string setting = ahead ? "message.timestamp.after.max.ms" : "message.timestamp.before.max.ms";
  refusal.output[setting] = refusal.dead_letters[setting] = kTenMinutesMs;
  refusal.menu.shifted_every = 7;
  refusal.menu.shift_ms = ahead ? kHalfAnHourMs : -kHalfAnHourMs;
}

void refuse_large_ones(Refusal& refusal) {
  refusal.words += " large records,";
  refusal.output["max.message.bytes"] = "20000";  // those have twice as much; a usual record has 2,500 bytes
  refusal.menu.random_words = true;
  refusal.menu.large_every = 50;
}

void refuse_keyless_ones(Refusal& refusal) {
  refusal.words += " records without a key,";
  refusal.output["cleanup.policy"] = "compact";
  refusal.output["min.compaction.lag.ms"] = "3600000";  // nothing is compacted while anybody may want to read it
  refusal.menu.keyless_every = 5;
  refusal.menu.tombstone_every = 31;
}

Refusal refusal_of(int variant) {
  Refusal refusal;
  const bool all = variant == 4;
  if (all || variant == 0) refuse_timestamps(refusal, true);
  if (variant == 1) refuse_timestamps(refusal, false);
  if (all || variant == 2) refuse_large_ones(refusal);
  if (all || variant == 3) refuse_keyless_ones(refusal);
  refusal.words.pop_back();
  return refusal;
}

/// The topics' settings and the feeder's articles for the time of a fault. Before it, no article of an earlier one is
/// under way; after it, none of its own.
bool with_settings(Stream& stream, const Refusal& refusal, const std::function<void()>& meanwhile) {
  if (!stream.drain(kLimit)) return false;
  stream.cluster().configure(stream.output(), refusal.output);
  stream.cluster().configure(stream.dead_letters(), refusal.dead_letters);
  stream.wait(kSpread);
  stream.feeder().set_menu(refusal.menu);
  stream.feeder().resume();
  meanwhile();
  const bool drained = stream.drain(kLimit);
  // What is repeated later would be taken then.
  if (drained) stream.await_committed();
  stream.cluster().configure(stream.output(), {});
  stream.cluster().configure(stream.dead_letters(), {});
  stream.feeder().set_menu({});
  stream.feeder().resume();
  return drained;
}

std::string ending(bool drained) {
  return drained ? "" : "; NOT ALL CAME OUT";
}

}  // namespace

std::string refuse_records(const Fault& fault, Stream& stream, const Kill& kill) {
  const Refusal refusal = refusal_of(fault.variant);
  const std::int64_t before = stream.ledger().counts().restamped;
  const bool drained = with_settings(stream, refusal, [&] { hold(fault, stream, kill); });
  return fmt::format("refused for {:.1f} s:{}; {} restamped{}", fault.holds_s, refusal.words,
                     stream.ledger().counts().restamped - before, ending(drained));
}

std::string lower_limit(const Fault& fault, Stream& stream, const Kill& kill) {
  const std::string limit = std::to_string(20'000 + 5'000 * fault.variant);
  const Settings settings{{"max.message.bytes", limit}};
  const Refusal refusal{
      .words = {}, .output = settings, .dead_letters = settings, .menu = {.bad_every = 5, .random_words = true}};
  const auto set_line = [&](int bytes_per_second) {
    for (int node = 0; node < Cluster::kBrokers; ++node) {
      stream.cluster().proxy(node).set({.upload_bytes_per_second = bytes_per_second});
    }
  };
  const double rate = stream.options().articles_per_second;
  const bool drained = with_settings(stream, refusal, [&] {
    stream.feeder().set_rate(2 * rate);
    // Behind a narrow line records pile up in the producers; when it is wide again they leave in large batches.
    for (int time = 0; time < 2; ++time) {
      set_line(400);
      stream.wait(held(fault) * 4 / 10);
      if (time == 1) kill();
      set_line(0);
      stream.wait(held(fault) / 10);
    }
    stream.feeder().set_rate(rate);
  });
  return fmt::format("batches of at most {} bytes for {:.1f} s{}", limit, fault.holds_s, ending(drained));
}

std::string remake_input(const Fault& fault, Stream& stream, const Kill& kill) {
  const milliseconds gap = fault.variant == 1 ? held(fault) : 0ms;
  bool drained = stream.remake_input(stream.partitions(), gap, kill);
  if (drained && fault.variant == 2) {
    // Few articles, and then more than those within a moment: the old offsets are within the new topic.
    stream.wait(1500ms);
    drained = stream.remake_input(stream.partitions(), 0ms, [] {});
    stream.feeder().set_rate(20 * stream.options().articles_per_second);
    stream.wait(500ms);
    stream.feeder().set_rate(stream.options().articles_per_second);
  }
  stream.wait(held(fault));
  constexpr std::array<const char*, 3> kHow{"at once", "after a while", "at once, twice, and filled in a moment"};
  return fmt::format("the input deleted and made anew {}{}", kHow.at(static_cast<std::size_t>(fault.variant)),
                     ending(drained));
}

std::string add_partitions(const Fault& fault, Stream& stream, const Kill& kill) {
  const int count = 1 + fault.variant;
  const bool room = stream.partitions() + count <= kMostPartitions;
  bool drained = true;
  if (room) {
    stream.add_partitions(count);
  } else {
    drained = stream.remake_input(stream.options().partitions, 0ms, [] {});
  }
  hold(fault, stream, kill);
  return room ? fmt::format("{} more partitions, {} in all", count, stream.partitions())
              : fmt::format("the input made anew with {} partitions{}", stream.partitions(), ending(drained));
}

std::string feed_in_transactions(const Fault& fault, Stream& stream, const Kill& kill) {
  const TransactionCounts before = stream.feeder().transactions();
  stream.feeder().set_transactions(Transactions{.leave_every = fault.variant == 0 ? 0 : 10});
  hold(fault, stream, kill);
  const bool drained = stream.drain(kLimit);
  // Nothing but the ends of transactions stands behind the last articles.
  const std::int64_t lag = drained ? stream.check_lag() : 0;
  stream.feeder().set_transactions(std::nullopt);
  stream.feeder().resume();
  const TransactionCounts now = stream.feeder().transactions();
  return fmt::format("fed in transactions for {:.1f} s: {} committed, {} aborted, {} left open, {} unclear; lag {}{}",
                     fault.holds_s, now.committed - before.committed, now.aborted - before.aborted,
                     now.left_open - before.left_open, now.unclear - before.unclear, lag, ending(drained));
}

}  // namespace copydesk::chaos
