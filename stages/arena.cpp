// SPDX-License-Identifier: Apache-2.0
#include "stages/arena.h"

#include <cstdint>

namespace copydesk {

std::unique_ptr<std::byte[]> ChunkPool::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto chunk = std::move(idle_.back());
      idle_.pop_back();
      return chunk;
    }
  }
  return std::make_unique_for_overwrite<std::byte[]>(kChunkBytes);
}

void ChunkPool::give_back(std::unique_ptr<std::byte[]> chunk) noexcept {
  const std::lock_guard lock(mutex_);
  if (idle_.size() >= max_idle_) return;
  if (idle_.capacity() == idle_.size()) {
    try {
      idle_.reserve(idle_.size() * 2 + 64);
    } catch (const std::bad_alloc&) {
      return;
    }
  }
  idle_.push_back(std::move(chunk));
}

void* Arena::do_allocate(std::size_t bytes, std::size_t alignment) {
  if (bytes > limit_ || used_ > limit_ - bytes) throw std::bad_alloc();
  const auto misaligned = static_cast<std::size_t>(reinterpret_cast<std::uintptr_t>(next_) & (alignment - 1));
  const std::size_t padding = misaligned == 0 ? 0 : alignment - misaligned;
  if (room_ >= bytes + padding && next_ != nullptr) {
    std::byte* place = next_ + padding;
    next_ += bytes + padding;
    room_ -= bytes + padding;
    used_ += bytes;
    return place;
  }
  used_ += bytes;
  if (bytes > ChunkPool::kChunkBytes / 2) {
    large_.push_back(std::make_unique_for_overwrite<std::byte[]>(bytes));
    return large_.back().get();
  }
  chunks_.push_back(pool_->take());
  std::byte* place = chunks_.back().get();
  next_ = place + bytes;
  room_ = ChunkPool::kChunkBytes - bytes;
  return place;
}

void Arena::reset() noexcept {
  for (auto& chunk : chunks_) pool_->give_back(std::move(chunk));
  chunks_.clear();
  large_.clear();
  next_ = nullptr;
  room_ = 0;
  used_ = 0;
}

}  // namespace copydesk
