// SPDX-License-Identifier: Apache-2.0
#include "stages/graph.h"

#include <gtest/gtest.h>

namespace copydesk {
namespace {

struct In {
  int value = 0;
};
struct A {
  int value = 0;
};
struct B {
  int value = 0;
};
struct C {
  int value = 0;
};
struct D {
  int value = 0;
};

template <class Out, class... Ins>
struct Sum {
  static constexpr std::string_view kName = "sum";
  using Input = Reads<Ins...>;
  using Output = Out;
  struct Scratch {};
  Result<Out> run(const Input& input, Scratch&, const StageContext& context) const {
    if (context.expired()) return Error{ErrorCode::kDeadline, "late"};
    (void)context.arena().template make_array<char>(1000);
    return Out{1 + (input.template get<Ins>().value + ...)};
  }
};

// Listed out of order on purpose: the schedule follows from the types.
using Diamond = StageGraph<In, Sum<D, B, C>, Sum<B, A>, Sum<C, A>, Sum<A, In>>;

TEST(StageGraph, DerivesEdgesFromTypes) {
  constexpr auto followers = Diamond::followers();
  EXPECT_EQ(followers[0], 0U);
  EXPECT_EQ(followers[1], 0b0001U);
  EXPECT_EQ(followers[2], 0b0001U);
  EXPECT_EQ(followers[3], 0b0110U);
  EXPECT_EQ(Diamond::predecessor_counts(), (std::array<std::uint32_t, 4>{2, 1, 1, 0}));
}

TEST(StageGraph, RunsAStageOnItsLayers) {
  ChunkPool pool;
  Diamond::Slot slot(pool, 1 << 20);
  slot.external.value = 1;
  const Diamond::Stages stages;
  Diamond::Scratch scratch;
  for (const std::size_t index : {3U, 1U, 2U, 0U}) EXPECT_FALSE(Diamond::run(index, stages, slot, scratch));
  EXPECT_EQ(slot.get<D>().value, 7);
  slot.reset();
  EXPECT_FALSE(slot.has<D>());
}

TEST(StageGraph, TurnsExhaustedMemoryIntoAValue) {
  ChunkPool pool;
  Diamond::Slot slot(pool, 10);
  const Diamond::Stages stages;
  Diamond::Scratch scratch;
  const auto error = Diamond::run(3, stages, slot, scratch);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code, ErrorCode::kMemoryLimit);
}

TEST(StageGraph, PassesTheDeadlineToTheStage) {
  ChunkPool pool;
  Diamond::Slot slot(pool, 1 << 20);
  slot.deadline = StageContext::Clock::time_point::min();
  const Diamond::Stages stages;
  Diamond::Scratch scratch;
  const auto error = Diamond::run(3, stages, slot, scratch);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code, ErrorCode::kDeadline);
}

TEST(Arena, GivesAlignedMemoryAcrossChunksAndTakesItBack) {
  ChunkPool pool;
  Arena arena(pool);
  for (int i = 0; i < 1000; ++i) {
    const auto bytes = arena.make_array<char>(static_cast<std::size_t>(i));
    const auto words = arena.make_array<double>(100);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(words.data()) % alignof(double), 0U);
    for (double& word : words) word = 1;
    for (char& byte : bytes) byte = 'x';
  }
  EXPECT_GT(arena.used_bytes(), 800'000U);
  arena.reset();
  EXPECT_EQ(arena.used_bytes(), 0U);
}

}  // namespace
}  // namespace copydesk
