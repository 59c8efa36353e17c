// SPDX-License-Identifier: Apache-2.0
#include "pipeline/live_page/live_feed.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "stages/encode/json_text.h"

namespace copydesk {
namespace {

using namespace std::chrono_literals;

struct Article {
  std::string id;
  std::string status = "usable";
  std::string text = "text";
  std::string person = {};  ///< who is quoted in it, twice
};

std::string record(const std::string& id, const std::string& status = "usable", const std::string& text = "text") {
  std::string json = R"({"schema":"copydesk/enriched-article/1","id":)";
  encode::append_json_string(json, id);
  return json + R"(,"status":")" + status + R"(","text":")" + text + R"("})";
}

void publish(live_page::LiveFeed& feed, const Article& article, std::string_view key = {}, bool superseded = false,
             std::int64_t embargoed_until_ms = 0) {
  encode::Digest digest;
  digest.story.id = article.id;
  digest.story.recalled = article.status != "usable";
  digest.embargoed_until_ms = embargoed_until_ms;
  if (!article.person.empty()) digest.people.push_back({.name = article.person, .role = {}, .quotes = 2});
  const std::string json = record(article.id, article.status, article.text);
  feed.published({.record = json, .key = key, .digest = digest, .superseded = superseded});
}
void publish_tombstone(live_page::LiveFeed& feed, std::string_view key) {
  feed.published({.record = std::nullopt, .key = key, .digest = encode::Digest()});
}

/// An open page: collects its events on a thread, as the server would serve it.
class Page final : public observe::EventStream {
 public:
  using Event = std::pair<std::string, std::string>;

  explicit Page(live_page::LiveFeed& feed) : thread_([this, &feed] { feed.serve(*this); }) {}
  ~Page() override { stop_.request_stop(); }

  bool send(std::string_view event, std::string_view data) override {
    const std::lock_guard lock(mutex_);
    events_.emplace_back(event, data);
    changed_.notify_all();
    return !stop_.stop_requested();
  }
  [[nodiscard]] std::stop_token stop_token() const override { return stop_.get_token(); }

