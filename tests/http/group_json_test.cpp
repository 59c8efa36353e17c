// SPDX-License-Identifier: Apache-2.0
#include "pipeline/live_page/group_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace copydesk {
namespace {

TEST(GroupJson, ListsMembersWithTheirPartitionsInOrder) {
  const delivery::ConsumerGroup group{
      .id = "newsroom",
      .state = "Stable",
      .members =
          {{.client = "copydesk", .host = "10.0.0.8", .instance = "worker-2", .partitions = {}},
           {.client = "copydesk", .host = "10.0.0.7", .instance = "worker-1", .partitions = {{"wire", 0}, {"wire", 2}}},
           {.client = "a \"b\"", .host = "10.0.0.9", .instance = "", .partitions = {{"wire", 1}}}},
      .problem = {}};
  EXPECT_EQ(live_page::group_json(group),
            R"({"id":"newsroom","state":"Stable","count":3,"members":[)"
            R"({"client":"a \"b\"","host":"10.0.0.9","partitions":[["wire",1]]},)"
            R"({"client":"copydesk","host":"10.0.0.7","instance":"worker-1","partitions":[["wire",0],["wire",2]]},)"
            R"({"client":"copydesk","host":"10.0.0.8","instance":"worker-2","partitions":[]}]})");
}

TEST(GroupJson, SaysWhyItCannotBeTold) {
  EXPECT_EQ(live_page::group_json(
                {.id = "newsroom", .state = {}, .members = {}, .problem = "GROUP_AUTHORIZATION_FAILED: no"}),
            R"({"id":"newsroom","problem":"GROUP_AUTHORIZATION_FAILED: no"})");
}

TEST(GroupJson, IsBounded) {
  delivery::ConsumerGroup group{.id = "large", .state = "Stable", .members = {}, .problem = {}};
  group.members.resize(1000);
  const auto json = nlohmann::json::parse(live_page::group_json(group));
  EXPECT_EQ(json["count"], 1000);
  EXPECT_EQ(json["members"].size(), live_page::kMostMembers);
}

}  // namespace
}  // namespace copydesk
