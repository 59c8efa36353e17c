// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace copydesk::delivery {

/// Where one article stands between its arrival and its commit.
enum class Progress : std::uint8_t {
  kProcessing,  ///< in the executor
  kReady,       ///< its output is made, waiting for its turn
  kSent,        ///< given to the producer, not yet acknowledged
  kFinished,    ///< the broker acknowledged its output
};

struct LaneItem {
  std::int64_t offset = 0;
  /// Articles of one chain leave in input order; those of different chains may overtake each other. One chain for all
  /// keeps the order of the whole partition. Valid while the article is in its lane.
  std::string_view chain{};
  Progress progress = Progress::kProcessing;
};

/// The in-flight articles of one assigned partition, in input order: releases the outputs of each chain in that order
/// and knows how far the partition may be committed. The delivery invariant lives here: `next_offset()` passes an
/// article only when that one and all before it are finished, whatever has overtaken it. Gaps in the offsets (compacted
/// topics, transaction markers) are normal. Every call takes constant time, but rewind().
/// T derives from LaneItem and is owned elsewhere, for at least as long as it is in the lane. Used by one thread.
template <class T>
class Lane {
 public:
  void add(T& item) {
    next_offset_ = next_offset();  // what was read to, where nothing was in flight
    items_.push_back(&item);
    enqueue(item);
  }

  /// The article's output is made.
  void mark_ready(T& item) {
    item.progress = Progress::kReady;
    if (chains_.find(item.chain)->second.front() == &item) ready_.push_back(&item);
  }

  /// The next article whose output may be sent: it is ready, and every earlier one of its chain is sent.
  [[nodiscard]] T* next_to_send() const noexcept { return ready_.empty() ? nullptr : ready_.front(); }
  void mark_sent() {
    T* item = ready_.front();
    ready_.pop_front();
    item->progress = Progress::kSent;
    ++sent_;
    const auto chain = chains_.find(item->chain);
    chain->second.pop_front();
    if (chain->second.empty()) {
      chains_.erase(chain);
    } else if (chain->second.front()->progress == Progress::kReady) {
      ready_.push_back(chain->second.front());
    }
  }

  /// Where the partition stands once every article sent so far is finished. Nothing where none is sent, and where none
  /// is there and nothing was ever finished. Only for a lane of one chain, in which what is sent comes before what is
  /// not.
  [[nodiscard]] std::optional<std::int64_t> next_offset_of_sent() const noexcept {
    if (items_.empty()) return next_offset();
    if (sent_ == 0) return std::nullopt;
    const std::int64_t next = items_[sent_ - 1]->offset + 1;
    return sent_ == items_.size() ? std::max(next, read_to_) : next;
  }
  [[nodiscard]] bool any_sent() const noexcept { return sent_ > 0; }

  /// Every article before `offset` has been added: what else stands there, transaction markers for instance, is none.
  void read_to(std::int64_t offset) noexcept { read_to_ = offset; }
  /// Everything sent, finished or not, is to be sent again.
  void rewind() {
    for (T* item : items_) {
      if (item->progress == Progress::kFinished) item->progress = Progress::kSent;
    }
    rewind_unfinished();
  }
  /// Everything sent and not finished is to be sent again.
  void rewind_unfinished() {
    sent_ = 0;
    chains_.clear();
    ready_.clear();
    for (T* item : items_) {
      if (item->progress == Progress::kFinished) {
        ++sent_;
        continue;
      }
      if (item->progress == Progress::kSent) item->progress = Progress::kReady;
      if (enqueue(*item) && item->progress == Progress::kReady) ready_.push_back(item);
    }
  }

  /// Takes the oldest article out if it is finished, which moves `next_offset()` past it; else nullptr.
  T* take_finished() noexcept {
    if (items_.empty() || items_.front()->progress != Progress::kFinished) return nullptr;
    T* item = items_.front();
    next_offset_ = item->offset + 1;
    items_.pop_front();
    --sent_;
    return item;
  }

  /// First offset not finished: what may be committed. Nothing until an article of this assignment is finished, or its
  /// end was seen.
  [[nodiscard]] std::optional<std::int64_t> next_offset() const noexcept {
    if (!items_.empty() || read_to_ < 0) return next_offset_;
    return std::max(next_offset_.value_or(0), read_to_);
  }
  [[nodiscard]] bool all_sent() const noexcept { return sent_ == items_.size(); }
  [[nodiscard]] bool empty() const noexcept { return items_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }
  [[nodiscard]] const std::deque<T*>& items() const noexcept { return items_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
  };

  /// True where it is the first of its chain.
  bool enqueue(T& item) {
    auto chain = chains_.find(item.chain);
    if (chain == chains_.end()) chain = chains_.try_emplace(std::string(item.chain)).first;
    chain->second.push_back(&item);
    return chain->second.size() == 1;
  }

  std::deque<T*> items_;
  std::size_t sent_ = 0;  ///< how many of items_ are sent or finished
  std::unordered_map<std::string, std::deque<T*>, Hash, std::equal_to<>> chains_;  ///< those not sent, by chain
  std::deque<T*> ready_;  ///< the ready ones that are first in their chain
  std::optional<std::int64_t> next_offset_;
  std::int64_t read_to_ = -1;
};

}  // namespace copydesk::delivery
