#include "pipeline/demo/article_card.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "stages/parse/timestamp.h"

namespace copydesk {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t kMostNames = 8;
constexpr std::size_t kMostQuotes = 8;
constexpr std::size_t kLabelWidth = 16;

enum class Paint { kPlain, kHeadline, kLabel, kSpeaker, kDim };

class Painter {
 public:
  explicit Painter(bool colours) : colours_(colours) {}
  [[nodiscard]] std::string operator()(Paint paint, std::string_view text) const {
    if (!colours_ || paint == Paint::kPlain) return std::string(text);
    static constexpr std::array<std::string_view, 5> kCodes{"0", "1", "36", "1;33", "2"};
    return fmt::format("\x1b[{}m{}\x1b[0m", kCodes.at(static_cast<std::size_t>(paint)), text);
  }

 private:
  bool colours_;
};

std::string_view text_of(const dom::element& object, std::string_view key) {
  std::string_view text;
  return object[key].get(text) == simdjson::SUCCESS ? text : std::string_view();
}

std::uint64_t number_of(const dom::element& object, std::string_view key) {
  std::uint64_t number = 0;
  return object[key].get(number) == simdjson::SUCCESS ? number : 0;
}

dom::array array_of(const dom::element& object, std::string_view key) {
  dom::array array;
  return object[key].get(array) == simdjson::SUCCESS ? array : dom::array();
}

/// Also where the stated end of the embargo is no time.
bool under_embargo(const dom::element& object) {
  const std::string_view embargoed = text_of(object, "embargoed");
  if (embargoed.empty()) return false;
  const auto until = parse_timestamp(embargoed);
  return !until ||
         std::chrono::system_clock::now() < std::chrono::system_clock::time_point(std::chrono::seconds(until->seconds));
}

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

// The bytes of the code points [begin, end).
std::string_view code_points(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t point = 0;
  std::size_t first = text.size();
  std::size_t byte = 0;
  for (; byte < text.size(); ++byte) {
    if (is_continuation(text[byte])) continue;
    if (point == begin) first = byte;
    if (point == end) break;
    ++point;
  }
  return first < byte ? text.substr(first, byte - first) : std::string_view();
}

// Words in lines of at most `width` columns; runs of white space are one blank.
std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = text.find_first_not_of(" \n\r\t", at);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(text.find_first_of(" \n\r\t", begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    if (!line.empty() && columns(line) + 1 + columns(word) > width) {
      lines.push_back(std::move(line));
      line.clear();
    }
    if (!line.empty()) line += ' ';
    line += word;
    at = end;
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

std::string headline_of(const dom::element& record) {
  const std::string_view text = text_of(record, "text");
  for (const dom::element segment : array_of(record, "segments")) {
    if (text_of(segment, "field") != "headline") continue;
    return std::string(code_points(text, number_of(segment, "start"), number_of(segment, "end")));
  }
  return std::string(text.substr(0, text.find('\n')));
}

class Card {
 public:
  Card(const dom::element& record, const CardStyle& style)
      : record_(record), paint_(style.colours), width_(std::max<std::size_t>(style.width, 40)) {}

  std::string draw() {
    const std::string rule(std::min<std::size_t>(width_, 72), '-');
    out_ = paint_(Paint::kDim, rule) + "\n";
    for (const std::string& line : wrapped(headline_of(record_), width_)) {
      out_ += paint_(Paint::kHeadline, line) + "\n";
    }
    out_ += paint_(Paint::kDim, fmt::format("{}  {}", text_of(record_, "id"), text_of(record_, "published"))) + "\n\n";
    names("People", {"PERSON"});
    names("Organisations", {"ORG"});
    names("Places", {"GPE", "LOC", "FAC"});
    quotes();
    out_ += paint_(Paint::kDim, rule) + "\n";
    return std::move(out_);
  }

 private:
  void field(std::string_view label, Paint label_paint, std::string_view text) {
    bool first = true;
    for (const std::string& line : wrapped(text, width_ - kLabelWidth)) {
      const std::string_view shown = first ? label : std::string_view();
      const std::size_t used = columns(shown);
      out_ += "  " + paint_(label_paint, shown) +
              std::string(used + 3 < kLabelWidth ? kLabelWidth - 2 - used : 1, ' ') + line + "\n";
      first = false;
    }
  }

  void names(std::string_view label, const std::set<std::string_view>& types) {
    std::string list;
    std::size_t shown = 0;
    std::size_t left_out = 0;
    for (const dom::element entity : array_of(record_, "entities")) {
      bool unnamed = false;  // "officials": they are shown where they are quoted
      if (entity["unnamed"].get(unnamed) == simdjson::SUCCESS && unnamed) continue;
      if (!types.contains(text_of(entity, "type"))) continue;
      if (shown == kMostNames) {
        ++left_out;
        continue;
      }
      ++shown;
      if (!list.empty()) list += ", ";
      list += text_of(entity, "name");
      if (const auto role = text_of(entity, "role"); !role.empty()) list += fmt::format(" ({})", role);
      if (const auto mentions = number_of(entity, "mentions"); mentions > 1) list += fmt::format(" ×{}", mentions);
    }
    if (left_out > 0) list += fmt::format(", and {} more", left_out);
    if (!list.empty()) field(label, Paint::kLabel, list);
  }

  void quotes() {
    std::size_t shown = 0;
    const dom::array all = array_of(record_, "quotes");
    if (all.size() == 0) return;
    out_ += "\n" + paint_(Paint::kLabel, "  Who said what") + "\n";
    std::string last_speaker;
    for (const dom::element quote : all) {
      if (shown++ == kMostQuotes) {
        out_ += paint_(Paint::kDim, fmt::format("  … and {} more", all.size() - kMostQuotes)) + "\n";
        break;
      }
      dom::element speaker;
      std::string name;
      if (quote["speaker"].get(speaker) == simdjson::SUCCESS) {
        name = text_of(speaker, "name");
        if (name.empty()) name = text_of(speaker, "text");
      }
      if (name.empty()) name = "(not said who)";
      if (name != last_speaker) out_ += "  " + paint_(Paint::kSpeaker, name) + "\n";
      last_speaker = name;
      const std::string_view type = text_of(quote, "type");
      const std::string note = type == "direct" ? "" : fmt::format("  ({})", type);
      const auto lines = wrapped(text_of(quote, "text"), width_ - 6);
      for (std::size_t i = 0; i < lines.size(); ++i) {
        out_ += "      " + lines[i] + (i + 1 == lines.size() ? paint_(Paint::kDim, note) : "") + "\n";
      }
    }
  }

  const dom::element record_;
  const Painter paint_;
  const std::size_t width_;
  std::string out_;
};

}  // namespace

std::string article_card(std::string_view record, const CardStyle& style) {
  dom::parser parser;
  dom::element element;
  if (parser.parse(record.data(), record.size()).get(element) != simdjson::SUCCESS || !element.is_object()) return {};
  return Card(element, style).draw();
}

std::size_t card_interest(std::string_view record) {
  dom::parser parser;
  dom::element element;
  if (parser.parse(record.data(), record.size()).get(element) != simdjson::SUCCESS || !element.is_object()) return 0;
  if (under_embargo(element)) return 0;
  std::set<std::string_view> speakers;
  std::size_t attributed = 0;
  const std::size_t quotes = array_of(element, "quotes").size();
  for (const dom::element quote : array_of(element, "quotes")) {
    dom::element speaker;
    if (text_of(quote, "type") != "direct" || quote["speaker"].get(speaker) != simdjson::SUCCESS) continue;
    const std::string_view name = text_of(speaker, "name");
    if (name.empty()) continue;
    ++attributed;
    speakers.insert(name);
  }
  const std::size_t unshown = quotes - std::min(quotes, kMostQuotes);
  const std::size_t interest = 2 * attributed + 3 * speakers.size();
  return interest - std::min(interest, 2 * unshown);
}

}  // namespace copydesk
