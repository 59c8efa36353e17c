// SPDX-License-Identifier: Apache-2.0
#include "tests/delivery/shared_broker.h"

#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <memory>

namespace copydesk::delivery {

const std::string& shared_broker() {
  static const std::string fixture = [] {
    std::ifstream file(kSharedBrokerFile);
    pid_t pid = 0;
    std::string address;
    if (file >> pid >> address && ::kill(pid, 0) == 0) return address;
    return std::string();
  }();
  if (!fixture.empty()) return fixture;
  static const private_broker::PrivateBroker own(shared_broker_settings());
  return own.bootstrap_servers();
}

private_broker::PrivateBrokerSettings shared_broker_settings() {
  return {.properties = {{"transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"},
                         {"authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"},
                         {"allow.everyone.if.no.acl.found", "true"}}};
}

std::string unique_name(const std::string& stem) {
  static std::atomic<int> counter = 0;
  return stem + "-" + std::to_string(getpid()) + "-" + std::to_string(++counter);
}

}  // namespace copydesk::delivery
