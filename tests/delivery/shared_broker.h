// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "pipeline/private_broker/private_broker.h"

namespace copydesk::delivery {

/// The bootstrap servers of the broker that the tests share: the one that ctest's fixture `broker` runs, or, where a
/// test program is started by hand, one of its own. Throws where there is none.
const std::string& shared_broker();

/// How it is set up, beyond what every PrivateBroker is: it aborts transactions that have timed out within a second,
/// and rights can be taken away (KafkaClient::allow_writing).
private_broker::PrivateBrokerSettings shared_broker_settings();

/// A name for a topic or group that no other test uses.
std::string unique_name(const std::string& stem);

/// The file in which the fixture tells the broker's address, and its process's id.
inline constexpr const char* kSharedBrokerFile = COPYDESK_BROKER_FILE;

}  // namespace copydesk::delivery
