// SPDX-License-Identifier: Apache-2.0
#include "pipeline/terminal/exposition.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

namespace copydesk::terminal {
namespace {

bool is_name(char c) noexcept {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == ':';
}

/// Goes through one line.
class Line {
 public:
  explicit Line(std::string_view text) : rest_(text) {}

  std::optional<MetricSample> sample() {
    MetricSample sample;
    sample.name = name();
    if (sample.name.empty()) return std::nullopt;
    blanks();
    if (take('{')) {
      for (blanks(); !take('}'); blanks()) {
        std::string key(name());
        blanks();
        std::string value;
        if (key.empty() || !take('=') || (blanks(), !quoted(value))) return std::nullopt;
        sample.labels[std::move(key)] = std::move(value);
        blanks();
        if (!take(',') && (rest_.empty() || rest_.front() != '}')) return std::nullopt;
      }
    }
    blanks();
    if (!number(sample.value)) return std::nullopt;
    blanks();
    const bool time_stamp =
        std::all_of(rest_.begin(), rest_.end(), [](char c) { return c == '-' || (c >= '0' && c <= '9'); });
    return time_stamp ? std::optional(std::move(sample)) : std::nullopt;
  }

 private:
  void blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size())); }
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::string_view name() {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_name);
    const std::string_view taken = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(taken.size());
    return taken;
  }
  bool quoted(std::string& out) {
    if (!take('"')) return false;
    while (!rest_.empty()) {
      char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == '"') return true;
      if (c == '\\') {
        if (rest_.empty()) return false;
        c = rest_.front() == 'n' ? '\n' : rest_.front();
        rest_.remove_prefix(1);
      }
      out += c;
    }
    return false;
  }
  bool number(double& out) {
    const std::string_view word = rest_.substr(0, rest_.find_first_of(" \t"));
    rest_.remove_prefix(word.size());
    if (word == "NaN") {
      out = std::numeric_limits<double>::quiet_NaN();
      return true;
    }
    if (word == "+Inf" || word == "-Inf") {
      out = (word.front() == '-' ? -1 : 1) * std::numeric_limits<double>::infinity();
      return true;
    }
    const std::string_view digits = word.starts_with('+') ? word.substr(1) : word;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return read.ec == std::errc() && read.ptr == digits.data() + digits.size();
  }

  std::string_view rest_;
};

}  // namespace

std::string_view MetricSample::label(std::string_view key) const {
  const auto found = labels.find(key);
  return found == labels.end() ? std::string_view() : std::string_view(found->second);
}

Result<std::vector<MetricSample>> read_exposition(std::string_view text) {
  std::vector<MetricSample> samples;
  for (std::size_t number = 1; !text.empty(); ++number) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos || line[begin] == '#') continue;
    auto sample = Line(line.substr(begin)).sample();
    if (!sample) {
      return Error{ErrorCode::kWrongType, "line " + std::to_string(number) + " is not of Prometheus' text format"};
    }
    samples.push_back(std::move(*sample));
  }
  return samples;
}

}  // namespace copydesk::terminal
