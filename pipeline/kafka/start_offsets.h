// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "pipeline/kafka/client.h"
#include "pipeline/settings/settings.h"

namespace copydesk::kafka {

struct StartRule {
  settings::OffsetReset reset = settings::OffsetReset::kEarliest;
  /// The group has begun to read this topic, whatever is committed: partitions without a committed offset are new, or
  /// the topic was made anew, and nothing of them may be passed over.
  bool begun = false;
};

/// Writes into `partitions`, which the group has just given to this consumer, where each begins. Where the group has
/// committed an offset, there. Else, by the rule: at the first record; or, with `latest`, at the end, if nothing is
/// committed in any partition of the topic, since the group is new then, and else at the first record, since the
/// partition is new. With `error`, what has no committed offset is left to librdkafka, which reports it.
///
/// Returns the offsets that are to be committed at once, so that a group has an offset in each of its partitions: what
/// comes later is then not taken for the beginning. With `latest`, whoever has partition 0 does that for the whole
/// topic, and the others wait for it, so that workers that start together agree on where the group begins.
///
/// Asks the brokers, for up to half a minute. Throws ClientsLost where they do not say what is needed.
[[nodiscard]] std::vector<delivery::CommitOffset> find_starts(rd_kafka_t* consumer,
                                                              rd_kafka_topic_partition_list_t& partitions,
                                                              const StartRule& rule);

}  // namespace copydesk::kafka