  /// The data of the events of one kind, once there are `count` of them or five seconds have gone.
  std::vector<std::string> events(std::string_view kind, std::size_t count) {
    std::vector<std::string> found;
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, 5s, [&] {
      found.clear();
      for (const Event& event : events_) {
        if (event.first == kind) found.push_back(event.second);
      }
      return found.size() >= count;
    });
    return found;
  }
  /// Waits for an event of this kind that holds `text`, for five seconds at most.
  void until(std::string_view kind, std::string_view text) {
    std::unique_lock lock(mutex_);
    const auto came = [&] {
      return std::ranges::any_of(events_, [&](const Event& event) {
        return event.first == kind && event.second.find(text) != std::string::npos;
      });
    };
    EXPECT_TRUE(changed_.wait_for(lock, 5s, came)) << "no " << kind << " with " << text;
  }
  /// The kinds of all events so far.
  std::vector<std::string> kinds() {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> kinds;
    for (const Event& event : events_) kinds.push_back(event.first);
    return kinds;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Event> events_;
  std::stop_source stop_;
  std::jthread thread_;  // last: it uses the others
};

observe::Metrics::Figures no_figures() {
  return {.json = "{}", .end_to_end = {}};
}

/// What a page that opens now is given.
std::vector<std::string> kept(live_page::LiveFeed& feed) {
  Page page(feed);
  page.events("figures", 1);  // sent after what is kept
  return page.events("article", 0);
}

TEST(LiveFeed, GivesAPageWhatIsKeptAndThenWhatComes) {
  live_page::LiveFeed feed({}, no_figures);
  publish(feed, {"a"});
  publish(feed, {"b"});
  Page page(feed);
  EXPECT_EQ(page.events("article", 2), (std::vector{record("a"), record("b")}));
  publish(feed, {"c"});
  EXPECT_EQ(page.events("article", 3).back(), record("c"));
  const std::vector<std::string> kinds = page.kinds();
  ASSERT_GE(kinds.size(), 2U);
  EXPECT_EQ(kinds[0], "start");
  EXPECT_EQ(kinds[1], "history");
}

TEST(LiveFeed, TellsThePageItsBounds) {
  live_page::LiveFeed feed({.kept_articles = 7, .kept_for = 90s}, no_figures);
  Page page(feed);
  const std::vector<std::string> start = page.events("start", 1);
  ASSERT_EQ(start.size(), 1U);
  EXPECT_NE(start[0].find(R"("kept_articles":7,"kept_for":90,"now":)"), std::string::npos) << start[0];
}

TEST(LiveFeed, KeepsNoMoreThanItsNumber) {
  live_page::LiveFeed feed({.kept_articles = 3}, no_figures);
  for (const char* id : {"a", "b", "c", "d", "e"}) publish(feed, {id});
  EXPECT_EQ(kept(feed), (std::vector{record("c"), record("d"), record("e")}));
}

TEST(LiveFeed, ForgetsWhatIsOld) {
  live_page::LiveFeed feed({.kept_for = 50ms, .figures_interval = 20ms}, no_figures);
  publish(feed, {"a"});
  std::this_thread::sleep_for(120ms);
  EXPECT_TRUE(kept(feed).empty());
}

TEST(LiveFeed, PassesOverRecordsThatAreTooLarge) {
  live_page::LiveFeed feed({}, no_figures);
  publish(feed, {"large", "usable", std::string(live_page::LiveFeed::kMaxRecordBytes, 'x')});
  publish(feed, {"small"});
  EXPECT_EQ(kept(feed), std::vector{record("small")});
}

TEST(LiveFeed, ShowsNoMoreThanItsRate) {
  live_page::LiveFeed feed({}, no_figures);
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 1000; ++i) publish(feed, {std::to_string(i)});
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(std::chrono::steady_clock::now() - begin).count();
  const std::uint64_t kPerSecond = live_page::LiveFeed::Options{}.per_second;
  EXPECT_GE(kept(feed).size(), kPerSecond);
  EXPECT_LE(kept(feed).size(), kPerSecond * static_cast<std::uint64_t>(seconds + 1));
}

TEST(LiveFeed, ATombstoneRemovesAtOnceHereAndOnPages) {
  live_page::LiveFeed feed({}, no_figures);
  publish(feed, {"a"}, "a");
  publish(feed, {"b"}, "desk-7");
  publish(feed, {"c"}, "c");
  Page page(feed);
  page.events("article", 3);
  publish_tombstone(feed, "a");
  EXPECT_EQ(page.events("recall", 1), std::vector<std::string>{R"("a")"});
  publish_tombstone(feed, "desk-7");
  const auto recalls = page.events("recall", 3);
  EXPECT_NE(std::find(recalls.begin(), recalls.end(), R"("b")"), recalls.end()) << "the key is not the id";
  publish_tombstone(feed, "");
  EXPECT_EQ(kept(feed), std::vector{record("c")});
}

// The id of a record without one is its key, or what stands for a key that is no text.
TEST(LiveFeed, ATombstoneWhoseKeyIsNoTextRemovesWhatTheKeyStandsFor) {
  live_page::LiveFeed feed({}, no_figures);
  publish(feed, {"key:fffe80"}, "\xFF\xFE\x80");
  publish(feed, {"b"}, "b");
  Page page(feed);
  page.events("article", 2);
  publish_tombstone(feed, "\xFF\xFE\x80");
  EXPECT_EQ(page.events("recall", 1), std::vector<std::string>{R"("key:fffe80")"});
  EXPECT_EQ(kept(feed), std::vector{record("b")});
}

TEST(LiveFeed, ShowsNothingUnderAnEmbargo) {
  live_page::LiveFeed feed({}, no_figures);
  const auto now =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  constexpr std::int64_t kHour = 3'600'000;
  publish(feed, {"over"}, "", false, now - kHour);
  publish(feed, {"to come"}, "", false, now + kHour);
  publish(feed, {"no time"}, "", false, std::numeric_limits<std::int64_t>::max());
  publish(feed, {"corrected"});
  EXPECT_EQ(kept(feed), (std::vector{record("over"), record("corrected")}));
  publish(feed, {"corrected"}, "", false, now + kHour);
  EXPECT_EQ(kept(feed), std::vector{record("over")}) << "an embargo that comes later takes effect";
}

TEST(LiveFeed, AnOlderVersionThatComesLateChangesNothing) {
  live_page::LiveFeed feed({}, no_figures);
  publish(feed, {"a", "usable", "new"});
  publish(feed, {"a", "usable", "old"}, "", true);
  publish(feed, {"a", "canceled", ""}, "", true);
  EXPECT_EQ(kept(feed), std::vector{record("a", "usable", "new")});
}

TEST(LiveFeed, RecallRemovesAtOnceHereAndOnPages) {
  for (const char* status : {"withheld", "canceled"}) {
    live_page::LiveFeed feed({}, no_figures);
    publish(feed, {"a"});
    publish(feed, {"b"});
    Page page(feed);
    page.events("article", 2);
    publish(feed, {"a", status, ""});
    EXPECT_EQ(page.events("recall", 1), std::vector<std::string>{R"("a")"}) << status;
    EXPECT_EQ(kept(feed), std::vector{record("b")}) << status;
  }
}

TEST(LiveFeed, RecallPassesTheRateLimit) {
  live_page::LiveFeed feed({}, no_figures);
  for (int i = 0; i < 50; ++i) publish(feed, {std::to_string(i)});
  publish(feed, {"0", "canceled", ""});
  for (const std::string& article : kept(feed)) EXPECT_NE(article, record("0"));
}

TEST(LiveFeed, RecallNeedsTheWholeId) {
  live_page::LiveFeed feed({}, no_figures);
  publish(feed, {"ab"});
  publish(feed, {R"(a"b)"});
  publish(feed, {"a", "canceled", ""});
  EXPECT_EQ(kept(feed).size(), 2U);
  publish(feed, {R"(a"b)", "canceled", ""});
  EXPECT_EQ(kept(feed), std::vector{record("ab")});
}

TEST(LiveFeed, AsksForFiguresOncePerIntervalHoweverManyPages) {
  std::atomic<int> asked = 0;
  live_page::LiveFeed feed({.figures_interval = 100ms}, [&] {
    ++asked;
    return observe::Metrics::Figures{
        .json = R"({"x":1})", .published = 4, .words = 5, .dead_letters = 6, .lag = 7, .end_to_end = {}};
  });
  std::vector<std::unique_ptr<Page>> pages;
  for (int i = 0; i < 5; ++i) pages.push_back(std::make_unique<Page>(feed));
  for (const auto& page : pages) {
    const std::vector<std::string> figures = page->events("figures", 3);
    ASSERT_GE(figures.size(), 3U);
    EXPECT_NE(figures[0].find(R"(,"metrics":{"x":1}})"), std::string::npos) << figures[0];
  }
  EXPECT_LE(asked, 10);
  Page late(feed);
  const std::vector<std::string> history = late.events("history", 1);
  ASSERT_EQ(history.size(), 1U);
  EXPECT_NE(history[0].find(",4,5,6,7,null,null]"), std::string::npos) << history[0];
}

TEST(LiveFeed, CountsWhatItIsTooFastToShow) {
  live_page::LiveFeed feed({.per_second = 1}, no_figures);
  for (int i = 0; i < 50; ++i) publish(feed, {.id = std::to_string(i), .person = "Ana Voss"});
  Page page(feed);
  page.until("tally", R"("name":"Ana Voss","quotes":100,"articles":50)");
}

TEST(LiveFeed, ARecallTakesItsPartOfTheCountsAtOnce) {
  live_page::LiveFeed feed({.figures_interval = 3600s}, no_figures);
  Page page(feed);
  page.events("figures", 1);  // no other comes for an hour
  publish(feed, {.id = "a", .person = "Ana Voss"});
  publish(feed, {.id = "b", .person = "Ilo Brandt"}, "desk-7");
  publish(feed, {"a", "canceled", ""});
  page.until("tally", R"("people":[{"name":"Ilo Brandt")");
  publish_tombstone(feed, "desk-7");
  page.until("tally", R"("people":[])");
}

TEST(LiveFeed, NoOlderVersionStaysInThePlaceOfOneTooManyToShow) {
  constexpr int kTries = 50;  // a machine may take a second from one line to the next, and both are shown
  for (int i = 0; i < kTries; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    live_page::LiveFeed feed({.per_second = 1}, no_figures);
    publish(feed, {"a", "usable", "old"});
    publish(feed, {"a", "usable", "new"});
    if (std::chrono::steady_clock::now() - begin >= 1s) continue;
    EXPECT_TRUE(kept(feed).empty());
    Page page(feed);
    EXPECT_EQ(page.events("recall", 1), std::vector<std::string>{R"("a")"});
    return;
  }
  FAIL() << "the machine is too slow";
}

TEST(LiveFeed, AsksForTheGroupOnlyWhileAPageIsOpenAndSeldom) {
  std::atomic<int> asked = 0;
  live_page::LiveFeed feed({.figures_interval = 5ms,
                            .group =
                                [&](const std::stop_token&) {
                                  ++asked;
                                  return delivery::ConsumerGroup{
                                      .id = "newsroom", .state = "Stable", .members = {}, .problem = {}};
                                },
                            .group_interval = 3600s},
                           no_figures);
  publish(feed, {"a"});
  EXPECT_EQ(asked, 0);
  Page one(feed);
  const std::vector<std::string> told = one.events("group", 1);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0], R"({"id":"newsroom","state":"Stable","count":0,"members":[]})");
  Page two(feed);
  EXPECT_EQ(two.events("group", 1), told);
  EXPECT_EQ(asked, 1);
}

TEST(LiveFeed, EndsAStreamPromptlyWhenTheServerStops) {
  live_page::LiveFeed feed({.figures_interval = 3600s}, no_figures);
  auto page = std::make_unique<Page>(feed);
  page->events("figures", 1);
  page.reset();  // waiting for the next figures would take longer than the test's time-out
}

TEST(LiveFeed, TakesRecordsWhilePagesComeAndGo) {
  live_page::LiveFeed feed({.kept_articles = 20, .figures_interval = 5ms}, no_figures);
  std::jthread worker([&](const std::stop_token& stop) {
    for (int i = 0; !stop.stop_requested(); ++i) {
      publish(feed, {std::to_string(i % 30), i % 7 == 0 ? "canceled" : "usable"});
    }
  });
  for (int i = 0; i < 20; ++i) {
    Page one(feed);
    Page two(feed);
    one.events("figures", 2);
  }
}

}  // namespace
}  // namespace copydesk
