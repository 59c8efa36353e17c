// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "stages/result.h"

namespace copydesk::kafka {

/// A JSON Web Token (RFC 7519) as SASL/OAUTHBEARER hands it to a broker.
struct OauthToken {
  std::string compact;          ///< as written in the file
  std::string principal;        ///< its `sub`; "unknown" where it states none: only the broker judges a token
  std::int64_t expires_ms = 0;  ///< its `exp`, Unix time in milliseconds
};

/// Reads what `exp` and `sub` a token states. Its signature is the broker's to check. Errors say what is wrong without
/// quoting the token.
[[nodiscard]] Result<OauthToken> parse_oauth_token(std::string_view compact);

/// The token in a file, which whoever issues tokens writes anew before the old one expires. Errors name the file.
[[nodiscard]] Result<OauthToken> read_oauth_token(std::string_view path, std::int64_t now_ms);

/// The path in a value of `sasl.oauthbearer.config` of the form "token_file=/path"; empty where it has another form.
[[nodiscard]] std::string_view oauth_token_file(std::string_view sasl_oauthbearer_config) noexcept;

}  // namespace copydesk::kafka
