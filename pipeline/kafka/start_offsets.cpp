// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/start_offsets.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <thread>

namespace copydesk::kafka {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kStartTimeoutMs = 3000;
constexpr std::chrono::seconds kPatience{30};
/// How long the others wait for the worker that has partition 0.
constexpr std::chrono::seconds kFounderPatience{15};
constexpr std::chrono::milliseconds kLookAgain{300};

/// Asks again until there is an answer, or the patience ends.
template <class Ask>
bool insist(std::chrono::seconds patience, const Ask& ask) {
  const auto deadline = Clock::now() + patience;
  while (!ask()) {
    if (Clock::now() >= deadline) return false;
    std::this_thread::sleep_for(kLookAgain);
  }
  return true;
}

/// Fills in the committed offsets. False where the brokers do not say.
bool ask_committed(rd_kafka_t* consumer, rd_kafka_topic_partition_list_t& list) {
  for (int i = 0; i < list.cnt; ++i) list.elems[i].offset = RD_KAFKA_OFFSET_INVALID;
  if (rd_kafka_committed(consumer, &list, kStartTimeoutMs) != RD_KAFKA_RESP_ERR_NO_ERROR) return false;
  return std::all_of(list.elems, list.elems + list.cnt,
                     [](const auto& element) { return element.err == RD_KAFKA_RESP_ERR_NO_ERROR; });
}

bool lacks_offset(const rd_kafka_topic_partition_t& element) {
  return element.offset < 0;
}

bool ask_edge(rd_kafka_t* consumer, rd_kafka_topic_partition_t& element, bool at_end) {
  std::int64_t low = 0;
  std::int64_t high = 0;
  if (rd_kafka_query_watermark_offsets(consumer, element.topic, element.partition, &low, &high, kStartTimeoutMs) !=
      RD_KAFKA_RESP_ERR_NO_ERROR) {
    return false;
  }
  element.offset = at_end ? high : low;
  return true;
}

[[noreturn]] void give_up(const char* topic) {
  throw delivery::ClientsLost(fmt::format("the brokers do not say within {} s where the group stands in the topic '{}'",
                                          kPatience.count(), topic));
}

/// Every partition of the topic; empty where the brokers do not say.
PartitionList whole_topic(rd_kafka_t* consumer, const char* name) {
  PartitionList list(rd_kafka_topic_partition_list_new(8));
  const Topic topic(rd_kafka_topic_new(consumer, name, nullptr));
  const rd_kafka_metadata_t* raw = nullptr;
  if (rd_kafka_metadata(consumer, 0, topic.get(), &raw, kStartTimeoutMs) != RD_KAFKA_RESP_ERR_NO_ERROR) return list;
  const Metadata metadata(raw);
  if (metadata->topic_cnt != 1) return list;
  for (int i = 0; i < metadata->topics[0].partition_cnt; ++i) {
    rd_kafka_topic_partition_list_add(list.get(), name, metadata->topics[0].partitions[i].id);
  }
  return list;
}

std::vector<delivery::CommitOffset> offsets_in(const rd_kafka_topic_partition_list_t& list) {
  std::vector<delivery::CommitOffset> offsets;
  for (int i = 0; i < list.cnt; ++i) {
    offsets.push_back({{list.elems[i].topic, list.elems[i].partition}, list.elems[i].offset});
  }
  return offsets;
}

/// Sets what lacks an offset to its first or its end offset; those offsets, to be committed.
std::vector<delivery::CommitOffset> begin_at(rd_kafka_t* consumer, rd_kafka_topic_partition_list_t& list, bool at_end) {
  std::vector<delivery::CommitOffset> fresh;
  for (int i = 0; i < list.cnt; ++i) {
    rd_kafka_topic_partition_t& element = list.elems[i];
    if (!lacks_offset(element)) continue;
    if (!insist(kPatience, [&] { return ask_edge(consumer, element, at_end); })) give_up(element.topic);
    fresh.push_back({{element.topic, element.partition}, element.offset});
  }
  return fresh;
}

bool none_lacks_offset(const rd_kafka_topic_partition_list_t& list) {
  return std::none_of(list.elems, list.elems + list.cnt, lacks_offset);
}

}  // namespace

std::vector<delivery::CommitOffset> find_starts(rd_kafka_t* consumer, rd_kafka_topic_partition_list_t& partitions,
                                                const StartRule& rule) {
  if (partitions.cnt == 0) return {};
  const char* const name = partitions.elems[0].topic;
  if (!insist(kPatience, [&] { return ask_committed(consumer, partitions); })) give_up(name);
  if (none_lacks_offset(partitions)) return {};
  if (!rule.begun && rule.reset == settings::OffsetReset::kError) {
    for (int i = 0; i < partitions.cnt; ++i) {
      if (lacks_offset(partitions.elems[i])) partitions.elems[i].offset = RD_KAFKA_OFFSET_STORED;
    }
    return {};
  }
  if (rule.begun || rule.reset == settings::OffsetReset::kEarliest) return begin_at(consumer, partitions, false);

  PartitionList topic(nullptr);
  if (!insist(kPatience, [&] {
        topic = whole_topic(consumer, name);
        return topic->cnt > 0 && ask_committed(consumer, *topic);
      })) {
    give_up(name);
  }
  const bool group_is_new = std::all_of(topic->elems, topic->elems + topic->cnt, lacks_offset);
  if (!group_is_new) return begin_at(consumer, partitions, false);
  const bool founder = std::any_of(partitions.elems, partitions.elems + partitions.cnt,
                                   [](const auto& element) { return element.partition == 0; });
  if (founder) {
    static_cast<void>(begin_at(consumer, *topic, true));
    for (int i = 0; i < partitions.cnt; ++i) {
      const auto* const found = rd_kafka_topic_partition_list_find(topic.get(), name, partitions.elems[i].partition);
      if (found != nullptr) partitions.elems[i].offset = found->offset;
    }
    return offsets_in(*topic);
  }
  const bool founded =
      insist(kFounderPatience, [&] { return ask_committed(consumer, partitions) && none_lacks_offset(partitions); });
  return founded ? std::vector<delivery::CommitOffset>() : begin_at(consumer, partitions, true);
}

}  // namespace copydesk::kafka
