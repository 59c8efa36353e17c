// SPDX-License-Identifier: Apache-2.0
#include "config/value.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

#include "config/ascii.h"

namespace copydesk::config {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t factor;
};

constexpr std::array<Unit, 5> kDurationUnits{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};

// Largest first; of two units that both divide a number, the binary one is shown where it leaves the smaller count.
constexpr std::array<Unit, 9> kByteUnits{{{"TiB", 1ULL << 40U},
                                          {"TB", 1'000'000'000'000},
                                          {"GiB", 1ULL << 30U},
                                          {"GB", 1'000'000'000},
                                          {"MiB", 1ULL << 20U},
                                          {"MB", 1'000'000},
                                          {"KiB", 1ULL << 10U},
                                          {"KB", 1'000},
                                          {"B", 1}}};

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (ascii_lower(a[i]) != ascii_lower(b[i])) return false;
  }
  return true;
}

template <class Number>
std::optional<Number> parse_whole(std::string_view text) {
  Number value{};
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc{} || rest != end) return std::nullopt;
  return value;
}

/// Takes the digits at the front of `text` off it.
std::optional<std::uint64_t> take_digits(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && is_ascii_digit(text[length])) ++length;
  const auto value = parse_whole<std::uint64_t>(text.substr(0, length));
  text.remove_prefix(length);
  return value;
}

std::optional<std::uint64_t> scaled(std::uint64_t count, std::uint64_t factor, std::uint64_t most) {
  if (count > most / factor) return std::nullopt;
  return count * factor;
}

}  // namespace

bool names_a_secret(std::string_view property) {
  std::string plain;  // separators dropped: key.pem, key-pem and key_pem are the same
  for (const char c : property) {
    if (c != '.' && c != '-' && c != '_') plain.push_back(ascii_lower(c));
  }
  // The last two: librdkafka's free-form OAUTHBEARER settings, and "user:password" of HTTP basic authentication.
  for (const std::string_view part : {"password", "passwd", "passphrase", "secret", "token", "keypem", "privatekey",
                                      "credential", "oauthbearerconfig", "userinfo"}) {
    if (plain.find(part) != std::string::npos) return true;
  }
  return false;
}

std::optional<bool> parse_bool(std::string_view text) {
  if (equal_ignoring_case(text, "true")) return true;
  if (equal_ignoring_case(text, "false")) return false;
  return std::nullopt;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  return parse_whole<std::int64_t>(text);
}
std::optional<std::uint64_t> parse_unsigned(std::string_view text) {
  return parse_whole<std::uint64_t>(text);
}

std::optional<double> parse_number(std::string_view text) {
  const auto value = parse_whole<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<Duration> parse_duration(std::string_view text) {
  if (text == "0") return Duration{0};
  if (text.empty()) return std::nullopt;
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<Duration::rep>::max());
  std::uint64_t total = 0;
  std::size_t next_unit = 0;  // units go from large to small, each at most once
  while (!text.empty()) {
    const auto count = take_digits(text);
    if (!count) return std::nullopt;
    std::size_t letters = 0;
    while (letters < text.size() && !is_ascii_digit(text[letters])) ++letters;
    const std::string_view name = text.substr(0, letters);
    while (next_unit < kDurationUnits.size() && kDurationUnits[next_unit].name != name) ++next_unit;
    if (next_unit == kDurationUnits.size()) return std::nullopt;
    const auto part = scaled(*count, kDurationUnits[next_unit].factor, kMost - total);
    if (!part) return std::nullopt;
    total += *part;
    ++next_unit;
    text.remove_prefix(letters);
  }
  return Duration{static_cast<Duration::rep>(total)};
}

std::optional<Bytes> parse_bytes(std::string_view text) {
  const auto count = take_digits(text);
  if (!count) return std::nullopt;
  if (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  if (text.empty()) return Bytes{*count};
  for (const Unit& unit : kByteUnits) {
    if (!equal_ignoring_case(text, unit.name)) continue;
    const auto value = scaled(*count, unit.factor, std::numeric_limits<std::uint64_t>::max());
    return value ? std::optional(Bytes{*value}) : std::nullopt;
  }
  return std::nullopt;
}

std::string format_number(double value) {
  std::array<char, 32> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} ? std::string(text.data(), end) : std::string("0");
}

std::string format_duration(Duration value) {
  if (value.count() <= 0) return "0s";
  auto rest = static_cast<std::uint64_t>(value.count());
  std::string text;
  for (const Unit& unit : kDurationUnits) {
    if (const std::uint64_t count = rest / unit.factor; count != 0) {
      text += std::to_string(count);
      text += unit.name;
      rest %= unit.factor;
    }
  }
  return text;
}

std::string format_bytes(Bytes value) {
  if (value.count == 0) return "0B";
  const Unit* best = &kByteUnits.back();
  for (const Unit& unit : kByteUnits) {
    if (value.count % unit.factor == 0 && value.count / unit.factor < value.count / best->factor) best = &unit;
  }
  // A bare number reads better than "4097B".
  return std::to_string(value.count / best->factor) + (best->factor == 1 ? std::string{} : std::string(best->name));
}

}  // namespace copydesk::config
