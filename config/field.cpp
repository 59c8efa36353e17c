// SPDX-License-Identifier: Apache-2.0
#include "config/field.h"

#include <algorithm>
#include <limits>

#include "config/lenient_value.h"
#include "config/suggest.h"

namespace copydesk::config {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

std::string bound_text(const Slot& slot, Bound bound) {
  if (std::holds_alternative<Duration*>(slot))
    return format_duration(Duration{static_cast<Duration::rep>(bound.value)});
  if (std::holds_alternative<Bytes*>(slot)) return format_bytes({static_cast<std::uint64_t>(bound.value)});
  if (std::holds_alternative<double*>(slot)) return format_number(static_cast<double>(bound.value));
  if (bound.value < 0) return std::to_string(static_cast<std::int64_t>(bound.value));
  return std::to_string(static_cast<std::uint64_t>(bound.value));
}

std::string words_text(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i != 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

std::string with_allowed(std::string problem, const Field& field) {
  if (const std::string limits = allowed(field); !limits.empty()) problem += "; allowed: " + limits;
  return problem;
}

/// Stores a number that was read, if it was and is within the field's bounds and its type's range.
template <class Parsed, class Value>
std::optional<std::string> store(const Field& field, const std::optional<Parsed>& parsed, Value& value,
                                 const std::string& not_one) {
  if (!parsed) return with_allowed(not_one, field);
  const Bound given(*parsed);
  const FieldOptions& options = field.options;
  if constexpr (std::is_integral_v<Value>) {
    if (given.value > Bound(std::numeric_limits<Value>::max()).value) return with_allowed("is too large", field);
  }
  if (options.min && given.value < options.min->value) return with_allowed("is too small", field);
  if (options.max && given.value > options.max->value) return with_allowed("is too large", field);
  value = static_cast<Value>(*parsed);
  return std::nullopt;
}

std::optional<std::string> wrong_form(const Field& field, std::string_view text) {
  if (field.options.accepts == nullptr || field.options.accepts(text)) return std::nullopt;
  return with_allowed("has not the right form", field);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::vector<std::string> split_at_commas(std::string_view text) {
  std::vector<std::string> items;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    items.emplace_back(trimmed(text.substr(0, comma)));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return items;
}

}  // namespace

std::string type_name(const Field& field) {
  return std::visit(Overloaded{
                        [](const bool*) { return "boolean"; },
                        [](const std::int64_t*) { return "whole number"; },
                        [](const std::uint32_t*) { return "whole number"; },
                        [](const std::uint64_t*) { return "whole number"; },
                        [](const double*) { return "number"; },
                        [](const std::string*) { return "text"; },
                        [](const std::optional<std::string>*) { return "text"; },
                        [](const Secret*) { return "secret"; },
                        [](const std::filesystem::path*) { return "path"; },
                        [](const Duration*) { return "duration"; },
                        [](const Bytes*) { return "size"; },
                        [](const std::vector<std::string>*) { return "list"; },
                        [](const std::map<std::string, std::string>*) { return "map"; },
                        [](const Choice&) { return "word"; },
                    },
                    field.slot);
}

std::string allowed(const Field& field) {
  if (const auto* choice = std::get_if<Choice>(&field.slot)) return words_text(choice->words);
  if (std::holds_alternative<bool*>(field.slot)) return "true or false";
  if (!field.options.form.empty()) return field.options.form;
  if (std::holds_alternative<std::vector<std::string>*>(field.slot)) return {};
  const auto& [min, max] = std::pair(field.options.min, field.options.max);
  if (min && max) return bound_text(field.slot, *min) + " to " + bound_text(field.slot, *max);
  if (min) return "at least " + bound_text(field.slot, *min);
  if (max) return "at most " + bound_text(field.slot, *max);
  return {};
}

std::string value_text(const Field& field) {
  return std::visit(Overloaded{
                        [](const bool* value) { return std::string(*value ? "true" : "false"); },
                        [](const std::int64_t* value) { return std::to_string(*value); },
                        [](const std::uint32_t* value) { return std::to_string(*value); },
                        [](const std::uint64_t* value) { return std::to_string(*value); },
                        [](const double* value) { return format_number(*value); },
                        [](const std::string* value) { return *value; },
                        [](const std::optional<std::string>* value) { return value->value_or(""); },
                        [](const Secret* value) { return std::string(value->empty() ? "" : kRedacted); },
                        [](const std::filesystem::path* value) { return value->string(); },
                        [](const Duration* value) { return format_duration(*value); },
                        [](const Bytes* value) { return format_bytes(*value); },
                        [](const std::vector<std::string>* value) {
                          std::string text;
                          for (const std::string& item : *value) text += (text.empty() ? "" : ",") + item;
                          return text;
                        },
                        [](const std::map<std::string, std::string>*) { return std::string(); },
                        [](const Choice& choice) { return choice.words[choice.get()]; },
                    },
                    field.slot);
}

std::optional<std::string> assign(const Field& field, std::string_view text) {
  using Problem = std::optional<std::string>;
  return std::visit(
      Overloaded{
          [&](bool* value) -> Problem {
            const auto parsed = parse_bool(text);
            if (!parsed) return with_allowed(not_a_bool(text), field);
            *value = *parsed;
            return {};
          },
          [&](std::int64_t* value) {
            return store(field, parse_integer(text), *value, not_a_whole_number(text, true));
          },
          [&](std::uint32_t* value) {
            return store(field, parse_unsigned(text), *value, not_a_whole_number(text, false));
          },
          [&](std::uint64_t* value) {
            return store(field, parse_unsigned(text), *value, not_a_whole_number(text, false));
          },
          [&](double* value) { return store(field, parse_number(text), *value, not_a_number(text)); },
          [&](std::string* value) -> Problem {
            if (Problem problem = wrong_form(field, text)) return problem;
            value->assign(text);
            return {};
          },
          [&](std::optional<std::string>* value) -> Problem {
            if (text.empty()) {
              value->reset();
              return {};
            }
            if (Problem problem = wrong_form(field, text)) return problem;
            value->emplace(text);
            return {};
          },
          [&](Secret* value) -> Problem {
            if (Problem problem = wrong_form(field, text)) return problem;
            *value = Secret(std::string(text));
            return {};
          },
          [&](std::filesystem::path* value) -> Problem {
            if (Problem problem = wrong_form(field, text)) return problem;
            *value = std::filesystem::path(text);
            return {};
          },
          [&](Duration* value) { return store(field, parse_duration(text), *value, not_a_duration(text)); },
          [&](Bytes* value) { return store(field, parse_bytes(text), *value, not_a_size(text)); },
          [&](std::vector<std::string>*) -> Problem {
            std::size_t bad_item = 0;
            return assign_list(field, split_at_commas(text), bad_item);
          },
          [&](std::map<std::string, std::string>*) -> Problem { return "is a map: give its keys one by one"; },
          [&](const Choice& choice) -> Problem {
            const auto found = std::find(choice.words.begin(), choice.words.end(), text);
            if (found == choice.words.end()) {
              const std::string_view near = closest(text, choice.words);
              const std::string problem = "is not one of the known words";
              return with_allowed(near.empty() ? problem : problem + "; did you mean “" + std::string(near) + "”?",
                                  field);
            }
            choice.set(static_cast<std::size_t>(found - choice.words.begin()));
            return {};
          },
      },
      field.slot);
}

std::optional<std::string> assign_list(const Field& field, std::vector<std::string> items, std::size_t& bad_item) {
  auto* const* list = std::get_if<std::vector<std::string>*>(&field.slot);
  if (list == nullptr) return "is not a list: give one value";
  for (bad_item = 0; bad_item < items.size(); ++bad_item) {
    if (items[bad_item].empty()) return with_allowed("is an empty item", field);
    if (auto problem = wrong_form(field, items[bad_item])) return problem;
  }
  bad_item = 0;
  if (items.empty() && field.options.min && field.options.min->value >= 1) return "needs at least one item";
  **list = std::move(items);
  return std::nullopt;
}

}  // namespace copydesk::config
