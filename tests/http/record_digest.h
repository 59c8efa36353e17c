// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "stages/encode/record.h"

namespace copydesk::test {

/// A record that a test has written by hand, with the digest that `encode` would have made beside it: id, status, who
/// is quoted and which places are named. Throws where it is not a JSON object.
[[nodiscard]] encode::Record with_digest(std::string_view json);

}  // namespace copydesk::test
