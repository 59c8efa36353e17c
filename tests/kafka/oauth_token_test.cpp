// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/oauth_token.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace copydesk::kafka {
namespace {

// {"alg":"none"} . {"sub":"desk","iat":1,"exp":2000000000.5}
const std::string kToken = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJkZXNrIiwiaWF0IjoxLCJleHAiOjIwMDAwMDAwMDAuNX0.c2lnbmF0dXJl";

TEST(OauthToken, SaysWhoseItIsAndWhenItExpires) {
  const auto token = parse_oauth_token(kToken);
  ASSERT_TRUE(token.ok()) << token.error().message;
  EXPECT_EQ(token->compact, kToken);
  EXPECT_EQ(token->principal, "desk");
  EXPECT_EQ(token->expires_ms, 2'000'000'000'000);
  // {"exp":2000000000}: whose it is, is the broker's matter.
  EXPECT_EQ(parse_oauth_token("a.eyJleHAiOjIwMDAwMDAwMDB9.b")->principal, "unknown");
}

TEST(OauthToken, RefusesWhatIsNoneWithoutShowingIt) {
  for (const char* bad : {"", "hunter2", "hunter2.hunter2", "a.!hunter2!.c", "a.aHVudGVyMg.c", "a..c", "..",
                          "a.eyJzdWIiOiJodW50ZXIyIn0.c" /* {"sub":"hunter2"} */, "a.eyJleHAiOiJodW50ZXIyIn0.c",
                          "a.eyJleHAiOi0xfQ.c" /* {"exp":-1} */, "a.eyJleHAiOjFlOTl9.c" /* {"exp":1e99} */}) {
    const auto token = parse_oauth_token(bad);
    ASSERT_FALSE(token.ok()) << bad;
    EXPECT_EQ(token.error().message.find("hunter2"), std::string::npos) << bad;
    EXPECT_FALSE(token.error().message.empty());
  }
}

TEST(OauthToken, IsReadFromItsFile) {
  const auto path = std::filesystem::path(testing::TempDir()) / "copydesk-oauth-token";
  std::ofstream(path) << kToken << "\n";
  EXPECT_TRUE(read_oauth_token(path.string(), 1'999'999'999'999).ok());
  const auto expired = read_oauth_token(path.string(), 2'000'000'000'000);
  ASSERT_FALSE(expired.ok());
  EXPECT_NE(expired.error().message.find(path.string() + "' holds a token that has expired"), std::string::npos);
  std::filesystem::remove(path);
  EXPECT_NE(read_oauth_token(path.string(), 1).error().message.find("does not exist"), std::string::npos);
}

TEST(OauthToken, IsNamedInThePropertyOfLibrdkafka) {
  EXPECT_EQ(oauth_token_file("token_file=/run/secrets/token"), "/run/secrets/token");
  EXPECT_EQ(oauth_token_file("principal=desk"), "");
  EXPECT_EQ(oauth_token_file(""), "");
}

}  // namespace
}  // namespace copydesk::kafka
