// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory_resource>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pipeline/settings/settings.h"
#include "pipeline/story/near_duplicates.h"
#include "pipeline/story/version_order.h"
#include "stages/encode/digest.h"
#include "stages/encode/story_marks.h"

namespace copydesk::story {

/// Where and when an article came in.
struct Arrival {
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::int64_t timestamp_ms = -1;  ///< of its input record; -1 = none
  std::string_view key = {};       ///< of its input record; may be empty
};

/// The articles seen lately, and what a new one is to them: superseded by a newer version of its id, or a
/// near-duplicate of another id's article. docs/wire-semantics.md has the rules.
///
/// Bounded in number and in time, and in the time for one article. An article is compared only with those told before
/// it, so each must be told once, in the order in which records leave. Used by one thread.
class StoryWindow {
 public:
  struct Options {
    std::size_t articles = 10'000;                           ///< most that are remembered
    std::chrono::milliseconds age = std::chrono::hours(48);  ///< by the timestamps of their input records
    double similarity = 0.5;                                 ///< least for a near-duplicate; see fingerprint.h
  };
  /// Ids, and versions, of more bytes are not remembered, so that the window's memory is bounded.
  static constexpr std::size_t kLongestName = 1024;

  explicit StoryWindow(const Options& options);

  /// What the article is to those told before; from now on it is one of them.
  encode::StoryMarks see(const encode::StoryFacts& article, const Arrival& arrival);

  /// The same for an article whose record has left already: what is read back of a partition.
  void remember(const encode::StoryFacts& article, const Arrival& arrival);

  /// The desk has deleted what has this key (a tombstone), or this id.
  void forget(std::string_view key);
  /// Another worker has the partition now.
  void forget_partition(std::int32_t partition);

  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }

 private:
  /// All versions of one id.
  struct Story {
    std::string version;  ///< the newest
    std::optional<std::int64_t> made_at;
    std::int64_t timestamp_ms = -1;  ///< of its input record
    bool recalled = false;           ///< the newest version is withheld or canceled
    bool duplicate = false;          ///< the newest version is a duplicate of another story
    std::size_t entries = 0;
    [[nodiscard]] Version newest() const noexcept { return {version, made_at}; }
  };
  using Stories = std::pmr::unordered_map<std::string, Story>;
  struct Entry {
    Stories::value_type* story = nullptr;  ///< nullptr: forgotten
    fingerprint::Fingerprint fingerprint;
    std::int64_t timestamp_ms = -1;
    std::int32_t partition = 0;
    std::uint64_t key_hash = 0;
    bool foreign_key = false;  ///< the record's key is not the id
    bool read_back = false;
  };

  encode::StoryMarks take_in(const encode::StoryFacts& article, const Arrival& arrival, bool read_back);
  [[nodiscard]] const Entry* original_of(const encode::StoryFacts& article, const Arrival& arrival);
  void let_go(Entry& entry);

  const Options options_;
  std::pmr::unsynchronized_pool_resource memory_;  // of a full window, taken at the start: a worker does not grow later
  Stories stories_{&memory_};
  std::pmr::deque<Entry> entries_{&memory_};
  std::uint32_t first_number_ = 1;  ///< of entries_.front(); numbers wrap around and pass over 0
  std::size_t foreign_keys_ = 0;
  NearDuplicateIndex index_;
  std::vector<NearDuplicateIndex::Number> candidates_;  ///< scratch
};

/// What the settings say of it.
[[nodiscard]] StoryWindow::Options window_options(const settings::StorySettings& settings);

}  // namespace copydesk::story
