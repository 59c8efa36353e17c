// SPDX-License-Identifier: Apache-2.0
#include "pipeline/delivery/dead_letter.h"

#include <charconv>
#include <string>
#include <utility>

namespace copydesk::delivery {

namespace {

template <class Number>
std::optional<Number> number_of(std::optional<std::string_view> text) noexcept {
  Number number = 0;
  if (!text) return std::nullopt;
  const auto parsed = std::from_chars(text->data(), text->data() + text->size(), number);
  if (parsed.ec != std::errc() || parsed.ptr != text->data() + text->size()) return std::nullopt;
  return number;
}

}  // namespace

std::optional<std::string_view> header_of(std::span<const engine::Header> headers, std::string_view name) noexcept {
  for (std::size_t i = headers.size(); i-- > 0;) {
    if (headers[i].name != name) continue;
    if (!headers[i].value) return std::nullopt;
    return *headers[i].value;
  }
  return std::nullopt;
}

std::uint32_t attempt_of(std::span<const engine::Header> headers) noexcept {
  const auto attempt = number_of<std::uint32_t>(header_of(headers, kAttemptHeader));
  return attempt && *attempt > 0 ? *attempt : 1;
}

std::vector<engine::Header> dead_letter_headers(const engine::InputRecord& input, const Error& error,
                                                const Refusal& refusal) {
  std::vector<engine::Header> headers = input.headers;
  const auto add = [&](std::string_view name, std::string value) {
    headers.push_back({std::string(kErrorHeaders).append(name), std::move(value)});
  };
  add("reason", std::string(reason(error.code)));
  add("message", error.message);
  add("detail", std::to_string(input.value ? input.value->view().size() : 0) + " bytes, refused " +
                    std::to_string(refusal.after_ms) + " ms after it came");
  add("stage", std::string(refusal.stage));
  add("attempt", std::to_string(attempt_of(input.headers)));
  add("topic", input.origin.topic);
  add("partition", std::to_string(input.origin.partition));
  add("offset", std::to_string(input.offset));
  add("timestamp", std::to_string(input.timestamp_ms));
  add("version", std::string(refusal.version));
  return headers;
}

DeadLetterFacts dead_letter_facts(std::span<const engine::Header> headers) noexcept {
  const auto text = [&](std::string_view name) {
    for (std::size_t i = headers.size(); i-- > 0;) {
      const std::string_view full = headers[i].name;
      if (full.starts_with(kErrorHeaders) && full.substr(kErrorHeaders.size()) == name && headers[i].value) {
        return std::optional<std::string_view>(*headers[i].value);
      }
    }
    return std::optional<std::string_view>();
  };
  DeadLetterFacts facts;
  facts.reason = text("reason").value_or("");
  facts.message = text("message").value_or("");
  facts.detail = text("detail").value_or("");
  facts.stage = text("stage").value_or("");
  facts.topic = text("topic").value_or("");
  facts.partition = number_of<std::int32_t>(text("partition"));
  facts.offset = number_of<std::int64_t>(text("offset"));
  facts.attempt = number_of<std::uint32_t>(text("attempt")).value_or(1);
  facts.value_omitted = text("value_omitted").has_value();
  facts.key_made = text("key_made").has_value();
  return facts;
}

std::vector<engine::Header> replay_headers(std::span<const engine::Header> headers, std::string_view dead_letter) {
  std::vector<engine::Header> kept;
  for (const engine::Header& header : headers) {
    if (header.name.starts_with(kErrorHeaders) || header.name == kAttemptHeader || header.name == kReplayOfHeader) {
      continue;
    }
    kept.push_back(header);
  }
  kept.push_back({std::string(kAttemptHeader), std::to_string(dead_letter_facts(headers).attempt + 1)});
  kept.push_back({std::string(kReplayOfHeader), std::string(dead_letter)});
  return kept;
}

}  // namespace copydesk::delivery
