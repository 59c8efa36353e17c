// SPDX-License-Identifier: Apache-2.0
// What the worker does when a topic refuses records: whom it concerns, and in which form they go next.
#include <fmt/format.h>

#include <algorithm>

#include "pipeline/delivery/dead_letter.h"
#include "pipeline/delivery/in_flight.h"
#include "pipeline/logging/log_throttle.h"

namespace copydesk::delivery {

namespace {

using Clock = StageContext::Clock;
using Cause = Sink::Delivery::Cause;
using std::chrono::milliseconds;

/// Header of a record that went out with another timestamp than its article came with: that one, Unix time in
/// milliseconds.
constexpr const char* kTimestampHeader = "copydesk.timestamp";
/// A refusal that may be no fault of the record is its fault after so many.
constexpr int kMostUnclear = 3;
constexpr milliseconds kUnclearPause{1000};

/// At once after the first, then 0.1 s, 0.2 s, … 5 s.
milliseconds renewal_backoff(int renewals) {
  constexpr int kMostMs = 5000;
  constexpr int kDoublings = 6;
  return renewals <= 1 ? milliseconds(0) : milliseconds(std::min(kMostMs, 100 << std::min(renewals - 2, kDoublings)));
}

}  // namespace

/// Whether records may be sent now; renews the sink where it asks for that, which a transaction has to end for.
bool Worker::sink_is_open() {
  if (Clock::now() < send_again_at_) return false;
  const Sink::Renewal wanted = sink_->renewal();
  if (wanted == Sink::Renewal::kNone) return true;
  if (transactions_ != nullptr) {
    if (transaction_.phase != Phase::kNone) return wanted == Sink::Renewal::kAtRest;
  } else if (wanted == Sink::Renewal::kAtRest && outstanding_ > 0) {
    return false;
  }
  sink_->renew();
  if (wanted == Sink::Renewal::kNow) send_again_at_ = Clock::now() + renewal_backoff(++renewals_);
  if (transactions_ == nullptr) {
    for (auto& [partition, assigned] : lanes_) {
      assigned.outputs = 0;
      for (InFlight* article : assigned.lane.items()) article->is_output = false;
      assigned.lane.rewind_unfinished();
    }
  }
  return Clock::now() >= send_again_at_;
}

/// Gives the record the form that its topic takes, as far as that is known beforehand.
void Worker::fit_to_topic(InFlight& article) {
  if (article.error && article.dead_letter_headers.empty()) make_dead_letter(article);
  TopicTerms terms = sink_->terms(article.error ? options_.dead_letter_topic : options_.output_topic);
  if (!article.error && terms.needs_key && !article.input.key && !article.output_key) {
    make_dead_letter(article,
                     {ErrorCode::kOutputRefused,
                      fmt::format("a record without a key, and the output topic '{}' is compacted, which needs one: "
                                  "send a key with it, or set cleanup.policy=delete for that topic",
                                  options_.output_topic)});
    terms = sink_->terms(options_.dead_letter_topic);
  }
  const std::int64_t timestamp = article.input.timestamp_ms;
  if (!article.restamped && timestamp >= 0 && !terms.takes(timestamp)) restamp(article);
  if (article.error && terms.needs_key && !article.input.key && article.made_key.empty()) make_key(article);
}

void Worker::restamp(InFlight& article) {
  article.restamped = true;
  if (article.error) return;  // a dead letter tells the timestamp anyway
  if (article.marked_headers.empty()) article.marked_headers = article.input.headers;
  article.marked_headers.push_back({kTimestampHeader, std::to_string(article.input.timestamp_ms)});
}

/// A compacted topic takes no record without a key; where it came from is one that no other has.
void Worker::make_key(InFlight& article) {
  const engine::InputRecord& input = article.input;
  article.made_key = fmt::format("{}/{}:{}", input.origin.topic, input.origin.partition, input.offset);
  article.dead_letter_headers.push_back(
      {std::string(kErrorHeaders) + "key_made", "the article has no key, and the dead-letter topic is compacted"});
}

/// The topic refuses this record, sent alone: the next form that it can go in.
void Worker::settle_refusal(InFlight& article, const Sink::Delivery& delivery) {
  const std::string& topic = article.error ? options_.dead_letter_topic : options_.output_topic;
  metrics_.delivery_failed(delivery.code);
  refusals_settled_ = true;
  if (delivery.cause == Cause::kUncertain && ++article.unclear_refusals < kMostUnclear) {
    send_again_at_ = Clock::now() + kUnclearPause;
    return;
  }
  metrics_.refused(topic, delivery.code);
  if (delivery.cause == Cause::kTimestamp && !article.restamped && article.input.timestamp_ms >= 0) {
    restamp(article);
    return;
  }
  if (!article.error) {
    article.unclear_refusals = 0;
    const std::string what = fmt::format("the output topic '{}' refuses the enriched record ({} bytes): {}: {}", topic,
                                         article.output ? article.output->size() : 0, delivery.code, delivery.words);
    if (delivery.cause == Cause::kSize) {
      make_dead_letter(article, {ErrorCode::kOutputTooLarge,
                                 what + ". It was sent alone: raise `max.message.bytes` of that topic and "
                                        "`delivery.max_record_bytes`, or leave out tokens"});
    } else {
      make_dead_letter(article, {ErrorCode::kOutputRefused,
                                 what + ". It was sent alone, so it is this record that is refused: look at the "
                                        "topic's settings and at the brokers' policies and logs"});
    }
    fit_to_topic(article);
    return;
  }
  if (delivery.cause == Cause::kContent && !article.input.key && article.made_key.empty() && !article.without_rest) {
    make_key(article);
    return;
  }
  shrink_dead_letter(article);
  if (!article.refused) return;
  throw FatalDeliveryError(fmt::format(
      "the dead-letter topic '{}' refuses even a dead letter without value, key and headers: {}: {}: raise its "
      "`max.message.bytes`, or look at its settings and at the brokers' policies",
      topic, delivery.code, delivery.words));
}

/// Leaves out of a dead letter that is itself refused its value, and then, should its key or headers be what is too
/// large, those too. Topic, partition and offset still say where all of it is.
void Worker::shrink_dead_letter(InFlight& article) {
  std::vector<engine::Header>& headers = article.dead_letter_headers;
  const auto omitted = [&](const char* what) {
    headers.push_back({std::string(kErrorHeaders) + what + "_omitted", "refused by the dead-letter topic"});
  };
  article.unclear_refusals = 0;
  if (!article.without_value) {
    article.without_value = true;
    omitted("value");
  } else if (!article.without_rest) {
    article.without_rest = true;
    headers.erase(headers.begin(), headers.begin() + static_cast<std::ptrdiff_t>(article.input.headers.size()));
    omitted("key");
    omitted("headers");
  } else {
    article.refused = true;
  }
}

/// Turns the article, which a stage has refused, into a dead letter.
void Worker::make_dead_letter(InFlight& article) {
  const engine::InputRecord& input = article.input;
  article.dead_letter_headers = dead_letter_headers(input, *article.error,
                                                    {.stage = article.failed_stage,
                                                     .after_ms = system::unix_milliseconds() - article.arrived_ms,
                                                     .version = options_.version});
  logging::log_throttle().log(
      {.one = "dead letter",
       .many = fmt::format("dead letters with the reason {}", reason(article.error->code)),
       .detail = fmt::format("{}/{} offset {}: {} in stage {}: {}", input.origin.topic, input.origin.partition,
                             input.offset, reason(article.error->code), article.failed_stage, article.error->message)});
}

/// The same for one that the output topic refuses.
void Worker::make_dead_letter(InFlight& article, Error why) {
  article.error = std::move(why);
  article.failed_stage = "publish";
  make_dead_letter(article);
}

}  // namespace copydesk::delivery
