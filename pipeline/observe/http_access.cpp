// SPDX-License-Identifier: Apache-2.0
#include "pipeline/observe/http_access.h"

#include <algorithm>
#include <cstdint>

namespace copydesk::observe {

namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return result;
}

/// RFC 4648, section 4.
std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  std::uint32_t buffer = 0;
  unsigned bits = 0;
  for (const char c : bytes) {
    buffer = buffer << 8U | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 6; bits -= 6) text += kDigits[buffer >> (bits - 6) & 63U];
  }
  if (bits > 0) text += kDigits[buffer << (6 - bits) & 63U];
  while (text.size() % 4 != 0) text += '=';
  return text;
}

/// The host of "HOST:PORT" or "HOST", in lower case, "[::1]" without its brackets.
std::string host_of(std::string_view address) {
  if (address.starts_with('[')) return lower(address.substr(1, std::min(address.find(']'), address.size()) - 1));
  return lower(address.substr(0, std::min(address.rfind(':'), address.size())));
}

bool is_loopback_name(std::string_view host) {
  const bool digits = host.find_first_not_of("0123456789.") == std::string_view::npos;
  return host == "localhost" || host.ends_with(".localhost") || host == "::1" || (host.starts_with("127.") && digits);
}

/// Compares without telling by its time where the two differ. The length of what is expected may show.
bool equal_in_constant_time(std::string_view given, std::string_view expected) {
  unsigned difference = given.size() == expected.size() ? 0 : 1;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const char c = given.empty() ? '\0' : given[i % given.size()];
    difference |= static_cast<unsigned>(static_cast<unsigned char>(c) ^ static_cast<unsigned char>(expected[i]));
  }
  return difference == 0;
}

}  // namespace

bool is_loopback(std::string_view listen) {
  return is_loopback_name(host_of(listen));
}

AccessCheck::AccessCheck(const HttpAccess& access, std::string_view listen)
    : any_host_(!is_loopback(listen) && access.hosts.empty()), open_(access.open) {
  for (const std::string& host : access.hosts) hosts_.insert(host_of(host));
  hosts_.insert(host_of(listen));
  if (!access.username.empty()) expected_ = "Basic " + base64(access.username + ":" + access.password.reveal());
}

bool AccessCheck::knows(std::string_view host) const {
  if (any_host_ || host.empty()) return true;  // every browser sends one
  const std::string name = host_of(host);
  return is_loopback_name(name) || hosts_.contains(name);
}

AccessCheck::Answer AccessCheck::decide(std::string_view path, std::string_view host,
                                        std::string_view authorization) const {
  if (!knows(host)) return Answer::kUnknownHost;
  if (expected_.empty() || open_.contains(std::string(path))) return Answer::kYes;
  return equal_in_constant_time(authorization, expected_) ? Answer::kYes : Answer::kUnauthorized;
}

}  // namespace copydesk::observe
