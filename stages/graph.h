// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <new>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include "stages/stage.h"

namespace copydesk {

namespace graph_detail {
template <class Input, class Layer>
inline constexpr bool kReads = false;
template <class... Layers, class Layer>
inline constexpr bool kReads<Reads<Layers...>, Layer> = (std::same_as<Layer, Layers> || ...);
template <class Input>
inline constexpr std::size_t kArity = 0;
template <class... Layers>
inline constexpr std::size_t kArity<Reads<Layers...>> = sizeof...(Layers);
}  // namespace graph_detail

/// The graph of stages, derived from what each reads and produces. A layer without a producer, with two, or a cycle
/// does not compile. Says nothing about threads: `pipeline/engine/executor.h` decides when a stage runs.
template <class External, Stage... S>
class StageGraph {
 public:
  static constexpr std::size_t kSize = sizeof...(S);
  static constexpr std::array<std::string_view, kSize> kNames{S::kName...};
  using Stages = std::tuple<S...>;
  using Scratch = std::tuple<typename S::Scratch...>;
  using Layers = std::tuple<std::optional<typename S::Output>...>;
  /// kFollowers[i]: bit j is set where stage j reads what stage i makes.
  using Mask = std::uint32_t;
  static_assert(kSize <= 32);

  /// One article on its way through the stages: the layers made so far, each in an arena of its own.
  class Slot {
   public:
    Slot(ChunkPool& pool, std::size_t memory_limit) : Slot(pool, memory_limit, std::make_index_sequence<kSize>{}) {}

    void reset() noexcept {
      layers_ = Layers{};
      for (Arena& arena : arenas_) arena.reset();
    }
    External external{};
    StageContext::Clock::time_point deadline = StageContext::Clock::time_point::max();

    /// Only after the stage that makes it has run without error.
    template <class Layer>
    [[nodiscard]] const Layer& get() const noexcept {
      if constexpr (std::same_as<Layer, External>)
        return external;
      else
        return *std::get<std::optional<Layer>>(layers_);
    }
    /// Moves the layer out, for its last reader.
    template <class Layer>
    [[nodiscard]] Layer take() noexcept {
      return *std::move(std::get<std::optional<Layer>>(layers_));
    }
    template <class Layer>
    [[nodiscard]] bool has() const noexcept {
      return std::get<std::optional<Layer>>(layers_).has_value();
    }

   private:
    friend class StageGraph;
    template <std::size_t... I>
    Slot(ChunkPool& pool, std::size_t limit, std::index_sequence<I...>) : arenas_{((void)I, Arena(pool, limit))...} {}

    Layers layers_;
    std::array<Arena, kSize> arenas_;
  };

  /// Runs stage `index` (known only at run time) on the slot. Its inputs must be there. Any failure is a value.
  [[nodiscard]] static std::optional<Error> run(std::size_t index, const Stages& stages, Slot& slot,
                                                Scratch& scratch) noexcept {
    return run(index, stages, slot, scratch, std::make_index_sequence<kSize>{});
  }

  static constexpr std::array<Mask, kSize> followers() {
    std::array<Mask, kSize> result{};
    std::size_t from = 0;
    ((result[from++] = readers_of<typename S::Output>()), ...);
    return result;
  }
  /// Number of stages whose layers stage i waits for.
  static constexpr std::array<std::uint32_t, kSize> predecessor_counts() {
    return {static_cast<std::uint32_t>(graph_detail::kArity<typename S::Input> -
                                       (graph_detail::kReads<typename S::Input, External> ? 1 : 0))...};
  }

 private:
  template <class Layer>
  static constexpr Mask readers_of() {
    Mask mask = 0;
    std::size_t to = 0;
    ((mask |= graph_detail::kReads<typename S::Input, Layer> ? Mask{1} << to : Mask{0}, ++to), ...);
    return mask;
  }
  template <class Layer>
  static constexpr std::size_t producers_of() {
    return (std::size_t{std::same_as<Layer, typename S::Output>} + ...);
  }
  template <class Input>
  struct AllProduced;
  template <class... L>
  struct AllProduced<Reads<L...>> {
    static constexpr bool value = ((std::same_as<L, External> || producers_of<L>() == 1) && ...);
  };
  static constexpr bool acyclic() {
    auto waiting = predecessor_counts();
    std::array<bool, kSize> done{};
    for (std::size_t pass = 0; pass < kSize; ++pass) {
      for (std::size_t i = 0; i < kSize; ++i) {
        if (done[i] || waiting[i] != 0) continue;
        done[i] = true;
        for (std::size_t j = 0; j < kSize; ++j) {
          if ((followers()[i] >> j & 1U) != 0) --waiting[j];
        }
      }
    }
    for (const bool finished : done) {
      if (!finished) return false;
    }
    return true;
  }

  template <std::size_t... I>
  static std::optional<Error> run(std::size_t index, const Stages& stages, Slot& slot, Scratch& scratch,
                                  std::index_sequence<I...>) noexcept {
    std::optional<Error> error;
    ((index == I ? error = run_one<I>(stages, slot, scratch) : error), ...);
    return error;
  }
  template <std::size_t I>
  static std::optional<Error> run_one(const Stages& stages, Slot& slot, Scratch& scratch) noexcept {
    using One = std::tuple_element_t<I, Stages>;
    static_assert(((producers_of<typename S::Output>() == 1) && ...), "two stages produce the same layer");
    static_assert((AllProduced<typename S::Input>::value && ...), "a stage reads a layer that no stage produces");
    static_assert(acyclic(), "the stages form a cycle");
    try {
      const StageContext context(slot.arenas_[I], slot.deadline);
      auto result = std::get<I>(stages).run(inputs<typename One::Input>(slot), std::get<I>(scratch), context);
      if (!result) return result.error();
      std::get<I>(slot.layers_) = *std::move(result);
      return std::nullopt;
    } catch (const std::bad_alloc&) {
      return Error{ErrorCode::kMemoryLimit, "needs more memory than `limits.max_article_memory` allows"};
    }
  }
  template <class Input>
  static Input inputs(const Slot& slot) noexcept {
    return inputs(slot, static_cast<Input*>(nullptr));
  }
  template <class... L>
  static Reads<L...> inputs(const Slot& slot, Reads<L...>*) noexcept {
    return Reads<L...>{std::tuple<const L&...>(slot.template get<L>()...)};
  }
};

}  // namespace copydesk
