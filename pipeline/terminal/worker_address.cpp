// SPDX-License-Identifier: Apache-2.0
#include "pipeline/terminal/worker_address.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace copydesk::terminal {
namespace {

constexpr std::string_view kUsualPort = "9464";

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() && port > 0 && port <= 65535;
}

bool is_host(std::string_view text) {
  const bool address6 = text.starts_with('[') && text.ends_with(']');
  if (address6) text = text.substr(1, text.size() - 2);
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' || c == '_' ||
           (address6 && c == ':');
  });
}

}  // namespace

std::optional<WorkerAddress> parse_worker_address(std::string_view text) {
  const std::string name(text);
  std::string_view scheme = "http://";
  for (const std::string_view known : {"http://", "https://"}) {
    if (!text.starts_with(known)) continue;
    scheme = known;
    text.remove_prefix(known.size());
    break;
  }
  for (const std::string_view ending : {"/metrics", "/"}) {
    if (text.ends_with(ending)) text.remove_suffix(ending.size());
  }
  std::string_view host = text;
  std::string_view port = kUsualPort;
  const std::size_t colon = text.rfind(':');
  if (colon != std::string_view::npos && !text.ends_with(']')) {
    host = text.substr(0, colon);
    port = text.substr(colon + 1);
  }
  if (!is_host(host) || !is_port(port)) return std::nullopt;
  return WorkerAddress{.name = name,
                       .url = std::string(scheme).append(host).append(":").append(port).append("/metrics")};
}

std::optional<WorkerAddress> address_of_listener(std::string_view listen, bool encrypted) {
  const std::size_t colon = listen.rfind(':');
  std::string_view host = listen.substr(0, colon);
  const std::string_view port = colon == std::string_view::npos ? kUsualPort : listen.substr(colon + 1);
  if (host.empty() || host == "0.0.0.0") host = "127.0.0.1";
  if (host == "[::]") host = "[::1]";
  return parse_worker_address(std::string(encrypted ? "https://" : "").append(host).append(":").append(port));
}

}  // namespace copydesk::terminal
