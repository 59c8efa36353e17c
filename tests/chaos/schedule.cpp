// SPDX-License-Identifier: Apache-2.0
#include "tests/chaos/schedule.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tests/chaos/dice.h"

namespace copydesk::chaos {
namespace {

constexpr std::array<std::string_view, kFaultKinds> kNames{
    "worker_kill",       "worker_stop",   "worker_freeze",    "rebalance_storm",   "clock_jump",
    "broker_kill",       "broker_freeze", "leader_move",      "disk_full",         "slow_output",
    "failing_output",    "network_delay", "network_cut",      "network_silence",   "record_refused",
    "small_topic_limit", "input_remade",  "partitions_added", "transactional_feed"};

// Sessions last 6 s (the workers' settings), brokers' 4 s: a freeze or a cut may be shorter or longer than that.
std::pair<double, double> duration_of(FaultKind kind) {
  switch (kind) {
    case FaultKind::kWorkerKill: return {0, 4};
    case FaultKind::kWorkerStop: return {0, 1};
    case FaultKind::kWorkerFreeze: return {8, 11};
    case FaultKind::kRebalanceStorm: return {10, 16};
    case FaultKind::kClockJump: return {4, 8};
    case FaultKind::kBrokerKill: return {1, 8};
    case FaultKind::kBrokerFreeze: return {5, 10};
    case FaultKind::kLeaderMove: return {1, 5};
    case FaultKind::kDiskFull: return {3, 8};
    case FaultKind::kSlowOutput: return {5, 12};
    case FaultKind::kFailingOutput: return {4, 10};
    case FaultKind::kNetworkDelay: return {5, 10};
    case FaultKind::kNetworkCut: return {0.5, 9};
    case FaultKind::kNetworkSilence: return {2, 9};
    case FaultKind::kRecordRefused: return {5, 9};
    case FaultKind::kSmallTopicLimit: return {10, 14};
    case FaultKind::kInputRemade: return {2, 5};
    case FaultKind::kPartitionsAdded: return {2, 5};
    case FaultKind::kTransactionalFeed: return {5, 10};
  }
  return {};
}

int variants_of(FaultKind kind) {
  switch (kind) {
    case FaultKind::kRecordRefused:
    case FaultKind::kSmallTopicLimit: return 5;
    case FaultKind::kInputRemade: return 3;
    case FaultKind::kPartitionsAdded:
    case FaultKind::kTransactionalFeed: return 2;
    default: return 1;
  }
}

bool strikes_a_worker(FaultKind kind) {
  return kind == FaultKind::kWorkerKill || kind == FaultKind::kWorkerStop || kind == FaultKind::kWorkerFreeze ||
         kind == FaultKind::kClockJump || kind == FaultKind::kRebalanceStorm;
}

}  // namespace

std::string_view name_of(FaultKind kind) {
  return kNames.at(static_cast<std::size_t>(kind));
}

std::optional<FaultKind> fault_kind(std::string_view name) {
  const auto* const found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<FaultKind>(found - kNames.begin());
}

std::vector<FaultKind> all_fault_kinds() {
  std::vector<FaultKind> kinds;
  kinds.reserve(kFaultKinds);
  for (int i = 0; i < kFaultKinds; ++i) kinds.push_back(static_cast<FaultKind>(i));
  return kinds;
}

Fault fault_at(std::uint64_t seed, int index, std::span<const FaultKind> kinds, int workers, int brokers) {
  const int count = static_cast<int>(kinds.size());
  std::vector<FaultKind> round(kinds.begin(), kinds.end());
  Dice shuffle(seed * 1'000'003 + static_cast<std::uint64_t>(index / count) * 2);
  for (int i = count - 1; i > 0; --i) {
    std::swap(round[static_cast<std::size_t>(i)], round[static_cast<std::size_t>(shuffle.below(i + 1))]);
  }
  Dice dice(seed * 1'000'003 + static_cast<std::uint64_t>(index) * 2 + 1);
  Fault fault;
  fault.index = index;
  fault.kind = round[static_cast<std::size_t>(index % count)];
  fault.target = dice.below(strikes_a_worker(fault.kind) ? workers : brokers);
  fault.before_s = dice.between(0.5, 2.5);
  const auto [shortest, longest] = duration_of(fault.kind);
  fault.holds_s = dice.between(shortest, longest);
  fault.settles = dice.below(4) != 0;
  if (!strikes_a_worker(fault.kind) && dice.below(3) == 0) fault.kills = dice.below(workers);
  // In turn, so that so many rounds have all of them; where the first one begins, the seed decides.
  const int variants = variants_of(fault.kind);
  Dice first(seed * 1'000'003 + static_cast<std::uint64_t>(fault.kind));
  fault.variant = (first.below(variants) + index / count) % variants;
  return fault;
}

}  // namespace copydesk::chaos
