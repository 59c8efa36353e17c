// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <charconv>
#include <concepts>
#include <cstddef>
#include <memory>
#include <string_view>

namespace copydesk::encode {

/// A growing buffer of JSON text. Commas and nesting are the caller's: it writes pieces, escapes strings and prints
/// numbers. Keeps its memory between uses.
class JsonWriter {
 public:
  /// Empties the buffer and makes room for `bytes`, so that a good guess saves all growing.
  void start(std::size_t bytes);
  [[nodiscard]] std::string_view str() const noexcept { return {buffer_.get(), size_}; }

  /// `json` as it is.
  void raw(std::string_view json) {
    reserve(json.size());
    size_ += json.copy(buffer_.get() + size_, json.size());
  }
  void raw(char c) {
    reserve(1);
    buffer_[size_++] = c;
  }
  /// Raw JSON from the outside without its line breaks. Those stand only between tokens, where any are needless.
  void raw_on_one_line(std::string_view json);

  /// A JSON string: quotes, and escapes where RFC 8259 demands them. `text` is valid UTF-8.
  void string(std::string_view text);

  /// The shortest form that reads back as the same number. Not for NaN or infinity, which JSON lacks.
  template <class Number>
    requires std::integral<Number> || std::floating_point<Number>
  void number(Number value) {
    constexpr std::size_t kLongest = 32;  // of any double or 64-bit integer in its shortest form
    reserve(kLongest);
    char* const begin = buffer_.get() + size_;
    size_ += static_cast<std::size_t>(std::to_chars(begin, begin + kLongest, value).ptr - begin);
  }

 private:
  void reserve(std::size_t more) {
    if (capacity_ - size_ < more) grow(more);
  }
  void grow(std::size_t more);

  std::unique_ptr<char[]> buffer_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace copydesk::encode
