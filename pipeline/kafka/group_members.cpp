// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/group_members.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <stdexcept>
#include <utility>

namespace copydesk::kafka {

namespace {

constexpr int kTimeoutMs = 5'000;
constexpr int kLookEveryMs = 100;

std::string text_or_empty(const char* text) {
  return text == nullptr ? std::string() : std::string(text);
}

delivery::ConsumerGroup::Member member_of(const rd_kafka_MemberDescription_t& described) {
  delivery::ConsumerGroup::Member member{
      .client = text_or_empty(rd_kafka_MemberDescription_client_id(&described)),
      .host = text_or_empty(rd_kafka_MemberDescription_host(&described)),
      .instance = text_or_empty(rd_kafka_MemberDescription_group_instance_id(&described)),
      .partitions = {}};
  if (member.host.starts_with('/')) member.host.erase(0, 1);  // Java's way to print an address
  const rd_kafka_MemberAssignment_t* assignment = rd_kafka_MemberDescription_assignment(&described);
  const auto* partitions = assignment == nullptr ? nullptr : rd_kafka_MemberAssignment_partitions(assignment);
  for (int i = 0; partitions != nullptr && i < partitions->cnt; ++i) {
    member.partitions.push_back({text_or_empty(partitions->elems[i].topic), partitions->elems[i].partition});
  }
  return member;
}

}  // namespace

GroupMembers::GroupMembers(Properties common, std::string group)
    : common_(std::move(common)), group_(std::move(group)) {}

void GroupMembers::connect() {
  if (client_ != nullptr) return;
  client_ = make_client(RD_KAFKA_PRODUCER, make_conf(common_));
  answers_.reset(rd_kafka_queue_new(client_.get()));
}

delivery::ConsumerGroup GroupMembers::ask(const std::stop_token& stop) {
  delivery::ConsumerGroup group{.id = group_, .state = {}, .members = {}, .problem = {}};
  try {
    connect();
  } catch (const std::runtime_error& error) {
    group.problem = error.what();
    return group;
  }
  std::array<char, 512> error{};
  const AdminOptions options(rd_kafka_AdminOptions_new(client_.get(), RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS));
  rd_kafka_AdminOptions_set_request_timeout(options.get(), kTimeoutMs, error.data(), error.size());
  std::array<const char*, 1> names{group_.c_str()};
  while (Event(rd_kafka_queue_poll(answers_.get(), 0)) != nullptr) {
  }  // answers that came too late for an earlier question
  rd_kafka_DescribeConsumerGroups(client_.get(), names.data(), names.size(), options.get(), answers_.get());

  Event event;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(kTimeoutMs + 1000);
  while (event == nullptr && !stop.stop_requested() && std::chrono::steady_clock::now() < deadline) {
    event.reset(rd_kafka_queue_poll(answers_.get(), kLookEveryMs));
  }
  const auto* result = event == nullptr ? nullptr : rd_kafka_event_DescribeConsumerGroups_result(event.get());
  if (result == nullptr) {
    group.problem = "the brokers did not answer in time";
    return group;
  }
  if (const auto code = rd_kafka_event_error(event.get())) {
    group.problem = fmt::format("{}: {}", code_name(code), text_or_empty(rd_kafka_event_error_string(event.get())));
    return group;
  }
  std::size_t count = 0;
  const auto** groups = rd_kafka_DescribeConsumerGroups_result_groups(result, &count);
  if (count != 1) {
    group.problem = "the brokers did not describe the group";
    return group;
  }
  if (const rd_kafka_error_t* refused = rd_kafka_ConsumerGroupDescription_error(groups[0]);
      refused != nullptr && rd_kafka_error_code(refused) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    group.problem =
        fmt::format("{}: {}", code_name(rd_kafka_error_code(refused)), text_or_empty(rd_kafka_error_string(refused)));
    return group;
  }
  group.state = text_or_empty(rd_kafka_consumer_group_state_name(rd_kafka_ConsumerGroupDescription_state(groups[0])));
  for (std::size_t i = 0; i < rd_kafka_ConsumerGroupDescription_member_count(groups[0]); ++i) {
    group.members.push_back(member_of(*rd_kafka_ConsumerGroupDescription_member(groups[0], i)));
  }
  return group;
}

}  // namespace copydesk::kafka
