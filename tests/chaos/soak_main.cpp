// SPDX-License-Identifier: Apache-2.0
// soak: a worker for a long time at a steady load, and whether its memory or its latency drifts. `soak --help` tells.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <vector>

#include "tests/chaos/figures.h"
#include "tests/chaos/stream.h"

namespace copydesk::chaos {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

/// Below a leak that anybody would notice within a week on a small machine.
constexpr double kMostMemorySlope = 8;  // MiB per hour
/// A slope through less is noise, and decides nothing.
constexpr double kShortestForSlope = 0.4;  // hours after the warm-up

struct Arguments {
  double minutes = 60;
  double share = 0.8;
  double capacity = 0;
  Stream::Options stream{.workers = 1, .threads = 0};
};

double minutes_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::ratio<60>>(Clock::now() - begin).count();
}

/// Articles per second that come out while more wait than the worker can take.
double measure_capacity(Stream& stream) {
  constexpr double kMoreThanAnyWorker = 20'000;
  stream.feeder().set_rate(kMoreThanAnyWorker);
  stream.wait(15s);  // until it runs hot
  const auto begin = Clock::now();
  const std::int64_t before = stream.ledger().counts().out;
  stream.wait(45s);
  const double capacity = static_cast<double>(stream.ledger().counts().out - before) / (60 * minutes_since(begin));
  if (!stream.drain(180s)) throw std::runtime_error("what was fed for measuring does not come out");
  static_cast<void>(stream.ledger().take_latencies());
  stream.feeder().resume();
  return capacity;
}

int run(Arguments arguments) {
  // A tenth of the time, and at most ten minutes.
  arguments.stream.warm_up = std::chrono::seconds(static_cast<int>(std::min(600.0, arguments.minutes * 6)));
  Stream stream(arguments.stream);
  const double capacity = arguments.capacity > 0 ? arguments.capacity : measure_capacity(stream);
  const double rate = arguments.share * capacity;
  stream.feeder().set_rate(rate);
  std::printf("capacity %.0f articles/s; %.0f articles/s for %.0f minutes\n", capacity, rate, arguments.minutes);

  std::vector<std::vector<double>> thirds(3);
  const auto begin = Clock::now();
  int told = 0;
  while (true) {
    const double minutes = minutes_since(begin);
    if (minutes >= arguments.minutes) break;
    stream.wait(1s);
    const auto latencies = stream.ledger().take_latencies();
    auto& third = thirds[std::min<std::size_t>(2, static_cast<std::size_t>(3 * minutes / arguments.minutes))];
    third.insert(third.end(), latencies.begin(), latencies.end());
    if (minutes >= told + 5) {
      told += 5;
      std::printf("%3d min: %lld waiting, memory slope so far %+.1f MiB/h\n", told,
                  static_cast<long long>(stream.ledger().waiting()), stream.fleet().memory().slope());
    }
  }
  const double hours = minutes_since(begin) / 60;
  if (!stream.drain(180s)) throw std::runtime_error("not everything comes out:\n" + stream.fleet().last_words());
  const MemoryTrend memory = stream.fleet().memory();
  Figures figures;
  figures.guarantee = arguments.stream.guarantee;
  figures.uncommitted = stream.finish();
  figures.counts = stream.ledger().counts();
  figures.offset_regressions = stream.offsets().regressions();
  const auto milliseconds = [](const std::vector<double>& latencies) {
    return fmt::format("{:.0f}/{:.0f}/{:.0f}ms", 1000 * percentile(latencies, 0.5), 1000 * percentile(latencies, 0.95),
                       1000 * percentile(latencies, 0.99));
  };
  std::string broken = figures.violations();
  if (memory.hours >= kShortestForSlope && memory.slope() > kMostMemorySlope) {
    broken += fmt::format("{}memory grows by {:.1f} MiB/h", broken.empty() ? "" : ", ", memory.slope());
  }
  const Counts& counts = figures.counts;
  std::printf(
      "%s\n",
      fmt::format(
          "soak: guarantee={} hours={:.2f} capacity={:.0f}/s rate={:.0f}/s in={} out={} dead_lettered={} "
          "lost={} duplicated={} reordered={} offset_regressions={} memory_slope={:+.1f}MiB/h memory_hours={:.2f} "
          "latency_p50_p95_p99_first_third={} latency_p50_p95_p99_last_third={} unasked_ends={} verdict={}",
          figures.guarantee, hours, capacity, rate, counts.in, counts.out, counts.dead_lettered, counts.lost,
          counts.duplicated, counts.reordered, figures.offset_regressions, memory.slope(), memory.hours,
          milliseconds(thirds[0]), milliseconds(thirds[2]), stream.fleet().unasked_ends(),
          broken.empty() ? "kept" : "BROKEN")
          .c_str());
  if (broken.empty()) return 0;
  std::printf("BROKEN: %s\n", broken.c_str());
  return 1;
}

}  // namespace
}  // namespace copydesk::chaos

int main(int argc, char** argv) {
  using namespace copydesk::chaos;
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  Arguments arguments;
  CLI::App app(
      "Runs one copydesk worker on a Kafka cluster of its own at a share of what it can do, and tells how its "
      "memory and its latency develop. Exit code 0 where nothing is wrong.");
  app.add_option("--minutes", arguments.minutes, "How long, after capacity is measured")->check(CLI::Range(0.5, 1e5));
  app.add_option("--share", arguments.share, "Of its capacity")->check(CLI::Range(0.01, 1.0));
  app.add_option("--capacity", arguments.capacity, "Articles per second, instead of measuring");
  app.add_option("--threads", arguments.stream.threads, "Of the worker; 0 is one per core");
  app.add_option("--guarantee", arguments.stream.guarantee, "delivery.guarantee of the worker")
      ->check(CLI::IsMember({"at_least_once", "exactly_once"}));
  CLI11_PARSE(app, argc, argv);
  try {
    return run(arguments);
  } catch (const std::exception& error) {
    std::printf("soak: %s\n", error.what());
    return 1;
  }
}
