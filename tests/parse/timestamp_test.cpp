// SPDX-License-Identifier: Apache-2.0
#include "stages/parse/timestamp.h"

#include <gtest/gtest.h>

namespace copydesk {
namespace {

TEST(ParseTimestamp, ReadsWhatWiresSend) {
  struct Case {
    std::string_view text;
    std::int64_t seconds;
    std::int32_t zone;
  };
  constexpr std::int64_t kMorning = 1772442900;  // 2026-03-02T09:15:00Z
  for (const Case& one : {Case{"2026-03-02T09:15:00Z", kMorning, 0}, Case{"2026-03-02T10:15:00+01:00", kMorning, 60},
                          Case{"2026-03-02T10:15:00+0100", kMorning, 60}, Case{"2026-03-02T10:15:00+01", kMorning, 60},
                          Case{"2026-03-02T05:45:00-03:30", kMorning, -210}, Case{"2026-03-02 09:15:00", kMorning, 0},
                          Case{"2026-03-02t09:15:00.125z", kMorning, 0}, Case{"20260302T091500Z", kMorning, 0},
                          Case{"20260302T101500+0100", kMorning, 60}, Case{"2026-03-02T09:15Z", kMorning, 0},
                          Case{"2026-03-02", 1772409600, 0}, Case{"2024-02-29T00:00:00Z", 1709164800, 0},
                          Case{"1969-12-31T23:59:59Z", -1, 0}, Case{"2016-12-31T23:59:60Z", 1483228800, 0}}) {
    const auto time = parse::parse_timestamp(one.text);
    ASSERT_TRUE(time) << one.text;
    EXPECT_EQ(time->seconds, one.seconds) << one.text;
    EXPECT_EQ(time->offset_minutes, one.zone) << one.text;
  }
}

TEST(ParseTimestamp, RefusesTheRest) {
  for (const std::string_view text : {"", "yesterday", "2026", "2026-3-2", "2026-02-30", "2025-02-29", "2026-13-01",
                                      "2026-03-02T", "2026-03-02T9:15Z", "2026-03-02T25:00:00Z", "2026-03-02T09:60:00Z",
                                      "2026-03-02T09:15:61Z", "2026-03-02T09:15:00Q", "2026-03-02T09:15:00Z ",
                                      "2026-03-02T09:15:00+1", "2026-03-02T09:15:00+24:00", "02/03/2026"}) {
    EXPECT_FALSE(parse::parse_timestamp(text)) << text;
  }
}

}  // namespace
}  // namespace copydesk
