// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace copydesk::training {

/// How often each 64-bit feature occurs. Open addressing; 0 is no feature.
class FeatureCounter {
 public:
  FeatureCounter() : slots_(std::size_t{1} << 20U) {}

  void add(std::uint64_t feature) {
    Slot& slot = find(feature);
    if (slot.count == 0) {
      slot.feature = feature;
      if (++size_ * 2 > slots_.size()) {
        slot.count = 1;
        grow();
        return;
      }
    }
    ++slot.count;
  }
  [[nodiscard]] std::uint32_t count(std::uint64_t feature) const {
    return const_cast<FeatureCounter*>(this)->find(feature).count;
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::vector<std::uint64_t> at_least(std::uint32_t count) const {
    std::vector<std::uint64_t> features;
    for (const Slot& slot : slots_) {
      if (slot.count >= count) features.push_back(slot.feature);
    }
    return features;
  }

 private:
  struct Slot {
    std::uint64_t feature = 0;
    std::uint32_t count = 0;
  };
  Slot& find(std::uint64_t feature) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot =
        feature * 0x9E3779B97F4A7C15ULL >> (64U - static_cast<unsigned>(std::countr_zero(slots_.size())));
    while (slots_[slot].count != 0 && slots_[slot].feature != feature) slot = (slot + 1) & mask;
    return slots_[slot];
  }
  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.count != 0) find(slot.feature) = slot;
    }
  }
  std::vector<Slot> slots_;
  std::size_t size_ = 0;
};

/// Numbers a fixed set of features from 0.
class FeatureTable {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  explicit FeatureTable(const std::vector<std::uint64_t>& features)
      : size_(features.size()), slots_(std::bit_ceil(features.size() * 2 + 2)) {
    for (std::uint32_t row = 0; row < features.size(); ++row) {
      std::size_t slot = slot_of(features[row]);
      while (slots_[slot].row != kNone) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = {features[row], row};
    }
  }
  [[nodiscard]] std::uint32_t find(std::uint64_t feature) const {
    for (std::size_t slot = slot_of(feature); slots_[slot].row != kNone; slot = (slot + 1) & (slots_.size() - 1)) {
      if (slots_[slot].feature == feature) return slots_[slot].row;
    }
    return kNone;
  }
  void prefetch(std::uint64_t feature) const { __builtin_prefetch(&slots_[slot_of(feature)]); }
  [[nodiscard]] std::size_t size() const { return size_; }

  template <class Function>
  void for_each(const Function& function) const {
    for (const Slot& slot : slots_) {
      if (slot.row != kNone) function(slot.feature, slot.row);
    }
  }

 private:
  struct Slot {
    std::uint64_t feature = 0;
    std::uint32_t row = kNone;
  };
  [[nodiscard]] std::size_t slot_of(std::uint64_t feature) const {
    return feature >> (64U - static_cast<unsigned>(std::countr_zero(slots_.size())));
  }
  std::size_t size_;
  std::vector<Slot> slots_;
};

}  // namespace copydesk::training
