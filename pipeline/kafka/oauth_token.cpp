// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/oauth_token.h"

#include <charconv>
#include <cmath>
#include <optional>

#include "config/value_file.h"
#include "stages/arena.h"
#include "stages/parse/article.h"
#include "stages/parse/json_object.h"

namespace copydesk::kafka {

namespace {

constexpr std::string_view kTokenFile = "token_file=";
constexpr double kLatest = 1e11;  // seconds; the year 5138

copydesk::Error refused(std::string what) {
  return {ErrorCode::kWrongType, std::move(what)};
}

/// Base64url without padding (RFC 4648, section 5; RFC 7515, section 2).
std::optional<std::string> decode_base64url(std::string_view text) {
  std::string bytes;
  std::uint32_t buffer = 0;
  unsigned bits = 0;
  for (const char c : text) {
    std::uint32_t six = 0;
    if (c >= 'A' && c <= 'Z') {
      six = static_cast<std::uint32_t>(c - 'A');
    } else if (c >= 'a' && c <= 'z') {
      six = static_cast<std::uint32_t>(c - 'a') + 26;
    } else if (c >= '0' && c <= '9') {
      six = static_cast<std::uint32_t>(c - '0') + 52;
    } else if (c == '-' || c == '_') {
      six = c == '-' ? 62 : 63;
    } else {
      return std::nullopt;
    }
    buffer = buffer << 6U | six;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes += static_cast<char>(buffer >> bits & 0xFFU);
    }
  }
  return bytes;
}

bool no_items(std::string_view) {
  return false;
}

}  // namespace

Result<OauthToken> parse_oauth_token(std::string_view compact) {
  const std::size_t first = compact.find('.');
  const std::size_t second = first == std::string_view::npos ? first : compact.find('.', first + 1);
  if (second == std::string_view::npos) return refused("holds no JSON Web Token (header.claims.signature)");
  auto claims = decode_base64url(compact.substr(first + 1, second - first - 1));
  if (!claims) return refused("holds a token whose claims are not base64url");
  const std::size_t size = claims->size();
  claims->append(parse::Payload::kPadding, ' ');
  ChunkPool pool;
  Arena arena(pool);
  parse::JsonReader reader;
  const auto object = reader.read(std::string_view(*claims).substr(0, size), no_items, arena);
  if (!object) return refused("holds a token whose claims are no JSON object");
  OauthToken token{std::string(compact), "unknown", 0};
  for (const parse::JsonMember& member : (*object)->members) {
    if (member.shadowed) continue;
    if (member.key == "sub" && member.kind == parse::JsonKind::kString)
      token.principal = parse::unescape(member.text, arena);
    if (member.key != "exp" || member.kind != parse::JsonKind::kNumber) continue;
    double seconds = 0;
    const auto [rest, code] = std::from_chars(member.value.data(), member.value.data() + member.value.size(), seconds);
    if (code == std::errc{} && seconds > 0 && seconds < kLatest) {
      token.expires_ms = static_cast<std::int64_t>(std::floor(seconds)) * 1000;
    }
  }
  if (token.expires_ms == 0) return refused("holds a token that does not say when it expires (exp)");
  return token;
}

Result<OauthToken> read_oauth_token(std::string_view path, std::int64_t now_ms) {
  const std::string name = "the OAuth token file '" + std::string(path) + "' ";
  const config::ValueFile file = config::read_value_file(path);
  if (!file.problem.empty()) return refused("the OAuth token " + file.problem);
  auto token = parse_oauth_token(file.text);
  if (!token) return refused(name + token.error().message + "; write one there");
  if (token->expires_ms <= now_ms) {
    return refused(name + "holds a token that has expired; does what writes new ones still run?");
  }
  return token;
}

std::string_view oauth_token_file(std::string_view sasl_oauthbearer_config) noexcept {
  return sasl_oauthbearer_config.starts_with(kTokenFile) ? sasl_oauthbearer_config.substr(kTokenFile.size())
                                                         : std::string_view{};
}

}  // namespace copydesk::kafka
