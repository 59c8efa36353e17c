// SPDX-License-Identifier: Apache-2.0
#include "pipeline/live_page/live_feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include "pipeline/live_page/group_json.h"
#include "pipeline/system/unix_time.h"
#include "stages/encode/json_text.h"
#include "stages/parse/key_text.h"

namespace copydesk::live_page {

namespace {

/// Between two tallies after recalls.
constexpr std::chrono::milliseconds kRecallPause{200};

std::string json_string(std::string_view text) {
  std::string json;
  encode::append_json_string(json, text);
  return json;
}

}  // namespace

LiveFeed::LiveFeed(const Options& options, std::function<observe::Metrics::Figures()> figures)
    : options_(options),
      figures_(std::move(figures)),
      instance_(system::unix_milliseconds()),
      tally_({.kept_for = options.kept_for}),
      group_watcher_([this](const std::stop_token& stop) { watch_group(stop); }),
      watcher_([this](const std::stop_token& stop) { watch(stop); }) {}

void LiveFeed::Latest::set(std::string text) {
  if (text == json) return;
  json = std::move(text);
  ++number;
}

void LiveFeed::published(const delivery::Worker::Published& published) noexcept {
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

void LiveFeed::take(const delivery::Worker::Published& published, Clock::time_point now) {
  if (!published.record) return recall_key(published.key, now);
  if (published.superseded) return;  // the page has the newer one, or has seen its recall
  const encode::Digest& digest = published.digest;
  if (digest.story.recalled) return recall(digest.story.id, now);
  // The older version goes too: the embargo may be the correction of one that lacked it.
  if (digest.embargoed_until_ms > system::unix_milliseconds()) return recall(digest.story.id, now);
  keep(published, now);
}

void LiveFeed::keep(const delivery::Worker::Published& published, Clock::time_point now) {
  const std::string& id = published.digest.story.id;
  if (options_.kept_articles == 0 || published.record->size() > kMaxRecordBytes) return;
  tally_.add(published.digest, published.key, published.duplicate, now);
  if (now - second_ >= std::chrono::seconds(1)) {
    second_ = now;
    shown_this_second_ = 0;
  }
  if (++shown_this_second_ > options_.per_second) {
    // Not shown; but no older version may stay in its place.
    const bool outdated =
        std::ranges::any_of(kept_, [&](const Kept& kept) { return kept.id == id && !kept.record.empty(); });
    if (outdated) withdraw(id, now);
    return;
  }
  kept_.push_back({next_number_++, now, id, std::string(*published.record), std::string(published.key)});
  while (kept_.size() > options_.kept_articles) kept_.pop_front();
  forget_old(now);
}

void LiveFeed::recall(std::string_view id, Clock::time_point now) {
  tally_.remove(id);
  recalled_ = true;
  withdraw(id, now);
}

void LiveFeed::withdraw(std::string_view id, Clock::time_point now) {
  std::erase_if(kept_, [id](const Kept& kept) { return kept.id == id; });
  kept_.push_back({next_number_++, now, std::string(id), {}, {}});
  while (kept_.size() > options_.kept_articles) kept_.pop_front();
  forget_old(now);
}

/// A tombstone says only the key. That, or what stands for a key that is no text, is the article's id, unless the desk
/// keys its records otherwise.
void LiveFeed::recall_key(std::string_view key, Clock::time_point now) {
  if (key.empty()) return;
  tally_.remove_key(key);
  std::vector<std::string> ids{parse::key_text(key)};
  for (const Kept& kept : kept_) {
    if (kept.key == key && kept.id != ids.front()) ids.push_back(kept.id);
  }
  for (const std::string& one : ids) recall(one, now);
}

void LiveFeed::forget_old(Clock::time_point now) {
  while (!kept_.empty() && now - kept_.front().when > options_.kept_for) kept_.pop_front();
  tally_.forget_old(now);
}

void LiveFeed::count_tally() {
  recalled_ = false;
  if (tally_revision_ == tally_.revision() && latest_tally_.number > 0) return;
  tally_revision_ = tally_.revision();
  latest_tally_.set(tally_.json(Clock::now()));
  changed_.notify_all();
}

void LiveFeed::watch(const std::stop_token& stop) {
  auto next = Clock::now();
  while (!stop.stop_requested()) {
    const observe::Metrics::Figures figures = figures_();
    const std::int64_t at = system::unix_milliseconds();
    std::unique_lock lock(mutex_);
    history_.add(figures, at);
    latest_figures_.set(fmt::format(R"({{"at":{},"sample":{},"metrics":{}}})", at, history_.newest(), figures.json));
    forget_old(Clock::now());
    count_tally();
    changed_.notify_all();
    next = std::max(next + options_.figures_interval, Clock::now());
    while (changed_.wait_until(lock, stop, next, [this] { return recalled_; })) {
      count_tally();
      changed_.wait_until(lock, stop, std::min(next, Clock::now() + kRecallPause), [] { return false; });
    }
  }
}

void LiveFeed::watch_group(const std::stop_token& stop) {
  if (!options_.group) return;
  while (!stop.stop_requested()) {
    std::unique_lock lock(mutex_);
    if (!opened_.wait(lock, stop, [this] { return pages_ > 0; })) return;
    lock.unlock();
    std::string json = group_json(options_.group(stop));
    lock.lock();
    latest_group_.set(std::move(json));
    changed_.notify_all();
    opened_.wait_for(lock, stop, options_.group_interval, [] { return false; });
  }
}

std::string LiveFeed::greeting() const {
  return fmt::format(
      R"({{"instance":"{}","kept_articles":{},"kept_for":{},"now":{}}})", instance_, options_.kept_articles,
      std::chrono::duration_cast<std::chrono::seconds>(options_.kept_for).count(), system::unix_milliseconds());
}

bool LiveFeed::has_news(const Seen& seen) const {
  return latest_figures_.number > seen.figures || latest_tally_.number > seen.tally ||
         latest_group_.number > seen.group || (!kept_.empty() && kept_.back().number > seen.article);
}

void LiveFeed::serve(observe::EventStream& stream) {
  /// Counts a page for as long as it is open.
  class Open {
   public:
    explicit Open(LiveFeed& feed) : feed_(feed) { ++feed_.pages_; }
    ~Open() {
      const std::lock_guard lock(feed_.mutex_);
      --feed_.pages_;
    }
    Open(const Open&) = delete;
    Open& operator=(const Open&) = delete;

   private:
    LiveFeed& feed_;
  };

  Seen seen;
  std::vector<Kept> fresh;
  std::string text;
  std::optional<Open> open;
  {
    const std::lock_guard lock(mutex_);
    open.emplace(*this);
    text = history_.json();
  }
  opened_.notify_all();
  if (!stream.send("start", greeting()) || !stream.send("history", text)) return;
  const std::stop_token stop = stream.stop_token();
  while (!stop.stop_requested()) {
    std::vector<std::pair<std::string_view, std::string>> latest;
    {
      std::unique_lock lock(mutex_);
      // A time limit too, so that a page that has gone is noticed.
      changed_.wait_for(lock, stop, options_.figures_interval * 2, [&] { return has_news(seen); });
      fresh.clear();
      for (const Kept& kept : kept_) {
        if (kept.number > seen.article) fresh.push_back(kept);
      }
      const auto take_newer = [&](std::string_view event, const Latest& newest, std::uint64_t& number) {
        if (newest.number <= number) return;
        number = newest.number;
        latest.emplace_back(event, newest.json);
      };
      take_newer("tally", latest_tally_, seen.tally);
      take_newer("group", latest_group_, seen.group);
      take_newer("figures", latest_figures_, seen.figures);
    }
    for (const Kept& kept : fresh) {
      seen.article = kept.number;
      const bool sent =
          kept.record.empty() ? stream.send("recall", json_string(kept.id)) : stream.send("article", kept.record);
      if (!sent) return;
    }
    for (const auto& [event, json] : latest) {
      if (!stream.send(event, json)) return;
    }
  }
}

}  // namespace copydesk::live_page
