// SPDX-License-Identifier: Apache-2.0
#include "pipeline/live_page/group_json.h"

#include <algorithm>
#include <tuple>

#include "stages/encode/json_writer.h"

namespace copydesk::live_page {

std::string group_json(delivery::ConsumerGroup group) {
  encode::JsonWriter json;
  json.start(1024);
  json.raw(R"({"id":)");
  json.string(group.id);
  if (!group.problem.empty()) {
    json.raw(R"(,"problem":)");
    json.string(group.problem);
    json.raw('}');
    return std::string(json.str());
  }
  json.raw(R"(,"state":)");
  json.string(group.state);
  json.raw(R"(,"count":)");
  json.number(group.members.size());
  json.raw(R"(,"members":[)");
  std::ranges::sort(group.members, {}, [](const delivery::ConsumerGroup::Member& member) {
    return std::tie(member.client, member.instance, member.host, member.partitions);
  });
  const std::size_t listed = std::min(group.members.size(), kMostMembers);
  for (std::size_t i = 0; i < listed; ++i) {
    const delivery::ConsumerGroup::Member& member = group.members[i];
    if (i > 0) json.raw(',');
    json.raw(R"({"client":)");
    json.string(member.client);
    json.raw(R"(,"host":)");
    json.string(member.host);
    if (!member.instance.empty()) {
      json.raw(R"(,"instance":)");
      json.string(member.instance);
    }
    json.raw(R"(,"partitions":[)");
    for (std::size_t p = 0; p < member.partitions.size(); ++p) {
      json.raw(p > 0 ? ",[" : "[");
      json.string(member.partitions[p].topic);
      json.raw(',');
      json.number(member.partitions[p].partition);
      json.raw(']');
    }
    json.raw("]}");
  }
  json.raw("]}");
  return std::string(json.str());
}

}  // namespace copydesk::live_page
