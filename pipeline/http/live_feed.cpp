#include "pipeline/http/live_feed.h"

#include <algorithm>
#include <new>
#include <vector>

namespace copydesk {

namespace {

constexpr std::chrono::milliseconds kFiguresInterval{1000};

/// The raw JSON string that follows `"key":` at the top of a record of ours. Our encoder writes `id` and `status` near
/// the front, before any text of the article.
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

}  // namespace

LiveFeed::LiveFeed(const Options& options, std::function<std::string()> figures)
    : options_(options), figures_(std::move(figures)) {}

void LiveFeed::published(std::string_view record) noexcept {
  const auto now = Clock::now();
  const std::string_view id = raw_string(record, R"("id":)");
  const std::string_view status = raw_string(record, R"("status":)");
  const bool recall = status == R"("withheld")" || status == R"("canceled")";
  try {
    {
      const std::lock_guard lock(mutex_);
      if (recall) {
        std::erase_if(kept_, [id](const Kept& kept) { return kept.id == id; });
      } else {
        if (now - second_ >= std::chrono::seconds(1)) {
          second_ = now;
          shown_this_second_ = 0;
        }
        if (record.size() > kMaxRecordBytes || ++shown_this_second_ > kPerSecond) return;
      }
      kept_.push_back({next_number_++, now, std::string(id), recall ? std::string() : std::string(record), recall});
      while (kept_.size() > options_.kept_articles) kept_.pop_front();
      forget_old(now);
    }
    changed_.notify_all();
  } catch (const std::bad_alloc&) {
    // The page misses one article; the article itself is published.
  }
}

void LiveFeed::forget_old(Clock::time_point now) {
  while (!kept_.empty() && now - kept_.front().when > options_.kept_for) kept_.pop_front();
}

void LiveFeed::serve(EventStream& stream) {
  std::uint64_t seen = 0;
  auto next_figures = Clock::now();
  std::vector<Kept> fresh;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait_until(lock, next_figures, [&] { return !kept_.empty() && kept_.back().number > seen; });
      forget_old(Clock::now());
      fresh.clear();
      for (const Kept& kept : kept_) {
        if (kept.number > seen) fresh.push_back(kept);
      }
    }
    for (const Kept& kept : fresh) {
      seen = kept.number;
      const bool sent = kept.recall ? stream.send("recall", kept.id) : stream.send("article", kept.record);
      if (!sent) return;
    }
    const auto now = Clock::now();
    if (now >= next_figures) {
      next_figures = now + kFiguresInterval;
      if (!stream.send("figures", figures_())) return;
    }
  }
}

}  // namespace copydesk
