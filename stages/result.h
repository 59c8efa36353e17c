// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace copydesk {

/// Why an article could not be enriched. The word of each value (`reason()`) is what users see in the dead-letter
/// header `__copydesk.errors.reason` and in the label of `copydesk_records_dead_lettered_total`; see
/// docs/dead-letters.md.
enum class ErrorCode : std::uint8_t {
  kEmpty,           ///< the record's value has no bytes
  kMalformedJson,   ///< the value is not a JSON object
  kInvalidUtf8,     ///< a byte sequence is not UTF-8, or an escape is half of a surrogate pair
  kMissingField,    ///< no id, or no text in any known field
  kWrongType,       ///< a known field holds another JSON type than its format says
  kTooLarge,        ///< the input is larger than `limits.max_article_bytes`
  kTooDeep,         ///< JSON nested deeper than the parser's limit
  kMemoryLimit,     ///< a stage needed more memory than `limits.max_article_memory`
  kDeadline,        ///< the article took longer than `limits.article_deadline`
  kOutputTooLarge,  ///< the enriched record is larger than the broker accepts
  kOutputRefused,   ///< the output topic refuses the enriched record for another reason
  kInternal,        ///< a stage broke its own rules; please report it
};

/// The documented word of an error code, for instance "malformed_json". Static storage.
[[nodiscard]] constexpr std::string_view reason(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::kEmpty: return "empty";
    case ErrorCode::kMalformedJson: return "malformed_json";
    case ErrorCode::kInvalidUtf8: return "invalid_utf8";
    case ErrorCode::kMissingField: return "missing_field";
    case ErrorCode::kWrongType: return "wrong_type";
    case ErrorCode::kTooLarge: return "too_large";
    case ErrorCode::kTooDeep: return "too_deep";
    case ErrorCode::kMemoryLimit: return "memory_limit";
    case ErrorCode::kDeadline: return "deadline";
    case ErrorCode::kOutputTooLarge: return "output_too_large";
    case ErrorCode::kOutputRefused: return "output_refused";
    case ErrorCode::kInternal: return "internal";
  }
  return "internal";
}

/// What went wrong with one article: the code for machines, the message for people (what, where, what to do).
/// The message never quotes the article's text.
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;
};

/// A value or an Error. (`std::expected` is C++23.)
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool ok() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return ok(); }

  /// Only where ok().
  T& operator*() & noexcept { return *std::get_if<0>(&state_); }
  const T& operator*() const& noexcept { return *std::get_if<0>(&state_); }
  T&& operator*() && noexcept { return std::move(*std::get_if<0>(&state_)); }
  T* operator->() noexcept { return std::get_if<0>(&state_); }
  const T* operator->() const noexcept { return std::get_if<0>(&state_); }

  /// Only where not ok().
  const Error& error() const noexcept { return *std::get_if<1>(&state_); }

 private:
  std::variant<T, Error> state_;
};

}  // namespace copydesk
