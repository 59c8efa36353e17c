// SPDX-License-Identifier: Apache-2.0
#pragma once

// The bad records of tests/wire/bad as its manifest describes them.

#include <string>
#include <vector>

#include "tests/delivery/kafka_client.h"

namespace copydesk::delivery {

struct BadValue {
  std::string file;
  bool enriched = false;  ///< it is bad, and read all the same
  std::string reason;     ///< of its dead letter
  std::string message;    ///< what must be said of it; may be empty
  std::string bytes;
};
std::vector<BadValue> bad_values();

/// The record whose header `case` has that value, which tests give each one; nullptr where there is none.
const Record* find_case(const std::vector<Record>& records, const std::string& name);

}  // namespace copydesk::delivery
