// SPDX-License-Identifier: Apache-2.0
#include "config/value.h"

#include <gtest/gtest.h>

#include <sstream>

namespace copydesk {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(Duration, IsReadWithItsUnit) {
  EXPECT_EQ(config::parse_duration("500ms"), milliseconds(500));
  EXPECT_EQ(config::parse_duration("30s"), seconds(30));
  EXPECT_EQ(config::parse_duration("2m"), seconds(120));
  EXPECT_EQ(config::parse_duration("1h30m"), seconds(5400));
  EXPECT_EQ(config::parse_duration("2d"), hours(48));
  EXPECT_EQ(config::parse_duration("0"), milliseconds(0));
}

TEST(Duration, RefusesWhatIsNotOne) {
  for (const char* text : {"", "5", "s", "-5s", "1.5s", "5 s", "5S", "5sec", "1s1h", "1s1s", "1h30",
                           "99999999999999999999s", "9223372036854775807d", "9223372036854775807ms1ms"}) {
    EXPECT_EQ(config::parse_duration(text), std::nullopt) << text;
  }
}

TEST(Bytes, AreReadInBothFamiliesOfUnits) {
  EXPECT_EQ(config::parse_bytes("64MiB"), config::mebibytes(64));
  EXPECT_EQ(config::parse_bytes("64 mib"), config::mebibytes(64));
  EXPECT_EQ(config::parse_bytes("512KiB"), config::kibibytes(512));
  EXPECT_EQ(config::parse_bytes("1MB"), config::Bytes{1'000'000});
  EXPECT_EQ(config::parse_bytes("4096"), config::Bytes{4096});
  EXPECT_EQ(config::parse_bytes("18446744073709551615"), config::Bytes{~0ULL});
}

TEST(Bytes, RefuseWhatIsNoSize) {
  for (const char* text : {"", "MiB", "-1", "1.5GiB", "1  KiB", "1KiBs", "18446744073709551616", "16777216TiB"}) {
    EXPECT_EQ(config::parse_bytes(text), std::nullopt) << text;
  }
}

TEST(Values, AreShownInTheShortestFormThatReadsBack) {
  EXPECT_EQ(config::format_bytes(config::mebibytes(64)), "64MiB");
  EXPECT_EQ(config::format_bytes(config::mebibytes(1536)), "1536MiB");
  EXPECT_EQ(config::format_bytes({1'000'000}), "1MB");
  EXPECT_EQ(config::format_bytes({1'000'001}), "1000001");
  EXPECT_EQ(config::format_bytes({0}), "0B");
  EXPECT_EQ(config::format_duration(seconds(90)), "1m30s");
  EXPECT_EQ(config::format_duration(milliseconds(1500)), "1s500ms");
  EXPECT_EQ(config::format_duration(seconds(0)), "0s");
  EXPECT_EQ(config::format_number(0.1), "0.1");
  for (std::uint64_t count = 1; count < (1ULL << 62U); count = count * 3 + 1) {
    EXPECT_EQ(config::parse_bytes(config::format_bytes({count})), config::Bytes{count});
    EXPECT_EQ(config::parse_duration(config::format_duration(milliseconds(count))), milliseconds(count));
  }
}

TEST(Numbers, AreReadToTheEndOrNotAtAll) {
  EXPECT_EQ(config::parse_unsigned("18446744073709551615"), ~0ULL);
  EXPECT_EQ(config::parse_integer("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(config::parse_number("1e3"), 1000.0);
  EXPECT_EQ(config::parse_bool("True"), true);
  for (const char* text : {"", " 1", "1 ", "0x10", "1_000", "+1"})
    EXPECT_EQ(config::parse_unsigned(text), std::nullopt) << text;
  EXPECT_EQ(config::parse_unsigned("-1"), std::nullopt);
  EXPECT_EQ(config::parse_unsigned("18446744073709551616"), std::nullopt);
  for (const char* text : {"", "nan", "inf", "1e999", "1.0x"})
    EXPECT_EQ(config::parse_number(text), std::nullopt) << text;
  for (const char* text : {"", "yes", "on", "1"}) EXPECT_EQ(config::parse_bool(text), std::nullopt) << text;
}

TEST(Secret, IsNeverPrinted) {
  std::ostringstream out;
  out << config::Secret("hunter2") << '|' << config::Secret();
  EXPECT_EQ(out.str(), "***|");
  EXPECT_EQ(config::Secret("hunter2").reveal(), "hunter2");
}

TEST(Secret, PropertiesAreKnownByTheirNames) {
  for (const char* name : {"sasl.password", "ssl.key.password", "ssl.key.pem", "ssl_key_pem", "ssl.keystore.password",
                           "sasl.oauthbearer.client.secret", "SASL.PASSWORD", "sasl.oauthbearer.config"}) {
    EXPECT_TRUE(config::names_a_secret(name)) << name;
  }
  for (const char* name :
       {"sasl.username", "sasl.mechanisms", "ssl.ca.location", "ssl.certificate.pem", "security.protocol"}) {
    EXPECT_FALSE(config::names_a_secret(name)) << name;
  }
}

}  // namespace
}  // namespace copydesk
