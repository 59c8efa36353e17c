// SPDX-License-Identifier: Apache-2.0
#include "tests/chaos/faults.h"

#include <fmt/format.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "tests/chaos/topic_faults.h"

namespace fs = std::filesystem;

namespace copydesk::chaos {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

milliseconds held(const Fault& fault) {
  return milliseconds(static_cast<int>(fault.holds_s * 1000));
}

void kill_meanwhile(const Fault& fault, Stream& stream) {
  if (fault.kills < 0) return;
  stream.fleet().kill(fault.kills);
  stream.fleet().start(fault.kills);
}

/// For as long as the fault lasts; in the middle of it a worker may die.
void hold(const Fault& fault, Stream& stream) {
  stream.wait(held(fault) / 2);
  kill_meanwhile(fault, stream);
  stream.wait(held(fault) / 2);
}

/// libfaketime's library for programs with threads; empty where it is not installed.
fs::path faketime_library() {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/usr/lib", ignored)) {
    const fs::path library = entry.path() / "faketime" / "libfaketimeMT.so.1";
    if (fs::exists(library, ignored)) return library;
  }
  return {};
}

void set_clock(const fs::path& file, const char* offset) {
  std::ofstream(file.string() + ".new") << offset << '\n';
  fs::rename(file.string() + ".new", file);
}

/// A new worker instead of the one in that place, with a clock that jumps ahead by an hour and back.
std::string jump_clock(const Fault& fault, Stream& stream) {
  const fs::path clock = stream.folder() / ("clock" + std::to_string(fault.index));
  set_clock(clock, "+0s");
  Fleet& fleet = stream.fleet();
  fleet.stop(fault.target);
  fleet.start(fault.target, {{"LD_PRELOAD", faketime_library().string()},
                             {"FAKETIME_TIMESTAMP_FILE", clock.string()},
                             {"FAKETIME_CACHE_DURATION", "1"},
                             // A clock that is set does not move the monotonic one.
                             {"FAKETIME_DONT_FAKE_MONOTONIC", "1"},
                             {"DONT_FAKE_MONOTONIC", "1"}});
  fleet.await_ready();
  stream.wait(2s);
  set_clock(clock, "+3600s");
  stream.wait(held(fault));
  set_clock(clock, "-3600s");
  stream.wait(held(fault));
  set_clock(clock, "+0s");
  stream.wait(2s);
  fleet.stop(fault.target);
  fleet.start(fault.target);
  return fmt::format("worker {}: an hour ahead for {:.1f} s, then an hour back", fault.target, fault.holds_s);
}

std::string storm(const Fault& fault, Stream& stream) {
  Fleet& fleet = stream.fleet();
  const int settled = fleet.places();
  int changes = 0;
  const auto end = std::chrono::steady_clock::now() + held(fault);
  for (; std::chrono::steady_clock::now() < end; ++changes) {
    if (fleet.places() == settled) {
      fleet.add();
    } else {
      fleet.remove_last();
    }
    stream.wait(2s);
  }
  while (fleet.places() > settled) fleet.remove_last();
  return fmt::format("{} times a worker joined or left", changes);
}

std::string fill_disk(const Fault& fault, Stream& stream) {
  const Disk& disk = *stream.cluster().disk(fault.target);
  private_broker::PrivateBroker& brokers = stream.cluster().brokers();
  disk.fill();
  hold(fault, stream);
  disk.relieve();
  // Kafka gives a log directory up that it could not write to, and ends where it was the last.
  brokers.restart(fault.target);
  return fmt::format("broker {}: no space for {:.1f} s", fault.target, fault.holds_s);
}

std::string move_leaders(const Fault& fault, Stream& stream) {
  Cluster& cluster = stream.cluster();
  const auto before = cluster.leaders(stream.output());
  // A broker that leads something: one that has just come back may not yet.
  const int leader = before.empty() ? -1 : before[static_cast<std::size_t>(fault.target) % before.size()];
  const int broker = leader < 0 ? fault.target : leader;
  cluster.brokers().stop(broker);
  hold(fault, stream);
  const auto during = cluster.leaders(stream.output());
  cluster.brokers().restart(broker);
  // The preferred leaders are elected within five seconds once the broker has caught up.
  stream.wait_for([&] { return cluster.leaders(stream.output()) == before; }, 20s);
  const auto after = cluster.leaders(stream.output());
  int moved = 0;
  for (std::size_t i = 0; i < std::min({before.size(), during.size(), after.size()}); ++i) {
    moved += (before[i] != during[i] ? 1 : 0) + (during[i] != after[i] ? 1 : 0);
  }
  return fmt::format("broker {}: stopped for {:.1f} s; {} changes of leaders of the output", broker, fault.holds_s,
                     moved);
}

