// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace copydesk::encode {

/// Appends `text` to `out` as a JSON string, quotes included. Bytes that are not UTF-8 become U+FFFD, so that the
/// result is valid JSON whatever the input.
void append_json_string(std::string& out, std::string_view text);

}  // namespace copydesk::encode
