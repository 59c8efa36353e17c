// SPDX-License-Identifier: Apache-2.0
#include "tests/chaos/fleet.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <deque>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace copydesk::chaos {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto kSampleEvery = 1s;
/// As orchestrators do, so that one that cannot run does not take the machine: no sooner after its last start.
constexpr auto kShortestLife = 2s;

}  // namespace

Fleet::Fleet(std::filesystem::path settings_file, std::filesystem::path folder, std::chrono::seconds warm_up)
    : settings_file_(std::move(settings_file)), folder_(std::move(folder)), warm_up_(warm_up) {}

int Fleet::add() {
  places_.push_back(std::make_unique<Place>());
  start(places() - 1);
  return places() - 1;
}

void Fleet::start(int place, const Environment& environment) {
  Place& at = *places_.at(static_cast<std::size_t>(place));
  bury(at);
  at.log = folder_ / ("worker" + std::to_string(++started_) + ".log");
  at.worker = std::make_unique<delivery::WorkerProcess>(settings_file_, at.log, environment);
  at.started = Clock::now();
  at.wanted = true;
  at.frozen = false;
  at.again_at.reset();
}

void Fleet::bury(Place& place) {
  memory_.add(place.life);
  place.life = {};
  place.worker.reset();
}

void Fleet::kill(int place) {
  Place& at = *places_.at(static_cast<std::size_t>(place));
  at.wanted = false;
  if (at.worker) at.worker->kill();
}

bool Fleet::stop(int place) {
  Place& at = *places_.at(static_cast<std::size_t>(place));
  at.wanted = false;
  const bool has_ended_before = std::exchange(at.again_at, std::nullopt).has_value();
  if (!at.worker || has_ended_before) return true;
  const int code = at.worker->stop();
  if (code != 0) {
    ++unclean_stops_;
    std::printf("  a worker was asked to stop and ended with code %d; its log: %s\n", code, at.log.c_str());
  }
  return code == 0;
}

void Fleet::signal(int place, int number) {
  Place& at = *places_.at(static_cast<std::size_t>(place));
  at.worker->signal(number);
  if (number == SIGSTOP) at.frozen = true;
  if (number == SIGCONT) at.frozen = false;
}

bool Fleet::remove_last() {
  const bool clean = stop(places() - 1);
  bury(*places_.back());
  places_.pop_back();
  return clean;
}

void Fleet::await_ready() {
  for (int i = 0; i < places(); ++i) {
    if (places_[static_cast<std::size_t>(i)]->again_at) start(i);
  }
  for (const auto& place : places_) place->worker->await_ready();
}

std::optional<Fleet::Lag> Fleet::lag() {
  Lag lag;
  for (const auto& place : places_) {
    if (!place->wanted || place->again_at || place->worker->process().poll()) return std::nullopt;
    try {
      constexpr std::string_view kLag = "copydesk_consumer_lag";
      lag.partitions += static_cast<int>(place->worker->metric("copydesk_assigned_partitions"));
      lag.series += place->worker->series(kLag);
      lag.records += static_cast<std::int64_t>(place->worker->metric(kLag));
    } catch (const std::runtime_error&) {
      return std::nullopt;  // it has ended meanwhile
    }
  }
  return lag;
}

void Fleet::look_after() {
  const auto now = Clock::now();
  const bool sample = now >= next_sample_;
  if (sample) next_sample_ = now + kSampleEvery;
  for (int i = 0; i < places(); ++i) {
    Place& place = *places_[static_cast<std::size_t>(i)];
    if (!place.wanted) continue;
    if (place.again_at) {
      if (now >= *place.again_at) start(i);
      continue;
    }
    if (const auto& ended = place.worker->process().poll()) {
      ++unasked_ends_;
      std::printf("  a worker %s unasked; it is started again. Its log: %s\n", ended->words().c_str(),
                  place.log.c_str());
      place.again_at = std::max(now, place.started + kShortestLife);
      continue;
    }
    if (!sample || place.frozen || now - place.started < warm_up_) continue;
    try {
      place.life.add(std::chrono::duration<double, std::ratio<3600>>(now - place.started).count(),
                     static_cast<double>(place.worker->resident_kib()) / 1024);
    } catch (const std::runtime_error&) {
      continue;  // it has ended since it was looked at; the next round sees that
    }
  }
}

MemoryTrend Fleet::memory() const {
  MemoryTrend all = memory_;
  for (const auto& place : places_) all.add(place->life);
  return all;
}

std::string Fleet::last_words() const {
  std::string words;
  for (const auto& place : places_) {
    std::ifstream file(place->log);
    std::deque<std::string> lines;
    for (std::string line; std::getline(file, line);) {
      lines.push_back(line);
      if (lines.size() > 12) lines.pop_front();
    }
    words += place->log.string() + ":\n";
    for (const std::string& line : lines) words += "  " + line + "\n";
  }
  return words;
}

}  // namespace copydesk::chaos
