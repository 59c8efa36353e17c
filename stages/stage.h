// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <concepts>
#include <string_view>
#include <tuple>

#include "stages/arena.h"
#include "stages/result.h"

namespace copydesk {

/// A stage's immutable inputs: layers of one article, addressed by type.
template <class... Layers>
struct Reads {
  std::tuple<const Layers&...> layers;

  template <class Layer>
  [[nodiscard]] const Layer& get() const noexcept {
    return std::get<const Layer&>(layers);
  }
};

/// What a stage is given for one article besides its inputs.
class StageContext {
 public:
  using Clock = std::chrono::steady_clock;

  StageContext(Arena& arena, Clock::time_point deadline) : arena_(&arena), deadline_(deadline) {}

  /// Where the stage's output lives. It outlives every stage that reads the output.
  [[nodiscard]] Arena& arena() const noexcept { return *arena_; }

  /// True once the article's time is up: the stage then returns ErrorCode::kDeadline. Poll it at least once per
  /// sentence in any loop whose cost is not plainly linear; the call reads the clock (about 25 ns).
  [[nodiscard]] bool expired() const noexcept { return Clock::now() >= deadline_; }

 private:
  Arena* arena_;
  Clock::time_point deadline_;
};

/// A stage turns layers of one article into one new layer, and does nothing else: no I/O, no threads, no logging.
///
/// - The constructor (or a static `build()`) is the only place that may touch files or fail by exception.
/// - `run()` is const: one object serves all threads. It may throw only std::bad_alloc (from the arena); bad input is
///   an Error. It leaves nothing behind but its output, in the arena, and the capacity of its scratch.
/// - `Input` is `Reads<...>`: the edges of the graph follow from it. `Scratch` is one per thread, reused.
/// - `Output` is written once by this stage, then read-only, and trivially destructible (it lives in the arena).
template <class S>
concept Stage = requires(const S& stage, const typename S::Input& input, typename S::Scratch& scratch,
                         const StageContext& context) {
  { S::kName } -> std::convertible_to<std::string_view>;
  { stage.run(input, scratch, context) } -> std::same_as<Result<typename S::Output>>;
};

}  // namespace copydesk
