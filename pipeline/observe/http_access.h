// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/value.h"

namespace copydesk::observe {

/// Who may ask an HttpServer for what.
struct HttpAccess {
  std::string username;            ///< empty: nobody is asked who they are
  config::Secret password;         ///< with `username`: HTTP basic authentication (RFC 7617)
  std::set<std::string> open;      ///< paths that need none
  std::vector<std::string> hosts;  ///< names, beside the address itself, under which the server may be asked
};

/// True where "HOST:PORT" is an address that only this machine reaches.
[[nodiscard]] bool is_loopback(std::string_view listen);

/// Decides on requests. Immutable; used by several threads.
class AccessCheck {
 public:
  enum class Answer { kYes, kUnknownHost, kUnauthorized };

  AccessCheck(const HttpAccess& access, std::string_view listen);

  /// `host` and `authorization`: those headers of the request, empty where it has none. A server that only this machine
  /// reaches, or that was given names, refuses requests for other names: a page of another site whose name was made to
  /// point here (DNS rebinding) sends its own. Takes as long for a wrong password as for the right one.
  [[nodiscard]] Answer decide(std::string_view path, std::string_view host, std::string_view authorization) const;

 private:
  [[nodiscard]] bool knows(std::string_view host) const;

  bool any_host_;
  std::set<std::string> hosts_;
  std::set<std::string> open_;
  std::string expected_;  ///< "Basic …"; empty: nobody is asked
};

}  // namespace copydesk::observe
