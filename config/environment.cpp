// SPDX-License-Identifier: Apache-2.0
#include "config/environment.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "config/value_file.h"

namespace copydesk::config {
namespace {

bool is_name(std::string_view name) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return !name.empty() && letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return letter(c) || digit(c); });
}

}  // namespace

Environment process_environment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* const value = std::getenv(name.c_str());
    if (value == nullptr) return std::nullopt;
    return value;
  };
}

Interpolated interpolate(std::string_view text, const Environment& environment) {
  Interpolated result;
  while (true) {
    const std::size_t start = text.find("${");
    if (start == std::string_view::npos) break;
    if (start > 0 && text[start - 1] == '$') {  // "$${"
      result.text.append(text.substr(0, start - 1)).append("${");
      text.remove_prefix(start + 2);
      continue;
    }
    result.text.append(text.substr(0, start));
    text.remove_prefix(start + 2);
    const std::size_t end = text.find('}');
    if (end == std::string_view::npos) {
      result.problem = "has a ${ without its }; write $${ for the characters ${ themselves";
      return result;
    }
    const std::string_view inside = text.substr(0, end);
    text.remove_prefix(end + 1);
    constexpr std::string_view kFile = "file:";
    if (inside.starts_with(kFile)) {
      ValueFile file = read_value_file(inside.substr(kFile.size()));
      if (!file.problem.empty()) {
        result.problem = std::move(file.problem);
        return result;
      }
      result.text.append(file.text);
      continue;
    }
    const std::size_t separator = inside.find(":-");
    const std::string_view name = inside.substr(0, separator);
    if (!is_name(name)) {
      result.problem =
          "has a ${…} that names no variable; write ${NAME}, ${NAME:-default} or ${file:/path}, or $${ for the "
          "characters ${";
      return result;
    }
    const std::optional<std::string> value = environment(std::string(name));
    if (value && (!value->empty() || separator == std::string_view::npos)) {
      result.text.append(*value);
    } else if (separator != std::string_view::npos) {
      result.text.append(inside.substr(separator + 2));
    } else {
      result.problem = "needs the environment variable " + std::string(name) +
                       ", which is not set; set it, or give a default: ${" + std::string(name) + ":-default}";
      return result;
    }
  }
  result.text.append(text);
  return result;
}

std::string escape_interpolation(std::string_view text) {
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '$' && i + 1 < text.size() && text[i + 1] == '{') escaped.push_back('$');
    escaped.push_back(text[i]);
  }
  return escaped;
}

}  // namespace copydesk::config
