// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <memory>
#include <memory_resource>
#include <mutex>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace copydesk {

/// Chunks of memory that arenas borrow and give back, so that a running worker stops calling malloc.
/// Thread-safe. Keeps at most `max_idle_bytes` of returned chunks; the rest goes back to the heap.
class ChunkPool {
 public:
  static constexpr std::size_t kChunkBytes = 64 * 1024;

  explicit ChunkPool(std::size_t max_idle_bytes = 64 * 1024 * 1024) : max_idle_(max_idle_bytes / kChunkBytes) {}

  [[nodiscard]] std::unique_ptr<std::byte[]> take();
  void give_back(std::unique_ptr<std::byte[]> chunk) noexcept;

 private:
  std::mutex mutex_;
  std::size_t max_idle_;
  std::vector<std::unique_ptr<std::byte[]>> idle_;
};

/// Bump allocator for what one stage makes of one article; everything is freed at once by `reset()`.
/// One arena per (article, stage), so that stages running side by side never share one. Not thread-safe.
/// Throws std::bad_alloc past `limit_bytes`; `StageGraph` turns that into ErrorCode::kMemoryLimit, so stages need not
/// check each allocation.
class Arena final : public std::pmr::memory_resource {
 public:
  explicit Arena(ChunkPool& pool, std::size_t limit_bytes = std::size_t{1} << 30) : pool_(&pool), limit_(limit_bytes) {}
  ~Arena() override { reset(); }
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  /// An uninitialised array of `count` trivially destructible T, valid until reset().
  template <class T>
  [[nodiscard]] std::span<T> make_array(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>, "an arena runs no destructors");
    if (count == 0) return {};
    T* first = static_cast<T*>(allocate(count * sizeof(T), alignof(T)));
    std::uninitialized_default_construct_n(first, count);
    return {first, count};
  }
  /// A copy of `items`, valid until reset().
  template <class T>
  [[nodiscard]] std::span<const T> copy(std::span<const T> items) {
    std::span<T> mine = make_array<T>(items.size());
    std::uninitialized_copy(items.begin(), items.end(), mine.begin());
    return mine;
  }
  template <class T>
  [[nodiscard]] std::span<const T> copy(const std::vector<T>& items) {
    return copy(std::span<const T>(items));
  }
  [[nodiscard]] std::string_view copy(std::string_view text) {
    const std::span<const char> mine = copy(std::span<const char>(text));
    return {mine.data(), mine.size()};
  }

  void reset() noexcept;
  [[nodiscard]] std::size_t used_bytes() const noexcept { return used_; }

 private:
  void* do_allocate(std::size_t bytes, std::size_t alignment) override;
  void do_deallocate(void*, std::size_t, std::size_t) override {}
  [[nodiscard]] bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override {
    return this == &other;
  }

  ChunkPool* pool_;
  std::size_t limit_;
  std::size_t used_ = 0;
  std::byte* next_ = nullptr;
  std::size_t room_ = 0;
  std::vector<std::unique_ptr<std::byte[]>> chunks_;  // borrowed from the pool
  std::vector<std::unique_ptr<std::byte[]>> large_;   // one allocation each, from the heap
};

}  // namespace copydesk
