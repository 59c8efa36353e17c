// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/join_watch.h"

#include <chrono>

namespace copydesk::kafka {

namespace {

// Kafka's numbers of these requests (https://kafka.apache.org/protocol#protocol_api_keys).
constexpr std::int16_t kMetadata = 3;
constexpr std::int16_t kJoinGroup = 11;
constexpr std::int16_t kHeartbeat = 12;
constexpr std::int16_t kSyncGroup = 14;
constexpr const char* kName = "copydesk-join-watch";
/// A consumer that has lost its coordinator in the middle of it joins again sooner.
constexpr std::int64_t kLongestMs = 60'000;
/// Far longer than librdkafka takes from the answer to a heartbeat to its request to join.
constexpr std::int64_t kMomentMs = 100;

std::int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

}  // namespace

void JoinWatch::attach(rd_kafka_conf_t* conf) {
  const auto on_new = [](rd_kafka_t* handle, const rd_kafka_conf_t*, void* watch, char*, std::size_t) {
    const auto on_request = [](rd_kafka_t*, int, const char*, std::int32_t, std::int16_t request, std::int16_t,
                               std::int32_t, std::size_t, void* self) {
      if (request == kJoinGroup) static_cast<JoinWatch*>(self)->expect_join();
      if (request == kMetadata) static_cast<JoinWatch*>(self)->metadata_ms_ = now_ms();
      return RD_KAFKA_RESP_ERR_NO_ERROR;
    };
    const auto on_response = [](rd_kafka_t*, int, const char*, std::int32_t, std::int16_t request, std::int16_t,
                                std::int32_t, std::size_t, std::int64_t, rd_kafka_resp_err_t, void* self) {
      auto& owner = *static_cast<JoinWatch*>(self);
      if (request == kSyncGroup) owner.since_ms_ = 0;
      if (request == kHeartbeat) owner.heartbeat_ms_ = now_ms();
      return RD_KAFKA_RESP_ERR_NO_ERROR;
    };
    rd_kafka_interceptor_add_on_request_sent(handle, kName, on_request, watch);
    rd_kafka_interceptor_add_on_response_received(handle, kName, on_response, watch);
    return RD_KAFKA_RESP_ERR_NO_ERROR;
  };
  rd_kafka_conf_interceptor_add_on_new(conf, kName, on_new, this);
}

void JoinWatch::expect_join() noexcept {
  since_ms_ = now_ms();
}

std::chrono::steady_clock::time_point JoinWatch::metadata_asked() const noexcept {
  return std::chrono::steady_clock::time_point(std::chrono::milliseconds(metadata_ms_));
}

bool JoinWatch::joining() const noexcept {
  const std::int64_t now = now_ms();
  const std::int64_t since = since_ms_;
  return (since != 0 && now - since < kLongestMs) || now - heartbeat_ms_ < kMomentMs;
}

}  // namespace copydesk::kafka
