// SPDX-License-Identifier: Apache-2.0
#include "tests/chaos/schedule.h"

#include <gtest/gtest.h>

#include <set>

namespace copydesk::chaos {
namespace {

Fault at(std::uint64_t seed, int index) {
  static const std::vector<FaultKind> kinds = all_fault_kinds();
  return fault_at(seed, index, kinds, 3, 3);
}

bool same(const Fault& left, const Fault& right) {
  return left.kind == right.kind && left.target == right.target && left.holds_s == right.holds_s &&
         left.before_s == right.before_s && left.settles == right.settles && left.kills == right.kills &&
         left.variant == right.variant;
}

TEST(Schedule, KnowsItsKindsByName) {
  for (const FaultKind kind : all_fault_kinds()) EXPECT_EQ(fault_kind(name_of(kind)), kind);
  EXPECT_FALSE(fault_kind("earthquake"));
}

TEST(Schedule, IsTheSameForTheSameSeedAndAnotherForAnother) {
  int different = 0;
  for (int index = 0; index < 100; ++index) {
    EXPECT_TRUE(same(at(7, index), at(7, index)));
    different += same(at(7, index), at(8, index)) ? 0 : 1;
  }
  EXPECT_GT(different, 90);
}

TEST(Schedule, HasEveryKindOncePerRoundInAnOrderOfItsOwn) {
  std::set<std::vector<FaultKind>> orders;
  for (int round = 0; round < 5; ++round) {
    std::vector<FaultKind> order;
    for (int i = 0; i < kFaultKinds; ++i) order.push_back(at(1, round * kFaultKinds + i).kind);
    EXPECT_EQ(std::set<FaultKind>(order.begin(), order.end()).size(), static_cast<std::size_t>(kFaultKinds));
    orders.insert(order);
  }
  EXPECT_EQ(orders.size(), 5U);
}

TEST(Schedule, StrikesEveryTarget) {
  std::set<int> workers;
  std::set<int> brokers;
  const std::vector<FaultKind> kill{FaultKind::kWorkerKill};
  const std::vector<FaultKind> cut{FaultKind::kNetworkCut};
  for (int index = 0; index < 60; ++index) {
    workers.insert(fault_at(1, index, kill, 4, 3).target);
    brokers.insert(fault_at(1, index, cut, 4, 3).target);
  }
  EXPECT_EQ(workers, (std::set<int>{0, 1, 2, 3}));
  EXPECT_EQ(brokers, (std::set<int>{0, 1, 2}));
}

TEST(Schedule, KillsAWorkerAmidSomeFaultsOfBrokersAndNetwork) {
  std::set<FaultKind> amid;
  for (int index = 0; index < 40 * kFaultKinds; ++index) {
    if (at(1, index).kills >= 0) amid.insert(at(1, index).kind);
  }
  for (const FaultKind kind : all_fault_kinds()) {
    EXPECT_EQ(amid.contains(kind), kind >= FaultKind::kBrokerKill) << name_of(kind);
  }
}

TEST(Schedule, TakesEveryVariantOfAKindInTurn) {
  const auto variants_of = [](std::uint64_t seed, FaultKind kind, int rounds) {
    std::vector<int> variants;
    for (int index = 0; index < rounds * kFaultKinds; ++index) {
      if (at(seed, index).kind == kind) variants.push_back(at(seed, index).variant);
    }
    return variants;
  };
  std::set<int> first;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const auto refused = variants_of(seed, FaultKind::kRecordRefused, 5);
    EXPECT_EQ(std::set<int>(refused.begin(), refused.end()), (std::set<int>{0, 1, 2, 3, 4}));
    first.insert(refused.front());
    const auto remade = variants_of(seed, FaultKind::kInputRemade, 3);
    EXPECT_EQ(std::set<int>(remade.begin(), remade.end()), (std::set<int>{0, 1, 2}));
    EXPECT_EQ(variants_of(seed, FaultKind::kWorkerKill, 2), (std::vector<int>{0, 0}));
  }
  EXPECT_EQ(first, (std::set<int>{0, 1, 2, 3, 4}));
}

}  // namespace
}  // namespace copydesk::chaos
