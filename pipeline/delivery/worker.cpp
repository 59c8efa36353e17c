// SPDX-License-Identifier: Apache-2.0
#include "pipeline/delivery/worker.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "pipeline/delivery/dead_letter.h"
#include "pipeline/delivery/in_flight.h"
#include "pipeline/logging/log_throttle.h"

namespace copydesk::delivery {

namespace {

using Clock = StageContext::Clock;
using std::chrono::milliseconds;

/// How long the input may wait for room before it counts as paused: short stops of a busy worker are not worth a word.
constexpr milliseconds kPauseAfter{500};
constexpr milliseconds kIdleWait{100};
constexpr milliseconds kReportInterval{1000};
constexpr int kRecordsPerRound = 64;

}  // namespace

void Worker::InFlight::done(const engine::Outcome& outcome) noexcept {
  if (outcome.error) {
    error = outcome.error;
    failed_stage = outcome.failed_stage;
  } else {
    encode::Record record = outcome.take_record();
    if (!input.key && !record.key().empty()) output_key.emplace(record.key());
    output = std::move(record.json);
    marks_at = record.marks_at;
    digest = std::move(record.digest);
  }
  worker.finished_computing(*this);
}

Worker::Worker(engine::Executor& executor, observe::Metrics& metrics, const Wakeup& wakeup, Options options,
               PublishedListener* listener)
    : executor_(executor), metrics_(metrics), wakeup_(wakeup), options_(std::move(options)), listener_(listener) {}

Worker::~Worker() {
  executor_.wait_idle();
}

void Worker::finished_computing(InFlight& article) noexcept {
  {
    const std::lock_guard lock(computed_mutex_);
    computed_.push_back(&article);
    if (computed_.size() > 1) return;  // whoever put the first one in has woken the worker
  }
  wakeup_.notify();
}

bool Worker::run(Source& source, Sink& sink, const std::atomic<bool>& stop, Transactions* transactions) {
  source_ = &source;
  sink_ = &sink;
  transactions_ = transactions;
  bool complete = false;
  try {
    while (!stop.load(std::memory_order_relaxed) && !(source.exhausted() && articles_.empty())) {
      pump();
      const bool more = take_in();
      commit_due();
      report();
      if (!more) wakeup_.wait(kIdleWait);
    }
    state_.stopping = true;
    std::vector<engine::TopicPartition> all;
    for (const auto& [partition, assigned] : lanes_) all.push_back(partition);
    complete = drain(all, Clock::now() + options_.drain_timeout);
    give_up_transaction();
    state_.drained = complete;
    source.close();
  } catch (...) {
    forget_everything();
    throw;
  }
  forget_everything();
  return complete;
}

/// Back to the state before run(): the clients may be gone after it, and others be used next.
void Worker::forget_everything() {
  sink_->abandon();
  executor_.wait_idle();
  {
    const std::lock_guard lock(computed_mutex_);
    computed_.clear();
  }
  for (const auto& [partition, assigned] : lanes_) metrics_.forget(partition);
  metrics_.assigned_partitions(0);
  metrics_.inflight(0, 0);
  lanes_.clear();
  outstanding_ = 0;
  articles_.clear();
  inflight_bytes_ = 0;
  state_.inflight_records = 0;
  state_.inflight_bytes = 0;
  transaction_ = {};
  transactions_ = nullptr;
  source_ = nullptr;
  sink_ = nullptr;
}

/// Takes in at most kRecordsPerRound records while there is room. True where there may be more at once.
bool Worker::take_in() {
  if (!has_room()) {
    const auto now = Clock::now();
    if (full_since_ == Clock::time_point::max()) full_since_ = now;
    if (!paused_ && now - full_since_ >= kPauseAfter) {
      source_->pause(true);
      paused_ = true;
      metrics_.input_paused(true);
      spdlog::info("input paused: {} articles ({} bytes) are waiting for the stages or for the output",
                   articles_.size(), inflight_bytes_);
    }
    // A paused source gives no records, but must be polled to stay in the group.
    if (paused_) {
      if (auto record = source_->poll(milliseconds(0))) admit(std::move(*record));
    }
    return false;
  }
  full_since_ = Clock::time_point::max();
  if (paused_) {
    if (articles_.size() > options_.inflight_records / 2 || inflight_bytes_ > options_.inflight_bytes / 2) {
      if (auto record = source_->poll(milliseconds(0))) admit(std::move(*record));
      return false;
    }
    source_->pause(false);
    paused_ = false;
    metrics_.input_paused(false);
    spdlog::info("input resumed");
  }
  for (int i = 0; i < kRecordsPerRound; ++i) {
    if (!has_room()) return true;
    auto record = source_->poll(milliseconds(0));
    if (!record) return false;
    admit(std::move(*record));
  }
  return true;
}

bool Worker::has_room() const noexcept {
  return articles_.empty() ||
         (articles_.size() < options_.inflight_records && inflight_bytes_ < options_.inflight_bytes);
}

void Worker::admit(engine::InputRecord record) {
  const auto lane = lanes_.find(record.origin);
  if (lane == lanes_.end()) return;  // revoked meanwhile: its next owner reads it
  metrics_.consumed(record.origin.topic, record.value ? record.value->view().size() : 0);
  auto owned = std::make_unique<InFlight>(*this, std::move(record));
  InFlight& article = *owned;
  articles_.emplace(&article, std::move(owned));
  inflight_bytes_ += article.bytes;
  if (options_.order_by_key && article.input.key) article.chain = *article.input.key;
  lane->second.lane.add(article);
  if (!article.input.value) {
    lane->second.lane.mark_ready(article);  // a tombstone is passed on as one
  } else {
    executor_.submit(article);
  }
}

/// Moves everything on that can move: computed → sent → acknowledged → out of its lane.
void Worker::pump() {
  {
    const std::lock_guard lock(computed_mutex_);
    taken_.swap(computed_);
  }
  for (InFlight* article : taken_) {
    if (article->orphaned) {
      retire(*article);
      continue;
    }
    lanes_.at(article->input.origin).lane.mark_ready(*article);
    const std::size_t output = article->output ? article->output->size() : 0;
    article->bytes += output;
    inflight_bytes_ += output;
  }
  taken_.clear();

  bool full = !sink_is_open();
  for (auto& [partition, assigned] : lanes_) {
    while (!full) {
      InFlight* article = assigned.lane.next_to_send();
      if (article == nullptr || !settle_story(*article) || !may_send()) break;
      fit_to_topic(*article);
      // A record before it may yet be refused, and become a dead letter that has to come first. (In a transaction all
      // of them are sent again then.)
      if (article->error && assigned.outputs > 0 && transactions_ == nullptr) break;
      if (!send(*article)) {
        full = true;
        break;
      }
      article->is_output = !article->error;
      if (article->is_output) ++assigned.outputs;
      assigned.lane.mark_sent();
    }
  }
  sink_->poll(milliseconds(0));
  if (transactions_ == nullptr) retire_finished();
}

void Worker::retire_finished() {
  for (auto& [partition, assigned] : lanes_) {
    while (InFlight* article = assigned.lane.take_finished()) retire(*article);
  }
}

/// False where the sink has no room now.
bool Worker::send(InFlight& article) {
  while (true) {
    OutputRecord record{.topic = options_.output_topic,
                        .key = article.input.key,
                        .value = article.output,
                        .headers = article.marked_headers.empty() ? article.input.headers : article.marked_headers,
                        .timestamp_ms = article.restamped ? -1 : article.input.timestamp_ms};
    if (article.output_key) record.key = *article.output_key;
    if (article.error) {
      record.topic = options_.dead_letter_topic;
      record.key = article.input.key;  // a view: no conditional operator, which would make a copy
      if (article.without_rest) record.key.reset();
      if (!article.made_key.empty()) record.key = article.made_key;
      record.value =
          article.without_value || !article.input.value ? std::nullopt : std::optional(article.input.value->view());
      record.headers = article.dead_letter_headers;
    }
    switch (sink_->send(record, &article)) {
      case Sink::Accepted::kYes:
        ++outstanding_;
        ++transaction_.records;
        transaction_.bytes += article.bytes;
        return true;
      case Sink::Accepted::kFull: return false;
      case Sink::Accepted::kTooLarge:
        settle_refusal(article, {.outcome = Sink::Delivery::Outcome::kRefused,
                                 .cause = Sink::Delivery::Cause::kSize,
                                 .code = "MSG_SIZE_TOO_LARGE",
                                 .words = "larger than `delivery.max_record_bytes`"});
        break;
    }
  }
}

void Worker::delivered(void* tag, const Sink::Delivery& delivery) {
  using Result = Sink::Delivery::Outcome;
  auto& article = *static_cast<InFlight*>(tag);
  --outstanding_;
  if (article.orphaned) {
    retire(article);
    return;
  }
  if (std::exchange(article.is_output, false)) --lanes_.at(article.input.origin).outputs;
  if (delivery.outcome != Result::kAcknowledged) {
    // Not sent again from here: this is called from inside the sink's poll.
    if (delivery.outcome == Result::kRefused) settle_refusal(article, delivery);
    article.progress = Progress::kReady;  // for when the sink is renewed, or its transaction aborted
    return;
  }
  renewals_ = 0;
  article.progress = Progress::kFinished;
  if (transactions_ == nullptr) {
    announce(article);
    release(article);
  }  // else once it is committed
}

/// A finished article may wait long for an earlier one of its partition: it need not hold its bytes.
void Worker::release(InFlight& article) {
  article.input.value.reset();
  article.input.headers = {};
  article.output.reset();
  article.digest = {};
  article.dead_letter_headers = {};
  const std::size_t left = article.input.bytes();
  inflight_bytes_ -= article.bytes - left;
  article.bytes = left;
}

/// Counts a finished article.
void Worker::announce(const InFlight& article) {
  ++state_.finished;
  if (article.error) {
    metrics_.dead_lettered(reason(article.error->code));
    return;
  }
  metrics_.published(options_.output_topic, article.output ? article.output->size() : 0, article.digest.counts);
  const double end_to_end =
      article.input.timestamp_ms < 0
          ? -1
          : std::max(0.0, static_cast<double>(system::unix_milliseconds() - article.input.timestamp_ms) / 1000);
  metrics_.latency(seconds(Clock::now() - article.arrived), end_to_end);
  if (listener_ == nullptr) return;
  listener_->published({.record = article.output,
                        .key = article.input.key ? std::string_view(*article.input.key) : std::string_view(),
                        .digest = article.digest,
                        .superseded = article.superseded,
                        .duplicate = article.duplicate});
}

void Worker::retire(InFlight& article) {
  inflight_bytes_ -= article.bytes;
  articles_.erase(&article);
}

void Worker::commit_due() {
  if (transactions_ != nullptr) {
    advance_transaction(false);
    return;
  }
  const auto time = Clock::now();
  if (time < next_commit_) return;
  next_commit_ = time + options_.commit_interval;
  std::vector<CommitOffset> offsets;
  for (auto& [partition, assigned] : lanes_) {
    const auto next = assigned.lane.next_offset();
    if (!next || *next == assigned.requested) continue;
    assigned.requested = *next;
    offsets.push_back({partition, *next});
  }
  if (!offsets.empty()) source_->commit_async(offsets);
}

void Worker::commit_finished(std::span<const CommitOffset> offsets, std::string_view error_code) {
  for (const CommitOffset& offset : offsets) {
    const auto lane = lanes_.find(offset.partition);
    if (lane == lanes_.end()) continue;
    if (error_code.empty()) {
      lane->second.committed = std::max(lane->second.committed, offset.next_offset);
    } else {
      lane->second.requested = -1;  // asked again at the next interval
    }
  }
  if (!error_code.empty()) {
    metrics_.commit_failed(error_code);
    logging::log_throttle().log({.many = fmt::format("failed commits ({})", error_code),
                                 .detail = fmt::format("a commit failed ({}); it is tried again", error_code)});
  }
}

void Worker::report() {
  const auto time = Clock::now();
  if (time < next_report_) return;
  logging::log_throttle().flush();
  const double busy = executor_.busy_seconds();
  if (last_report_ != Clock::time_point{}) {
    metrics_.busy_ratio((busy - last_busy_) / (seconds(time - last_report_) * executor_.threads()));
  }
  last_busy_ = busy;
  last_report_ = time;
  next_report_ = time + kReportInterval;
  state_.input_missing = source_->input_missing();
  metrics_.inflight(articles_.size(), inflight_bytes_);
  state_.inflight_records = static_cast<std::int64_t>(articles_.size());
  state_.inflight_bytes = static_cast<std::int64_t>(inflight_bytes_);
  for (const auto& [partition, assigned] : lanes_) {
    const Source::Watermarks marks = source_->watermarks(partition);
    // Where nothing is committed yet, everything that the partition holds is still to do.
    const std::int64_t done = assigned.committed >= 0 ? assigned.committed : marks.low;
    if (marks.high >= 0 && done >= 0) metrics_.lag(partition, std::max<std::int64_t>(0, marks.high - done));
  }
}

}  // namespace copydesk::delivery
