#include "pipeline/delivery/lane.h"

#include <gtest/gtest.h>

#include <deque>
#include <random>

namespace copydesk {
namespace {

struct Item : LaneItem {
  explicit Item(std::int64_t at) { offset = at; }
};

TEST(Lane, ReleasesInInputOrderWhateverFinishesFirst) {
  Item a(10);
  Item b(11);
  Lane<Item> lane;
  lane.add(a);
  lane.add(b);
  b.progress = Progress::kReady;
  EXPECT_EQ(lane.next_to_send(), nullptr);
  a.progress = Progress::kReady;
  EXPECT_EQ(lane.next_to_send(), &a);
  lane.mark_sent();
  EXPECT_EQ(lane.next_to_send(), &b);
  lane.mark_sent();
  EXPECT_EQ(lane.next_to_send(), nullptr);
}

TEST(Lane, NextOffsetWaitsForTheOldest) {
  Item a(5);
  Item b(9);  // offsets may have gaps
  Lane<Item> lane;
  lane.add(a);
  lane.add(b);
  a.progress = b.progress = Progress::kReady;
  lane.mark_sent();
  lane.mark_sent();
  b.progress = Progress::kFinished;
  EXPECT_EQ(lane.take_finished(), nullptr);
  EXPECT_FALSE(lane.next_offset());
  a.progress = Progress::kFinished;
  EXPECT_EQ(lane.take_finished(), &a);
  EXPECT_EQ(lane.next_offset(), 6);
  EXPECT_EQ(lane.take_finished(), &b);
  EXPECT_EQ(lane.next_offset(), 10);
  EXPECT_TRUE(lane.empty());
}

/// The delivery invariant, for random interleavings of computing, sending, acknowledging and new arrivals.
TEST(Lane, NeverPassesAnUnfinishedOffset) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::deque<Item> items;
    std::vector<Item*> in_lane;
    Lane<Item> lane;
    std::int64_t offset = 0;
    std::int64_t last_sent = -1;
    for (int step = 0; step < 300; ++step) {
      const auto pick = [&]() -> Item& { return *in_lane[random() % in_lane.size()]; };
      switch (random() % 4) {
        case 0:
          offset += 1 + static_cast<std::int64_t>(random() % 3);
          in_lane.push_back(&items.emplace_back(offset));
          lane.add(items.back());
          break;
        case 1:
          if (!in_lane.empty() && pick().progress == Progress::kProcessing) {
            Item& item = pick();
            if (item.progress == Progress::kProcessing) item.progress = Progress::kReady;
          }
          break;
        case 2:
          while (Item* item = lane.next_to_send()) {
            ASSERT_GT(item->offset, last_sent);
            last_sent = item->offset;
            lane.mark_sent();
          }
          break;
        default:
          if (!in_lane.empty()) {
            Item& item = pick();
            if (item.progress == Progress::kSent) item.progress = Progress::kFinished;
          }
          while (Item* item = lane.take_finished()) {
            ASSERT_EQ(item, in_lane.front());
            in_lane.erase(in_lane.begin());
            ASSERT_EQ(lane.next_offset(), item->offset + 1);
          }
          break;
      }
      if (!in_lane.empty() && lane.next_offset()) {
        ASSERT_LE(*lane.next_offset(), in_lane.front()->offset);
      }
    }
  }
}

}  // namespace
}  // namespace copydesk
