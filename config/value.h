// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace copydesk::config {

/// A span of time as users write it: "500ms", "30s", "2m", "1h30m", "1d". Resolution is one millisecond.
using Duration = std::chrono::milliseconds;

/// A number of bytes as users write it: "512KiB", "64MiB", "1GiB" (powers of 1024), "1MB" (powers of 1000), "4096".
struct Bytes {
  std::uint64_t count = 0;
  friend constexpr auto operator<=>(const Bytes&, const Bytes&) = default;
};

[[nodiscard]] constexpr Bytes kibibytes(std::uint64_t count) noexcept {
  return {count << 10U};
}
[[nodiscard]] constexpr Bytes mebibytes(std::uint64_t count) noexcept {
  return {count << 20U};
}
[[nodiscard]] constexpr Bytes gibibytes(std::uint64_t count) noexcept {
  return {count << 30U};
}

/// What is printed in place of a secret.
inline constexpr std::string_view kRedacted = "***";

/// Text that must never be shown: a password, a token, a private key. It prints as `***`; only `reveal()` gives it out.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}

  [[nodiscard]] const std::string& reveal() const noexcept { return text_; }
  [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

  friend std::ostream& operator<<(std::ostream& out, const Secret& secret) {
    return out << (secret.empty() ? std::string_view{} : kRedacted);
  }

 private:
  std::string text_;
};

/// True where a pass-through property of this name holds a secret, judged by its name ("sasl.password",
/// "ssl.key.pem", "sasl.oauthbearer.client.secret"). Errs on the side of hiding.
[[nodiscard]] bool names_a_secret(std::string_view property);

/// The value of a text as written by users, or nothing where it is not one (also where it does not fit the type).
[[nodiscard]] std::optional<bool> parse_bool(std::string_view text);
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text);
[[nodiscard]] std::optional<std::uint64_t> parse_unsigned(std::string_view text);
[[nodiscard]] std::optional<double> parse_number(std::string_view text);  ///< finite
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);
[[nodiscard]] std::optional<Bytes> parse_bytes(std::string_view text);

/// The shortest text that the parser above reads back as the same value: "1h30m", "64MiB", "1000001".
[[nodiscard]] std::string format_number(double value);
[[nodiscard]] std::string format_duration(Duration value);
[[nodiscard]] std::string format_bytes(Bytes value);

}  // namespace copydesk::config
