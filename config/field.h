// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "config/value.h"

/// The vocabulary in which settings describe themselves. A settings struct is a plain struct whose members hold their
/// defaults, with one declaration per key:
///
///     struct QuoteSettings {
///       std::uint32_t max_length = 2'000;
///       Duration patience = std::chrono::seconds(1);
///
///       static void describe(Section& section, QuoteSettings& self) {
///         section.field("max_length", self.max_length, {.doc = "Longest quote, in tokens.", .min = 1, .max =
///         100'000}); section.field("patience", self.patience, {.doc = "Time for one article.", .min = 1ms});
///       }
///       void check(Problems& problems) const;  // optional: rules that need several keys
///     };
///
/// Loader, validation, `config show` and the reference page all follow from `describe`. This header knows no YAML.
namespace copydesk::config {

/// A bound of a field: a plain number, or a Duration or Bytes for a field of that type.
struct Bound {
  long double value = 0;  // 64 bits of mantissa on x86-64 and more on AArch64: exact for every integer type

  template <class Number>
    requires std::is_arithmetic_v<Number>
  constexpr Bound(Number number) : value(static_cast<long double>(number)) {}
  constexpr Bound(Bytes bytes) : value(static_cast<long double>(bytes.count)) {}
  template <class Rep, class Period>
  constexpr Bound(std::chrono::duration<Rep, Period> duration)
      : value(static_cast<long double>(std::chrono::duration_cast<Duration>(duration).count())) {}
};

/// What is said of a field besides its name, type and default.
struct FieldOptions {
  std::string doc = {};  ///< one or two sentences for the reference page
  std::optional<Bound> min =
      {};  ///< smallest allowed value (of numbers, Duration, Bytes); of a list: 1 where it needs an item
  std::optional<Bound> max = {};           ///< largest allowed value (of numbers, Duration, Bytes)
  std::string example = {};                ///< shown on the reference page where the default does not explain the form
  std::string form = {};                   ///< the allowed form in words ("host:port"), for texts and lists
  bool (*accepts)(std::string_view) = {};  ///< for texts, paths and each item of a list: has it that form?
};

/// One of a fixed set of words, kept in an enum (or anything else) of the settings struct.
struct Choice {
  std::vector<std::string> words;
  std::function<std::size_t()> get;      ///< index of the present value in `words`
  std::function<void(std::size_t)> set;  ///< makes that word the value
};

/// Where a field's value lives.
using Slot = std::variant<bool*, std::int64_t*, std::uint32_t*, std::uint64_t*, double*, std::string*,
                          std::optional<std::string>*, Secret*, std::filesystem::path*, Duration*, Bytes*,
                          std::vector<std::string>*, std::map<std::string, std::string>*, Choice>;

struct Field {
  std::string name;
  Slot slot;
  FieldOptions options;
};

/// Collects what the `check` of a settings struct finds.
class Problems {
 public:
  struct Problem {
    std::string key;  ///< relative to the section that was checked; empty: the section as a whole
    std::string message;
  };

  void add(std::string key, std::string message) { found_.push_back({std::move(key), std::move(message)}); }
  [[nodiscard]] const std::vector<Problem>& found() const noexcept { return found_; }

 private:
  std::vector<Problem> found_;
};

/// The description of one settings struct, bound to an object of it, which must outlive the description and stay in
/// its place.
class Section {
 public:
  template <class Settings>
  [[nodiscard]] static Section of(Settings& settings) {
    Section root;
    root.bind(settings);
    return root;
  }

  /// Declares a key. `value` is a member of the settings struct; what it holds now is the default.
  template <class Value>
  void field(std::string name, Value& value, FieldOptions options) {
    fields_.push_back({std::move(name), Slot(&value), std::move(options)});
  }

  /// Declares a key whose value is one of some words: `section.choice("format", self.format, {{"text", Format::kText},
  /// …}, …)`.
  template <class Value>
  void choice(std::string name, Value& value, std::initializer_list<std::pair<std::string_view, Value>> words,
              FieldOptions options) {
    Choice choice;
    std::vector<Value> values;
    for (const auto& [word, meaning] : words) {
      choice.words.emplace_back(word);
      values.push_back(meaning);
    }
    choice.get = [&value, values] {
      std::size_t index = 0;
      while (index + 1 < values.size() && !(values[index] == value)) ++index;
      return index;
    };
    choice.set = [&value, values = std::move(values)](std::size_t index) { value = values[index]; };
    fields_.push_back({std::move(name), std::move(choice), std::move(options)});
  }

  /// Declares a group of keys: a member that is a settings struct of its own.
  template <class Settings>
  void section(std::string name, Settings& settings, std::string doc) {
    Section& child = sections_.emplace_back();
    child.name_ = std::move(name);
    child.doc_ = std::move(doc);
    child.bind(settings);
  }

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] const std::string& doc() const noexcept { return doc_; }
  [[nodiscard]] const std::vector<Field>& fields() const noexcept { return fields_; }
  [[nodiscard]] const std::vector<Section>& sections() const noexcept { return sections_; }
  [[nodiscard]] Problems check() const {
    Problems problems;
    if (check_) check_(problems);
    return problems;
  }

 private:
  template <class Settings>
  void bind(Settings& settings) {
    Settings::describe(*this, settings);
    if constexpr (requires(const Settings& self, Problems& problems) { self.check(problems); }) {
      check_ = [&settings](Problems& problems) { std::as_const(settings).check(problems); };
    }
  }

  std::string name_;
  std::string doc_;
  std::vector<Field> fields_;
  std::vector<Section> sections_;
  std::function<void(Problems&)> check_;
};

/// "whole number", "duration", "list of text", …
[[nodiscard]] std::string type_name(const Field& field);

/// What may be written, in words: "1 to 100000", "at least 1s", "zstd, lz4 or none"; empty where nothing limits it.
[[nodiscard]] std::string allowed(const Field& field);

/// The present value as text that `assign` reads back (lists: comma-separated); secrets are redacted. Not for maps.
[[nodiscard]] std::string value_text(const Field& field);

/// Puts a user's text into the field. Returns what is wrong with it ("is not a whole number; allowed: 1 to 9"), without
/// the text itself; the field then keeps its value. A list is set from comma-separated items. Not for maps.
[[nodiscard]] std::optional<std::string> assign(const Field& field, std::string_view text);

/// The same for a field that holds a list, from its items. `bad_item` is set to the index of the item to blame.
[[nodiscard]] std::optional<std::string> assign_list(const Field& field, std::vector<std::string> items,
                                                     std::size_t& bad_item);

}  // namespace copydesk::config
