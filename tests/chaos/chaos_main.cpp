// SPDX-License-Identifier: Apache-2.0
// chaos: a real cluster and real workers under one fault after another, and what came of it. `chaos --help` tells.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/chaos/disk.h"
#include "tests/chaos/faults.h"
#include "tests/chaos/figures.h"
#include "tests/chaos/schedule.h"
#include "tests/chaos/stream.h"

namespace copydesk::chaos {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

/// Far above what a loaded machine needs: past it something hangs.
constexpr auto kRecoveryLimit = 180s;
constexpr int kFaultsPerCheck = 5;

struct Arguments {
  int faults = 10;
  std::uint64_t seed = 1;
  std::string state;
  std::vector<std::string> kinds;
  bool only_list = false;
  Stream::Options stream;
};

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// The kinds asked for that this machine can have.
std::vector<FaultKind> choose_kinds(const Arguments& arguments, const std::string& mount_problem) {
  std::vector<FaultKind> wanted;
  wanted.reserve(arguments.kinds.size());
  for (const std::string& name : arguments.kinds) wanted.push_back(fault_kind(name).value());
  if (wanted.empty()) wanted = all_fault_kinds();
  std::vector<FaultKind> kinds;
  for (const FaultKind kind : wanted) {
    const std::string obstacle = obstacle_to(kind, mount_problem);
    if (obstacle.empty()) {
      kinds.push_back(kind);
    } else {
      std::printf("skipped: %s (%s)\n", std::string(name_of(kind)).c_str(), obstacle.c_str());
    }
  }
  if (kinds.empty()) throw std::runtime_error("no fault is left to choose from");
  return kinds;
}

/// Figures of this run so far: those of earlier sittings and of this one.
class Sitting {
 public:
  Sitting(Figures before, Stream& stream) : total_(std::move(before)), stream_(stream), begun_(Clock::now()) {
    hours_before_ = total_.hours;
  }

  void fault_done(const Fault& fault, std::optional<double> recovery_s, std::int64_t duplicated, double stall_s) {
    KindFigures& kind = total_.by_kind[std::string(name_of(fault.kind))];
    ++kind.faults;
    kind.duplicated += duplicated;
    kind.longest_stall_s = std::max(kind.longest_stall_s, stall_s);
    if (recovery_s) kind.recovery_s.push_back(*recovery_s);
    ++total_.faults;
  }

  /// To be asked when everything fed has come out.
  [[nodiscard]] Figures figures(std::int64_t uncommitted = 0) const {
    Figures now = total_;
    now.hours = hours_before_ + seconds_since(begun_) / 3600;
    now.counts += stream_.ledger().counts();
    now.commits += stream_.offsets().commits();
    now.offset_regressions += stream_.offsets().regressions();
    now.uncommitted += uncommitted;
    now.lag_left += stream_.lag_left();
    now.unasked_ends += stream_.fleet().unasked_ends();
    now.unclean_stops += stream_.fleet().unclean_stops();
    const MemoryTrend memory = stream_.fleet().memory();
    now.memory.tt += memory.tt;
    now.memory.ty += memory.ty;
    now.memory.hours += memory.hours;
    return now;
  }

