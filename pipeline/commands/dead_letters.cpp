// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/dead_letters.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <stdexcept>
#include <utility>

#include "stages/parse/key_text.h"

namespace copydesk::commands {

namespace {

bool holds(const std::vector<std::string>& words, std::string_view word) {
  return words.empty() || std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::string DeadLetter::place() const {
  return fmt::format("{}:{}", record.origin.partition, record.offset);
}

std::optional<std::pair<std::int32_t, std::int64_t>> parse_place(std::string_view text) noexcept {
  std::pair<std::int32_t, std::int64_t> place{-1, -1};
  const char* const end = text.data() + text.size();
  const auto partition = std::from_chars(text.data(), end, place.first);
  if (partition.ec != std::errc() || partition.ptr == end || *partition.ptr != ':') return std::nullopt;
  const auto offset = std::from_chars(partition.ptr + 1, end, place.second);
  if (offset.ec != std::errc() || offset.ptr != end || place.first < 0 || place.second < 0) return std::nullopt;
  return place;
}

bool DeadLetterFilter::matches(const DeadLetter& letter) const {
  const engine::InputRecord& record = letter.record;
  const delivery::DeadLetterFacts facts = letter.facts();
  return holds(reasons, facts.reason) && holds(stages, facts.stage) &&
         (!key || (record.key && (*record.key == *key || parse::key_text(*record.key) == *key))) &&
         (!partition || record.origin.partition == *partition) && (!since_ms || record.timestamp_ms >= *since_ms) &&
         (!until_ms || record.timestamp_ms < *until_ms);
}

DeadLetterReader::DeadLetterReader(const DeadLetterTopic& topic)
    : reader_(topic.consumer, topic.name), ranges_(reader_.whole(kAnswerTimeout)) {}

void DeadLetterReader::read(const DeadLetterFilter& filter, const std::function<void(DeadLetter)>& take,
                            const std::function<bool()>& stop) {
  std::uint64_t taken = 0;
  const auto enough = [&] { return stop() || (filter.limit != 0 && taken >= filter.limit); };
  for (const kafka::TopicReader::Range& range : ranges_) {
    if (filter.partition && range.partition != *filter.partition) continue;
    if (enough()) return;
    reader_.read(
        {&range, 1},
        [&](engine::InputRecord record) {
          DeadLetter letter{std::move(record)};
          if (enough() || !filter.matches(letter)) return;
          ++taken;
          take(std::move(letter));
        },
        [&] { return !enough(); });
  }
}

std::optional<DeadLetter> DeadLetterReader::at(std::int32_t partition, std::int64_t offset) {
  std::optional<DeadLetter> found;
  for (const kafka::TopicReader::Range& whole : ranges_) {
    if (whole.partition != partition || offset < whole.begin || offset >= whole.end) continue;
    const kafka::TopicReader::Range one{partition, offset, offset + 1};
    reader_.read(
        {&one, 1}, [&](engine::InputRecord record) { found.emplace(DeadLetter{std::move(record)}); },
        [] { return true; });
  }
  return found;
}

}  // namespace copydesk::commands
