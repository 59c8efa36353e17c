// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace copydesk::resolve {

/// From hashes to the groups that carry them, latest first. Insertion and lookup are O(1): a lookup visits at most
/// `kMaxVisits` entries, so that an article that repeats one word a million times stays linear.
class KeyIndex {
 public:
  static constexpr int kMaxVisits = 12;

  /// Forgets everything and makes room for about `keys` keys.
  void reset(std::size_t keys) {
    entries_.clear();
    heads_.assign(std::bit_ceil(keys * 2 + 16), kEnd);
  }
  void add(std::uint64_t key, std::uint32_t group) {
    std::uint32_t& head = heads_[slot(key)];
    if (head != kEnd && entries_[head].key == key && entries_[head].group == group) return;
    entries_.push_back({key, group, head});
    head = static_cast<std::uint32_t>(entries_.size() - 1);
  }
  /// Calls `visit(group)` until it returns true; returns whether it did.
  template <class Visit>
  bool any(std::uint64_t key, Visit visit) const {
    int visits = 0;
    for (std::uint32_t at = heads_[slot(key)]; at != kEnd && visits < kMaxVisits; at = entries_[at].next, ++visits) {
      if (entries_[at].key == key && visit(entries_[at].group)) return true;
    }
    return false;
  }

 private:
  struct Entry {
    std::uint64_t key;
    std::uint32_t group;
    std::uint32_t next;
  };
  static constexpr std::uint32_t kEnd = 0xFFFFFFFF;

  [[nodiscard]] std::size_t slot(std::uint64_t key) const noexcept {
    return static_cast<std::size_t>((key ^ key >> 29) & (heads_.size() - 1));
  }

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> heads_;
};

}  // namespace copydesk::resolve
