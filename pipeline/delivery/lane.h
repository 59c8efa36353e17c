#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

namespace copydesk {

/// Where one article stands between its arrival and its commit.
enum class Progress : std::uint8_t {
  kProcessing,  ///< in the executor
  kReady,       ///< its output is made, waiting for its turn
  kSent,        ///< given to the producer, not yet acknowledged
  kFinished,    ///< the broker acknowledged its output
};

struct LaneItem {
  std::int64_t offset = 0;
  Progress progress = Progress::kProcessing;
};

/// The in-flight articles of one assigned partition, in input order: releases outputs in that order and knows how far
/// the partition may be committed. The delivery invariant lives here: `next_offset()` passes an article only when that
/// one and all before it are finished. Gaps in the offsets (compacted topics, transaction markers) are normal.
/// T derives from LaneItem and is owned elsewhere, for at least as long as it is in the lane. Used by one thread.
template <class T>
class Lane {
 public:
  void add(T& item) { items_.push_back(&item); }

  /// The next article whose output may be sent: the oldest one not sent yet, if it is ready.
  [[nodiscard]] T* next_to_send() const noexcept {
    return sent_ < items_.size() && items_[sent_]->progress == Progress::kReady ? items_[sent_] : nullptr;
  }
  void mark_sent() noexcept { items_[sent_++]->progress = Progress::kSent; }

  /// Where the partition stands once every article sent so far is finished. Nothing where none is sent.
  [[nodiscard]] std::optional<std::int64_t> next_offset_of_sent() const noexcept {
    return sent_ == 0 ? std::nullopt : std::optional(items_[sent_ - 1]->offset + 1);
  }
  /// Everything sent, finished or not, is to be sent again.
  void rewind() noexcept {
    while (sent_ > 0) items_[--sent_]->progress = Progress::kReady;
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

  /// First offset not finished: what may be committed. Nothing until an article of this assignment is finished.
  [[nodiscard]] std::optional<std::int64_t> next_offset() const noexcept { return next_offset_; }
  [[nodiscard]] bool all_sent() const noexcept { return sent_ == items_.size(); }
  [[nodiscard]] bool empty() const noexcept { return items_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }
  [[nodiscard]] const std::deque<T*>& items() const noexcept { return items_; }

 private:
  std::deque<T*> items_;
  std::size_t sent_ = 0;  // items_[0, sent_) are sent or finished
  std::optional<std::int64_t> next_offset_;
};

}  // namespace copydesk