 private:
  Figures total_;
  Stream& stream_;
  const Clock::time_point begun_;
  double hours_before_ = 0;
};

/// Says what is missing where something is.
bool told_missing(bool all_out, Stream& stream) {
  if (all_out) return false;
  std::printf("\n%lld articles have not come out within %lld s. The workers' last words:\n%s",
              static_cast<long long>(stream.ledger().waiting()),
              static_cast<long long>(std::chrono::seconds(kRecoveryLimit).count()),
              stream.fleet().last_words().c_str());
  return true;
}

int list(const Arguments& arguments, const std::vector<FaultKind>& kinds) {
  for (int index = 0; index < arguments.faults; ++index) {
    const Fault fault = fault_at(arguments.seed, index, kinds, arguments.stream.workers, Cluster::kBrokers);
    std::printf("%3d %-18s target %d, variant %d, %.1f s%s%s\n", index + 1, std::string(name_of(fault.kind)).c_str(),
                fault.target, fault.variant, fault.holds_s,
                fault.kills < 0 ? "" : fmt::format(", kills worker {} meanwhile", fault.kills).c_str(),
                fault.settles ? "" : ", the next one at once");
  }
  return 0;
}

/// The figures of earlier sittings of this run, or those of a new one.
Figures figures_before(const Arguments& arguments, const std::vector<FaultKind>& kinds) {
  Figures before;
  before.seed = arguments.seed;
  before.guarantee = arguments.stream.guarantee;
  for (const FaultKind kind : kinds) before.kinds += (before.kinds.empty() ? "" : ",") + std::string(name_of(kind));
  const auto kept = arguments.state.empty() ? std::nullopt : load_figures(arguments.state);
  if (!kept) return before;
  if (kept->seed != before.seed || kept->guarantee != before.guarantee || kept->kinds != before.kinds) {
    throw std::runtime_error(arguments.state +
                             " is of another run (seed, guarantee or kinds differ). Delete it, or name another file");
  }
  std::printf("going on after %d faults\n", kept->faults);
  return *kept;
}

/// One fault after another until all are done, or one has broken the promise. Whether something has not come out.
bool strike_all(const Arguments& arguments, const std::vector<FaultKind>& kinds, int first, Stream& stream,
                Sitting& sitting) {
  std::int64_t duplicated = 0;
  static_cast<void>(stream.ledger().take_longest_stall(Clock::now()));
  for (int index = first; index < arguments.faults; ++index) {
    const Fault fault = fault_at(arguments.seed, index, kinds, stream.options().workers, Cluster::kBrokers);
    stream.wait(std::chrono::milliseconds(static_cast<int>(fault.before_s * 1000)));
    std::printf("%3d %-18s ", index + 1, std::string(name_of(fault.kind)).c_str());
    const std::string what = strike(fault, stream);
    const auto mended = Clock::now();
    const auto fed = stream.ledger().fed_so_far();
    const bool check = (index + 1) % kFaultsPerCheck == 0 || index + 1 == arguments.faults;
    bool missing = false;
    std::optional<double> recovery;
    if (fault.settles || check) {
      missing = told_missing(stream.wait_for([&] { return stream.ledger().all_out(fed); }, kRecoveryLimit), stream);
      recovery = seconds_since(mended);
    }
    if (check && !missing) missing = told_missing(stream.drain(kRecoveryLimit), stream);
    static_cast<void>(stream.ledger().take_latencies());
    const std::int64_t now_duplicated = stream.ledger().counts().duplicated;
    const double stall = stream.ledger().take_longest_stall(Clock::now());
    sitting.fault_done(fault, recovery, now_duplicated - duplicated, stall);
    std::printf("%s; %s, %lld duplicated, longest stall %.1f s\n", what.c_str(),
                recovery ? fmt::format("all out after {:.1f} s", *recovery).c_str() : "the next one at once",
                static_cast<long long>(now_duplicated - duplicated), stall);
    duplicated = now_duplicated;
    if (missing) return true;
    if (!check) continue;
    stream.check_lag();
    const Figures figures = sitting.figures();
    if (!figures.violations().empty()) return false;
    if (!arguments.state.empty() && index + 1 < arguments.faults) save_figures(figures, arguments.state);
    stream.feeder().resume();
  }
  return false;
}

int run(const Arguments& arguments) {
  const std::string mount_problem = enter_own_mounts();
  const std::vector<FaultKind> kinds = choose_kinds(arguments, mount_problem);
  if (arguments.only_list) return list(arguments, kinds);
  Figures before = figures_before(arguments, kinds);
  const int first = before.faults;

  Stream::Options options = arguments.stream;
  options.own_disks = mount_problem.empty();
  Stream stream(options);
  std::printf("three brokers, %d workers, %.0f articles/s; logs: %s\n", options.workers, options.articles_per_second,
              stream.folder().c_str());
  Sitting sitting(std::move(before), stream);
  const bool missing = strike_all(arguments, kinds, first, stream, sitting);
  if (!missing) told_missing(stream.drain(kRecoveryLimit), stream);
  stream.feeder().pause(std::chrono::seconds(60));
  const std::int64_t uncommitted = stream.finish();
  const Figures figures = sitting.figures(uncommitted);
  if (!arguments.state.empty()) save_figures(figures, arguments.state);

  std::printf("\n%s\n", figures.table().c_str());
  for (const std::string& words : stream.offsets().words()) std::printf("offset: %s\n", words.c_str());
  for (const std::string& id : stream.ledger().missing(10)) std::printf("lost: %s\n", id.c_str());
  std::printf("%s\n", figures.closing_line().c_str());
  if (figures.violations().empty()) return 0;
  std::printf("BROKEN: %s\n", figures.violations().c_str());
  return 1;
}

}  // namespace
}  // namespace copydesk::chaos

int main(int argc, char** argv) {
  using namespace copydesk::chaos;
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  Arguments arguments;
  CLI::App app(
      "Runs copydesk workers on a Kafka cluster of its own, strikes them and it with faults, and checks that "
      "every article comes out. Exit code 0 where the promise was kept.");
  app.add_option("--faults", arguments.faults, "How many faults in all")->check(CLI::Range(1, 100'000));
  app.add_option("--seed", arguments.seed, "The same seed gives the same faults");
  app.add_option("--guarantee", arguments.stream.guarantee, "delivery.guarantee of the workers")
      ->check(CLI::IsMember({"at_least_once", "exactly_once"}));
  app.add_option("--kinds", arguments.kinds, "Only these kinds of faults")
      ->delimiter(',')
      ->check([](const std::string& name) { return fault_kind(name) ? "" : "no such kind: " + name; });
  app.add_option("--workers", arguments.stream.workers, "How many workers")->check(CLI::Range(1, 20));
  app.add_option("--rate", arguments.stream.articles_per_second, "Articles per second")->check(CLI::Range(1.0, 1e5));
  app.add_option("--state", arguments.state, "Keeps the figures so far in this file; a run that ended early goes on");
  app.add_flag("--list", arguments.only_list, "Only tells which faults there would be");
  app.add_flag("--keep-logs", arguments.stream.keep_logs,
               "Leave the workers' logs where they are, even if none of them ended badly");
  CLI11_PARSE(app, argc, argv);
  try {
    return run(arguments);
  } catch (const std::exception& error) {
    std::printf("chaos: %s\n", error.what());
    return 1;
  }
}
