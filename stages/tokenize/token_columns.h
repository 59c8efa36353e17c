// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>

#include "stages/arena.h"
#include "stages/span.h"

namespace copydesk::tokenize {

/// The columns of `Tokens` while they are made, directly in the arena. Grows by doubling, so that an article of
/// nothing but full stops costs a few times its tokens, and meets the arena's limit before it hurts the machine.
class TokenColumns {
 public:
  /// Room for English text of `bytes` bytes (4 bytes a token, blanks included, is dense for it).
  TokenColumns(Arena& arena, std::size_t bytes) : arena_(&arena) {
    reserve(std::min<std::size_t>(bytes / 4 + 16, 1U << 16U));
  }

  void push(Span span, std::uint32_t flags, std::uint64_t hash) {
    if (size_ == capacity_) [[unlikely]]
      reserve(capacity_ * 2);
    spans_[size_] = span;
    flags_[size_] = static_cast<std::uint16_t>(flags);
    hashes_[size_] = hash;
    ++size_;
  }

  [[nodiscard]] std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(size_); }
  [[nodiscard]] Span span(std::size_t i) const noexcept { return spans_[i]; }
  [[nodiscard]] std::uint32_t flags(std::size_t i) const noexcept { return flags_[i]; }
  [[nodiscard]] std::uint64_t hash(std::size_t i) const noexcept { return hashes_[i]; }
  void add_flag(std::size_t i, std::uint32_t flag) noexcept {
    flags_[i] = static_cast<std::uint16_t>(flags_[i] | flag);
  }

  void replace_last_flags(std::uint32_t drop, std::uint32_t add) noexcept {
    flags_[size_ - 1] = static_cast<std::uint16_t>((flags_[size_ - 1] & ~drop) | add);
  }

  [[nodiscard]] std::span<const Span> spans() const noexcept { return {spans_, size_}; }
  [[nodiscard]] std::span<const std::uint16_t> all_flags() const noexcept { return {flags_, size_}; }
  [[nodiscard]] std::span<const std::uint64_t> hashes() const noexcept { return {hashes_, size_}; }

 private:
  void reserve(std::size_t capacity) {
    spans_ = moved(spans_, capacity);
    flags_ = moved(flags_, capacity);
    hashes_ = moved(hashes_, capacity);
    capacity_ = capacity;
  }
  template <class T>
  T* moved(const T* old, std::size_t capacity) {
    // Not make_array(): it would write the spans' zeros only for push() to write over them.
    T* larger = static_cast<T*>(arena_->allocate(capacity * sizeof(T), alignof(T)));
    if (size_ != 0) std::memcpy(larger, old, size_ * sizeof(T));
    return larger;
  }

  Arena* arena_;
  Span* spans_ = nullptr;
  std::uint16_t* flags_ = nullptr;
  std::uint64_t* hashes_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace copydesk::tokenize
