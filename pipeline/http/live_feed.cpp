#include "pipeline/http/live_feed.h"

#include <fmt/format.h>

#include <new>
#include <utility>
#include <vector>

#include "pipeline/json_text.h"

namespace copydesk {

namespace {

constexpr std::string_view kRecordStart = R"({"schema":"copydesk/enriched-article/)";

/// The raw JSON string that follows `"key":` at the top of a record of ours. Our encoder writes `id` and `status` near
/// the front, before any text of the article; inside a string the quotation marks of the key would be escaped.
std::string_view raw_string(std::string_view record, std::string_view key) {
  const std::size_t at = record.find(key);
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + key.size();
  if (begin >= record.size() || record[begin] != '"') return {};
  for (std::size_t end = begin + 1; end < record.size(); ++end) {
    if (record[end] == '\\') {
      ++end;
    } else if (record[end] == '"') {
      return record.substr(begin, end + 1 - begin);
    }
  }
  return {};
}

std::int64_t unix_milliseconds() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace

LiveFeed::LiveFeed(const Options& options, std::function<Metrics::Figures()> figures)
    : options_(options),
      figures_(std::move(figures)),
      instance_(unix_milliseconds()),
      watcher_([this](const std::stop_token& stop) { watch(stop); }) {}

void LiveFeed::published(const Worker::Published& published) noexcept {
  if (published.record && !published.record->starts_with(kRecordStart)) return;
  try {
    {
      const std::lock_guard lock(mutex_);
      take(published, Clock::now());
    }
    changed_.notify_all();
  } catch (const std::bad_alloc&) {
    return;  // the page misses one article; the article itself is published
  }
}

void LiveFeed::take(const Worker::Published& published, Clock::time_point now) {
  if (!published.record) return recall_key(published.key, now);
  if (published.superseded) return;  // the page has the newer one, or has seen its recall
  const std::string_view record = *published.record;
  const std::string_view id = raw_string(record, R"("id":)");
  const std::string_view status = raw_string(record, R"("status":)");
  if (status == R"("withheld")" || status == R"("canceled")") return recall(id, now);
  // The older version goes too: the embargo may be the correction of one that lacked it.
  if (published.embargoed_until_ms > unix_milliseconds()) return recall(id, now);
  keep(record, published.key, now);
}

void LiveFeed::keep(std::string_view record, std::string_view key, Clock::time_point now) {
  if (now - second_ >= std::chrono::seconds(1)) {
    second_ = now;
    shown_this_second_ = 0;
  }
  if (record.size() > kMaxRecordBytes || ++shown_this_second_ > kPerSecond) return;
  const std::string_view id = raw_string(record, R"("id":)");
  kept_.push_back({next_number_++, now, std::string(id), std::string(record), std::string(key)});
  while (kept_.size() > options_.kept_articles) kept_.pop_front();
  forget_old(now);
}

void LiveFeed::recall(std::string_view id, Clock::time_point now) {
  std::erase_if(kept_, [id](const Kept& kept) { return kept.id == id; });
  kept_.push_back({next_number_++, now, std::string(id), {}, {}});
  while (kept_.size() > options_.kept_articles) kept_.pop_front();
  forget_old(now);
}

/// A tombstone says only the key. That is the article's id, unless the desk keys its records otherwise.
void LiveFeed::recall_key(std::string_view key, Clock::time_point now) {
  if (key.empty()) return;
  std::string id;
  append_json_string(id, key);
  std::vector<std::string> ids{std::move(id)};
  for (const Kept& kept : kept_) {
    if (kept.key == key && kept.id != ids.front()) ids.push_back(kept.id);
  }
  for (const std::string& one : ids) recall(one, now);
}

void LiveFeed::forget_old(Clock::time_point now) {
  while (!kept_.empty() && now - kept_.front().when > options_.kept_for) kept_.pop_front();
}

void LiveFeed::watch(const std::stop_token& stop) {
  auto next = Clock::now();
  while (!stop.stop_requested()) {
    const Metrics::Figures figures = figures_();
    const std::int64_t at = unix_milliseconds();
    std::unique_lock lock(mutex_);
    last_figures_ = fmt::format(R"({{"at":{},"metrics":{}}})", at, figures.json);
    history_.push_back(
        fmt::format("[{},{},{},{},{}]", at, figures.published, figures.words, figures.dead_letters, figures.lag));
    if (history_.size() > kHistory) history_.pop_front();
    forget_old(Clock::now());
    ++ticks_;
    changed_.notify_all();
    next = std::max(next + options_.figures_interval, Clock::now());
    changed_.wait_until(lock, stop, next, [] { return false; });
  }
}

std::string LiveFeed::greeting() const {
  return fmt::format(R"({{"instance":"{}","kept_articles":{},"kept_for":{},"now":{}}})", instance_,
                     options_.kept_articles,
                     std::chrono::duration_cast<std::chrono::seconds>(options_.kept_for).count(), unix_milliseconds());
}

void LiveFeed::serve(EventStream& stream) {
  std::uint64_t seen = 0;
  std::uint64_t ticks = 0;
  std::vector<Kept> fresh;
  std::string text;
  {
    const std::lock_guard lock(mutex_);
    text = fmt::format("[{}]", fmt::join(history_, ","));
  }
  if (!stream.send("start", greeting()) || !stream.send("history", text)) return;
  const std::stop_token stop = stream.stop_token();
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      // A time limit too, so that a page that has gone is noticed.
      changed_.wait_for(lock, stop, options_.figures_interval * 2,
                        [&] { return ticks_ > ticks || (!kept_.empty() && kept_.back().number > seen); });
      fresh.clear();
      text.clear();
      for (const Kept& kept : kept_) {
        if (kept.number > seen) fresh.push_back(kept);
      }
      if (ticks_ > ticks) {
        ticks = ticks_;
        text = last_figures_;
      }
    }
    for (const Kept& kept : fresh) {
      seen = kept.number;
      const bool sent = kept.record.empty() ? stream.send("recall", kept.id) : stream.send("article", kept.record);
      if (!sent) return;
    }
    if (!text.empty() && !stream.send("figures", text)) return;
  }
}

}  // namespace copydesk