std::string refuse_output(const Fault& fault, Stream& stream) {
  Cluster& cluster = stream.cluster();
  cluster.require_in_sync(stream.output(), Cluster::kBrokers);
  cluster.brokers().kill(fault.target);
  hold(fault, stream);
  cluster.brokers().restart(fault.target);
  cluster.require_in_sync(stream.output(), Cluster::kInSync);
  return fmt::format("every write to the output refused for {:.1f} s and until broker {} was back", fault.holds_s,
                     fault.target);
}

void set_weather(Stream& stream, const Weather& weather) {
  for (int node = 0; node < Cluster::kBrokers; ++node) stream.cluster().proxy(node).set(weather);
}

}  // namespace

std::string obstacle_to(FaultKind kind, const std::string& mount_problem) {
  if (kind == FaultKind::kDiskFull) return mount_problem;
  if (kind == FaultKind::kClockJump && faketime_library().empty()) return "libfaketime is not installed";
  return "";
}

namespace {

std::string do_to_topics(const Fault& fault, Stream& stream) {
  const Kill kill = [&] { kill_meanwhile(fault, stream); };
  switch (fault.kind) {
    case FaultKind::kRecordRefused: return refuse_records(fault, stream, kill);
    case FaultKind::kSmallTopicLimit: return lower_limit(fault, stream, kill);
    case FaultKind::kInputRemade: return remake_input(fault, stream, kill);
    case FaultKind::kPartitionsAdded: return add_partitions(fault, stream, kill);
    default: return feed_in_transactions(fault, stream, kill);
  }
}

std::string do_to_network(const Fault& fault, Stream& stream) {
  if (fault.kind == FaultKind::kNetworkDelay) {
    set_weather(stream, {.delay_ms = 250});
    hold(fault, stream);
    set_weather(stream, {});
    return fmt::format("250 ms each way for {:.1f} s", fault.holds_s);
  }
  const bool cut = fault.kind == FaultKind::kNetworkCut;
  Proxy& proxy = stream.cluster().proxy(fault.target);
  proxy.set({.line = cut ? Weather::Line::kCut : Weather::Line::kSilent});
  hold(fault, stream);
  proxy.set({});
  return fmt::format("{} broker {} for {:.1f} s", cut ? "no connection to" : "silence from", fault.target,
                     fault.holds_s);
}

std::string do_and_mend(const Fault& fault, Stream& stream) {
  Fleet& fleet = stream.fleet();
  private_broker::PrivateBroker& brokers = stream.cluster().brokers();
  const auto lasted = [&](const char* what) {
    return fmt::format("{} {} for {:.1f} s", what, fault.target, fault.holds_s);
  };
  switch (fault.kind) {
    case FaultKind::kWorkerKill:
      fleet.kill(fault.target);
      hold(fault, stream);
      fleet.start(fault.target);
      return lasted("no worker");
    case FaultKind::kWorkerStop:
      fleet.stop(fault.target);
      hold(fault, stream);
      fleet.start(fault.target);
      return lasted("no worker");
    case FaultKind::kWorkerFreeze:
      fleet.signal(fault.target, SIGSTOP);
      hold(fault, stream);
      fleet.signal(fault.target, SIGCONT);
      return lasted("worker");
    case FaultKind::kRebalanceStorm: return storm(fault, stream);
    case FaultKind::kClockJump: return jump_clock(fault, stream);
    case FaultKind::kBrokerKill:
      brokers.kill(fault.target);
      hold(fault, stream);
      brokers.restart(fault.target);
      return lasted("no broker");
    case FaultKind::kBrokerFreeze:
      brokers.freeze(fault.target);
      hold(fault, stream);
      brokers.thaw(fault.target);
      return lasted("broker");
    case FaultKind::kLeaderMove: return move_leaders(fault, stream);
    case FaultKind::kDiskFull: return fill_disk(fault, stream);
    case FaultKind::kSlowOutput:
      set_weather(stream, {.upload_bytes_per_second = 3000});
      hold(fault, stream);
      set_weather(stream, {});
      return fmt::format("3 kB/s per connection for {:.1f} s", fault.holds_s);
    case FaultKind::kFailingOutput: return refuse_output(fault, stream);
    case FaultKind::kNetworkDelay:
    case FaultKind::kNetworkCut:
    case FaultKind::kNetworkSilence: return do_to_network(fault, stream);
    case FaultKind::kRecordRefused:
    case FaultKind::kSmallTopicLimit:
    case FaultKind::kInputRemade:
    case FaultKind::kPartitionsAdded:
    case FaultKind::kTransactionalFeed: return do_to_topics(fault, stream);
  }
  return "";
}

}  // namespace

std::string strike(const Fault& fault, Stream& stream) {
  const std::string what = do_and_mend(fault, stream);
  return fault.kills < 0 ? what : fmt::format("{}; worker {} killed meanwhile", what, fault.kills);
}

}  // namespace copydesk::chaos
