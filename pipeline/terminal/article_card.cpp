// SPDX-License-Identifier: Apache-2.0
#include "pipeline/terminal/article_card.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "pipeline/terminal/paint.h"
#include "pipeline/terminal/printable.h"

namespace copydesk::terminal {
namespace {

constexpr std::size_t kMostNames = 8;
constexpr std::size_t kLabelWidth = 16;
constexpr std::size_t kLeastWidth = 40;

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

std::string_view or_nobody(std::string_view speaker) {
  return speaker.empty() ? "(not said who)" : speaker;
}

class Card {
 public:
  Card(const EnrichedRecord& record, const CardStyle& style)
      : record_(record),
        colours_(style.colours),
        width_(std::max(style.width, kLeastWidth)),
        most_quotes_(style.quotes) {}

  std::string draw() {
    const std::string rule(std::min<std::size_t>(width_, 72), '-');
    line(Paint::kDim, rule);
    for (const std::string& text : wrapped(printable(record_.headline), width_)) line(Paint::kHeadline, text);
    line(Paint::kDim, origin());
    for (const std::string& warning : warnings()) line(Paint::kWarning, warning);
    out_ += '\n';
    names("People", {"PERSON"});
    names("Organisations", {"ORG"});
    names("Places", {"GPE", "LOC", "FAC"});
    quotes();
    line(Paint::kDim, rule);
    return std::move(out_);
  }

  std::string draw_quotes() {
    for (const auto& quote : record_.quotes) {
      const std::string speaker = printable(or_nobody(quote.speaker));
      out_ += painted({{Paint::kSpeaker, speaker},
                       {Paint::kDim, fmt::format("  {}{}", printable(record_.id), note(quote))}},
                      colours_) +
              '\n';
      for (const std::string& text : wrapped(printable(quote.text), width_ - 4)) out_ += "    " + text + '\n';
    }
    return std::move(out_);
  }

 private:
  void line(Paint paint, std::string_view text) { out_ += painted(paint, text, colours_) + '\n'; }

  [[nodiscard]] std::string origin() const {
    std::string text = printable(record_.id);
    if (!record_.version.empty()) text += "  version " + printable(record_.version);
    return text + "  " + printable(record_.published);
  }

  [[nodiscard]] std::vector<std::string> warnings() const {
    std::vector<std::string> texts;
    if (record_.recalled()) texts.push_back(fmt::format("recalled ({}): do not publish", printable(record_.status)));
    if (record_.under_embargo()) texts.push_back(fmt::format("under embargo until {}", printable(record_.embargoed)));
    if (record_.superseded) texts.emplace_back("an older version that came late");
    if (!record_.duplicate_of.empty()) texts.push_back("nearly the same as " + printable(record_.duplicate_of));
    return texts;
  }

  static std::string note(const EnrichedRecord::Quote& quote) {
    return quote.type == "direct" ? std::string() : fmt::format("  ({})", printable(quote.type));
  }

  void field(std::string_view label, Paint label_paint, std::string_view text) {
    bool first = true;
    for (const std::string& part : wrapped(text, width_ - kLabelWidth)) {
      const std::string_view shown = first ? label : std::string_view();
      const std::size_t used = columns(shown);
      out_ += "  " + painted(label_paint, shown, colours_) +
              std::string(used + 3 < kLabelWidth ? kLabelWidth - 2 - used : 1, ' ') + part + "\n";
      first = false;
    }
  }

  void names(std::string_view label, const std::set<std::string_view>& types) {
    std::string list;
    std::size_t shown = 0;
    std::size_t left_out = 0;
    for (const auto& entity : record_.entities) {
      if (entity.unnamed || !types.contains(entity.type)) continue;  // unnamed: shown where they are quoted
      if (shown == kMostNames) {
        ++left_out;
        continue;
      }
      ++shown;
      if (!list.empty()) list += ", ";
      list += printable(entity.name);
      if (!entity.role.empty()) list += fmt::format(" ({})", printable(entity.role));
      if (entity.mentions > 1) list += fmt::format(" ×{}", entity.mentions);
    }
    if (left_out > 0) list += fmt::format(", and {} more", left_out);
    if (!list.empty()) field(label, Paint::kLabel, list);
  }

  void quotes() {
    if (record_.quotes.empty()) return;
    out_ += "\n" + painted(Paint::kLabel, "  Who said what", colours_) + "\n";
    std::size_t shown = 0;
    std::string last_speaker;
    for (const auto& quote : record_.quotes) {
      if (shown++ == most_quotes_) {
        line(Paint::kDim, fmt::format("  … and {} more", record_.quotes.size() - most_quotes_));
        break;
      }
      std::string speaker = printable(or_nobody(quote.speaker));
      if (speaker != last_speaker) out_ += "  " + painted(Paint::kSpeaker, speaker, colours_) + "\n";
      last_speaker = std::move(speaker);
      const auto lines = wrapped(printable(quote.text), width_ - 6);
      for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool last = i + 1 == lines.size();
        out_ += "      " + lines[i] + (last ? painted(Paint::kDim, note(quote), colours_) : "") + "\n";
      }
    }
  }

  const EnrichedRecord& record_;
  const bool colours_;
  const std::size_t width_;
  const std::size_t most_quotes_;
  std::string out_;
};

}  // namespace

std::string article_card(const EnrichedRecord& record, const CardStyle& style) {
  return Card(record, style).draw();
}

std::string quote_lines(const EnrichedRecord& record, const CardStyle& style) {
  return Card(record, style).draw_quotes();
}

std::size_t card_interest(const EnrichedRecord& record) {
  if (record.under_embargo()) return 0;
  std::set<std::string_view> speakers;
  std::size_t attributed = 0;
  for (const auto& quote : record.quotes) {
    if (quote.type != "direct" || !quote.speaker_named) continue;
    ++attributed;
    speakers.insert(quote.speaker);
  }
  const std::size_t unshown = record.quotes.size() - std::min(record.quotes.size(), CardStyle().quotes);
  const std::size_t interest = 2 * attributed + 3 * speakers.size();
  return interest - std::min(interest, 2 * unshown);
}

}  // namespace copydesk::terminal
