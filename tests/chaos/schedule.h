// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which fault comes when: a function of the seed and nothing else.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace copydesk::chaos {

enum class FaultKind : std::uint8_t {
  kWorkerKill,         ///< SIGKILL; another worker starts a little later
  kWorkerStop,         ///< SIGTERM; another worker starts when it has ended
  kWorkerFreeze,       ///< SIGSTOP for longer than its session may be silent, then SIGCONT
  kRebalanceStorm,     ///< a worker joins or leaves every two seconds
  kClockJump,          ///< a worker's clock jumps an hour ahead and back
  kBrokerKill,         ///< kill -9; the broker comes back on its data
  kBrokerFreeze,       ///< SIGSTOP for longer than the controller waits for it, then SIGCONT
  kLeaderMove,         ///< an orderly stop, which moves leaders and coordinators away; later they move back
  kDiskFull,           ///< nothing more fits on a broker's disk until room is made
  kSlowOutput,         ///< producers get through at a fraction of what they need
  kFailingOutput,      ///< every write to the output topic is refused, while reads go on
  kNetworkDelay,       ///< every request and answer takes longer
  kNetworkCut,         ///< connections to a broker are reset and new ones refused
  kNetworkSilence,     ///< connections to a broker stay open and nothing arrives
  kRecordRefused,      ///< the output refuses single records: for their timestamp, their size or their missing key
  kSmallTopicLimit,    ///< output and dead letters take smaller batches than the workers make
  kInputRemade,        ///< the input topic is deleted and made anew
  kPartitionsAdded,    ///< the input topic gets more partitions
  kTransactionalFeed,  ///< the input comes in transactions, some of which are aborted
};
inline constexpr int kFaultKinds = 19;

/// "worker_kill", …
std::string_view name_of(FaultKind kind);
std::optional<FaultKind> fault_kind(std::string_view name);
std::vector<FaultKind> all_fault_kinds();

struct Fault {
  int index = 0;  ///< from 0
  FaultKind kind = FaultKind::kWorkerKill;
  int target = 0;       ///< the worker or the broker, from 0
  double before_s = 0;  ///< of undisturbed work before it
  double holds_s = 0;   ///< how long it lasts
  /// Whether everything recovers before the next fault, or that strikes into the recovery.
  bool settles = true;
  /// A worker that is killed while the fault lasts (and started again at once), with all that it could not get rid of;
  /// -1 = none. Only with faults of brokers and of the network.
  int kills = -1;
  int variant = 0;  ///< which of the forms that the kind has, from 0: a round later it is the next one
};

/// Fault number `index` of the run with this seed. The kinds come in rounds, each in an order of its own, so that a run
/// of as many faults as there are kinds has each once.
Fault fault_at(std::uint64_t seed, int index, std::span<const FaultKind> kinds, int workers, int brokers);

}  // namespace copydesk::chaos
