// SPDX-License-Identifier: Apache-2.0
#include "pipeline/story/story_window.h"

#include <functional>

namespace copydesk::story {

namespace {

std::uint64_t hash_of(std::string_view key) noexcept {
  return std::hash<std::string_view>{}(key);
}

/// Whether two records are further apart than `age`; unknown times are near any.
bool apart(std::int64_t a_ms, std::int64_t b_ms, std::chrono::milliseconds age) noexcept {
  return a_ms >= 0 && b_ms >= 0 && (a_ms > b_ms ? a_ms - b_ms : b_ms - a_ms) > age.count();
}

}  // namespace

StoryWindow::StoryWindow(const Options& options) : options_(options), index_(options.articles) {
  entries_.resize(options.articles);
  entries_.clear();
  for (std::size_t i = 0; i < options.articles; ++i) stories_.try_emplace(std::to_string(i));
  stories_.clear();
}

encode::StoryMarks StoryWindow::see(const encode::StoryFacts& article, const Arrival& arrival) {
  return take_in(article, arrival, false);
}

void StoryWindow::remember(const encode::StoryFacts& article, const Arrival& arrival) {
  static_cast<void>(take_in(article, arrival, true));
}

encode::StoryMarks StoryWindow::take_in(const encode::StoryFacts& article, const Arrival& arrival, bool read_back) {
  encode::StoryMarks marks;
  if (article.id.size() > kLongestName || article.version.size() > kLongestName) return marks;
  while (entries_.size() >= options_.articles) {
    let_go(entries_.front());
    entries_.pop_front();
    ++first_number_;
  }

  const auto [found, is_new] = stories_.try_emplace(article.id);
  Story& story = found->second;
  if (!is_new && !apart(story.timestamp_ms, arrival.timestamp_ms, options_.age)) {
    const auto order = version_of(article) <=> story.newest();
    // A recall stands against the very version that it recalls.
    marks.superseded = order < 0 || (order == 0 && story.recalled && !article.recalled);
  }
  const Entry* const original =
      article.recalled || !article.fingerprint.comparable() ? nullptr : original_of(article, arrival);
  if (original != nullptr) marks.duplicate_of = original->story->first;
  if (!marks.superseded) {
    story.version = article.version;
    story.made_at = article.made_at;
    story.timestamp_ms = arrival.timestamp_ms;
    story.recalled = article.recalled;
    story.duplicate = original != nullptr;
  }
  ++story.entries;
  const bool foreign_key = !arrival.key.empty() && arrival.key != article.id;
  foreign_keys_ += foreign_key ? 1U : 0U;
  entries_.push_back({.story = &*found,
                      .fingerprint = article.fingerprint,
                      .timestamp_ms = arrival.timestamp_ms,
                      .partition = arrival.partition,
                      .key_hash = foreign_key ? hash_of(arrival.key) : 0,
                      .foreign_key = foreign_key,
                      .read_back = read_back});
  // Only originals are found again: what is a duplicate of one is near to the other's duplicates, too.
  if (original == nullptr && !marks.superseded && !article.recalled && article.fingerprint.comparable()) {
    const auto number = first_number_ + static_cast<std::uint32_t>(entries_.size()) - 1;
    if (number != 0) index_.add(number, article.fingerprint);
  }
  return marks;
}

/// The oldest article in the window that this one is a near-duplicate of.
const StoryWindow::Entry* StoryWindow::original_of(const encode::StoryFacts& article, const Arrival& arrival) {
  index_.find(article.fingerprint, candidates_);
  auto oldest = static_cast<std::uint32_t>(entries_.size());  // places in the window count from its oldest article
  for (const NearDuplicateIndex::Number number : candidates_) {
    const std::uint32_t place = number - first_number_;
    if (place >= oldest || entries_[place].story == nullptr) continue;
    const Entry& other = entries_[place];
    const auto& [id, story] = *other.story;
    // A story that is itself somebody's duplicate by now is never named: no two name each other, and no chain closes.
    if (id == article.id || story.recalled || story.duplicate) continue;
    if (apart(other.timestamp_ms, arrival.timestamp_ms, options_.age)) continue;
    // Read back from another partition, it may have come in after this one, which is then repeated after a crash.
    if (other.read_back && other.partition != arrival.partition && other.timestamp_ms > arrival.timestamp_ms) continue;
    if (fingerprint::similarity(article.fingerprint, other.fingerprint) >= options_.similarity) oldest = place;
  }
  return oldest < entries_.size() ? &entries_[oldest] : nullptr;
}

void StoryWindow::let_go(Entry& entry) {
  if (entry.story == nullptr) return;
  if (--entry.story->second.entries == 0) stories_.erase(stories_.find(entry.story->first));
  foreign_keys_ -= entry.foreign_key ? 1U : 0U;
  entry.story = nullptr;
}

void StoryWindow::forget(std::string_view key) {
  const auto by_id = stories_.find(std::string(key));
  if (by_id == stories_.end() && foreign_keys_ == 0) return;
  const std::uint64_t hash = hash_of(key);
  for (Entry& entry : entries_) {
    if (entry.story == nullptr) continue;
    if (entry.story->first == key || (entry.foreign_key && entry.key_hash == hash)) let_go(entry);
  }
}

void StoryWindow::forget_partition(std::int32_t partition) {
  for (Entry& entry : entries_) {
    if (entry.partition == partition) let_go(entry);
  }
}

StoryWindow::Options window_options(const settings::StorySettings& settings) {
  constexpr double kPercent = 100;
  return {.articles = settings.window_articles,
          .age = settings.window,
          .similarity = settings.duplicate_similarity / kPercent};
}

}  // namespace copydesk::story
