// SPDX-License-Identifier: Apache-2.0
#include "pipeline/delivery/lane.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <deque>
#include <random>
#include <vector>

namespace copydesk {
namespace {

struct Item : delivery::LaneItem {
  explicit Item(std::int64_t at, std::string_view of = {}) {
    offset = at;
    chain = of;
  }
};

TEST(Lane, ReleasesInInputOrderWhateverFinishesFirst) {
  Item a(10);
  Item b(11);
  delivery::Lane<Item> lane;
  lane.add(a);
  lane.add(b);
  lane.mark_ready(b);
  EXPECT_EQ(lane.next_to_send(), nullptr);
  lane.mark_ready(a);
  EXPECT_EQ(lane.next_to_send(), &a);
  lane.mark_sent();
  EXPECT_EQ(lane.next_to_send(), &b);
  lane.mark_sent();
  EXPECT_EQ(lane.next_to_send(), nullptr);
}

TEST(Lane, NextOffsetWaitsForTheOldest) {
  Item a(5);
  Item b(9);  // offsets may have gaps
  delivery::Lane<Item> lane;
  for (Item* item : {&a, &b}) lane.add(*item);
  for (Item* item : {&a, &b}) lane.mark_ready(*item);
  lane.mark_sent();
  lane.mark_sent();
  EXPECT_TRUE(lane.all_sent());
  b.progress = delivery::Progress::kFinished;
  EXPECT_EQ(lane.take_finished(), nullptr);
  EXPECT_FALSE(lane.next_offset());
  a.progress = delivery::Progress::kFinished;
  EXPECT_EQ(lane.take_finished(), &a);
  EXPECT_EQ(lane.next_offset(), 6);
  EXPECT_EQ(lane.take_finished(), &b);
  EXPECT_EQ(lane.next_offset(), 10);
  EXPECT_TRUE(lane.empty());
}

TEST(Lane, OtherKeysOvertakeButTheOffsetWaits) {
  Item slow(1, "flood");
  Item other(2, "election");
  Item update(3, "flood");
  delivery::Lane<Item> lane;
  for (Item* item : {&slow, &other, &update}) lane.add(*item);
  lane.mark_ready(update);
  EXPECT_EQ(lane.next_to_send(), nullptr) << "an update must not overtake its story";
  lane.mark_ready(other);
  EXPECT_EQ(lane.next_to_send(), &other);
  lane.mark_sent();
  other.progress = delivery::Progress::kFinished;
  EXPECT_EQ(lane.take_finished(), nullptr);
  EXPECT_FALSE(lane.next_offset());
  lane.mark_ready(slow);
  EXPECT_EQ(lane.next_to_send(), &slow);
  lane.mark_sent();
  EXPECT_EQ(lane.next_to_send(), &update);
}

TEST(Lane, RewindSendsAgainInOrder) {
  Item a(1);
  Item b(2);
  Item c(3);
  delivery::Lane<Item> lane;
  for (Item* item : {&a, &b, &c}) lane.add(*item);
  lane.mark_ready(a);
  lane.mark_ready(b);
  lane.mark_sent();
  lane.mark_sent();
  EXPECT_EQ(lane.next_offset_of_sent(), 3);
  a.progress = delivery::Progress::kFinished;
  lane.rewind();
  EXPECT_FALSE(lane.next_offset_of_sent());
  for (Item* item : {&a, &b}) {
    EXPECT_EQ(lane.next_to_send(), item);
    lane.mark_sent();
  }
  EXPECT_EQ(lane.next_to_send(), nullptr);
  lane.mark_ready(c);
  EXPECT_EQ(lane.next_to_send(), &c);
}

/// The lane as one would write it without regard to speed: looks at every article each time.
class NaiveLane {
 public:
  void add(Item& item) { items_.push_back(&item); }
  [[nodiscard]] bool may_send(const Item& item) const {
    if (item.progress != delivery::Progress::kReady) return false;
    for (const Item* earlier : items_) {
      if (earlier == &item) return true;
      const bool sent =
          earlier->progress == delivery::Progress::kSent || earlier->progress == delivery::Progress::kFinished;
      if (earlier->chain == item.chain && !sent) return false;
    }
    return false;
  }
  [[nodiscard]] bool anything_to_send() const {
    return std::any_of(items_.begin(), items_.end(), [this](const Item* item) { return may_send(*item); });
  }
  [[nodiscard]] std::optional<std::int64_t> next_offset() const {
    std::optional<std::int64_t> next;
    for (const Item* item : items_) {
      if (item->progress != delivery::Progress::kFinished) break;
      next = item->offset + 1;
    }
    return next;
  }

 private:
  std::vector<Item*> items_;
};

/// The delivery invariant, for random interleavings of arriving, computing, sending, acknowledging and rewinding, with
/// one chain and with many.
TEST(Lane, DoesAsTheNaiveOne) {
  static constexpr std::array<std::string_view, 5> kKeys{"a", "b", "c", "d", ""};
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    const std::size_t keys = round % 2 == 0 ? 1 : kKeys.size();
    std::deque<Item> items;
    delivery::Lane<Item> lane;
    NaiveLane naive;
    std::int64_t offset = 0;
    for (int step = 0; step < 300; ++step) {
      const auto pick = [&](delivery::Progress progress) -> Item* {
        if (items.empty()) return nullptr;
        Item& item = items[random() % items.size()];
        return item.progress == progress ? &item : nullptr;
      };
      switch (random() % 5) {
        case 0:
          offset += 1 + static_cast<std::int64_t>(random() % 3);
          lane.add(items.emplace_back(offset, kKeys.at(random() % keys)));
          naive.add(items.back());
          break;
        case 1:
          if (Item* item = pick(delivery::Progress::kProcessing)) lane.mark_ready(*item);
          break;
        case 2:
          if (Item* item = lane.next_to_send()) {
            ASSERT_TRUE(naive.may_send(*item)) << "offset " << item->offset;
            lane.mark_sent();
          } else {
            ASSERT_FALSE(naive.anything_to_send());
          }
          break;
        case 3:
          if (Item* item = pick(delivery::Progress::kSent)) item->progress = delivery::Progress::kFinished;
          while (lane.take_finished() != nullptr) continue;
          break;
        default:
          if (random() % 20 == 0 && keys == 1) lane.rewind();
          break;
      }
      if (lane.next_offset()) {
        ASSERT_EQ(lane.next_offset(), naive.next_offset());
      }
    }
    // Nothing stays behind for ever.
    for (Item& item : items) {
      if (item.progress == delivery::Progress::kProcessing) lane.mark_ready(item);
    }
    while (lane.next_to_send() != nullptr) lane.mark_sent();
    for (Item& item : items) item.progress = delivery::Progress::kFinished;
    while (lane.take_finished() != nullptr) continue;
    ASSERT_TRUE(lane.empty());
  }
}

}  // namespace
}  // namespace copydesk
