// SPDX-License-Identifier: Apache-2.0
#include "tests/chaos/arrivals.h"

#include <charconv>
#include <string>

#include "tests/chaos/articles.h"

namespace copydesk::chaos {
namespace {

Reason reason_of(std::string_view word) {
  if (word == "output_too_large") return Reason::kTooLarge;
  return word == "output_refused" ? Reason::kRefused : Reason::kInput;
}

/// 0, which no article has, where it is no number.
std::int64_t number_of(std::string_view text) {
  std::int64_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() ? number : 0;
}

/// A record whose value is another article's than its key or its header says is nobody's.
ArticleNumber article_of(const TailRecord& record, Exit exit) {
  const auto header = record.header(std::string(kArticleHeader).c_str());
  if (!header || (record.key && *record.key != *header)) return {};
  if (exit == Exit::kOutput && record.value && !record.key) return {};
  if (record.value && record.value->find("\"id\":\"" + std::string(*header) + "\"") == std::string_view::npos)
    return {};
  return article_number(*header);
}

}  // namespace

Arrival read_arrival(const TailRecord& record, Exit exit) {
  Arrival arrival{.article = article_of(record, exit),
                  .exit = exit,
                  .output_partition = record.partition,
                  .has_value = record.value.has_value(),
                  .timestamp_ms = record.timestamp_ms};
  if (exit == Exit::kDeadLetters) arrival.reason = reason_of(record.header("__copydesk.errors.reason").value_or(""));
  if (const auto original = record.header(kTimestampHeader)) {
    arrival.restamped = true;
    arrival.timestamp_ms = number_of(*original);
  } else if (const auto noted = record.header("__copydesk.errors.timestamp"); noted && exit == Exit::kDeadLetters) {
    arrival.timestamp_ms = number_of(*noted);
  }
  return arrival;
}

}  // namespace copydesk::chaos
