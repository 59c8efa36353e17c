// SPDX-License-Identifier: Apache-2.0
#include "tests/chaos/librdkafka_handles.h"

#include <array>
#include <stdexcept>

namespace copydesk::chaos {

ClientHandle make_kafka_client(rd_kafka_type_t type, const std::map<std::string, std::string>& properties,
                               DeliveryReport report, void* opaque) {
  std::array<char, 512> reason{};
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  for (const auto& [name, value] : properties) {
    if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), reason.data(), reason.size()) != RD_KAFKA_CONF_OK) {
      rd_kafka_conf_destroy(conf);
      throw std::runtime_error(reason.data());
    }
  }
  if (report != nullptr) rd_kafka_conf_set_dr_msg_cb(conf, report);
  rd_kafka_conf_set_opaque(conf, opaque);
  ClientHandle handle(rd_kafka_new(type, conf, reason.data(), reason.size()));
  if (handle == nullptr) {
    rd_kafka_conf_destroy(conf);
    throw std::runtime_error(reason.data());
  }
  return handle;
}

}  // namespace copydesk::chaos
