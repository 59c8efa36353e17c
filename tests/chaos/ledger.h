// SPDX-License-Identifier: Apache-2.0
#pragma once

// The books of a run: what was fed, what came out, and what is wrong between the two.

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace copydesk::chaos {

/// Every article carries the partition that it was fed to and its number there, from 0.
struct ArticleNumber {
  int partition = -1;
  int number = -1;
  friend auto operator<=>(const ArticleNumber&, const ArticleNumber&) = default;
};

/// "wire-PARTITION-NUMBER"; nothing (-1) where it is not of that form.
ArticleNumber article_number(std::string_view key);

/// Where an article came out.
enum class Exit : std::uint8_t { kOutput, kDeadLetters };

/// Why it is a dead letter.
enum class Reason : std::uint8_t {
  kNone,      ///< it is none
  kInput,     ///< the article itself could not be enriched
  kTooLarge,  ///< `output_too_large`
  kRefused,   ///< `output_refused`
};

/// What must become of an article.
enum class Fate : std::uint8_t {
  kPublished,
  kDeadLetter,  ///< because of what it is, not because a topic refused it
  kTooLarge,    ///< a dead letter because its record alone is more than the output takes
  /// A tombstone without a key: passed on, or a dead letter where the output wants a key. It has no value to lose.
  kTombstone,
};

/// One record of an output topic.
struct Arrival {
  ArticleNumber article;
  Exit exit = Exit::kOutput;
  std::int32_t output_partition = 0;
  Reason reason = Reason::kNone;
  bool has_value = true;
  bool restamped = false;          ///< `timestamp_ms` stood in a header, since the topic refused it
  std::int64_t timestamp_ms = -1;  ///< that the article came with, as the record says; Unix time; -1 = not looked at
};

/// Counts over everything that the ledger has seen.
struct Counts {
  std::int64_t in = 0;             ///< articles in the input topic
  std::int64_t out = 0;            ///< different articles in the output topic
  std::int64_t dead_lettered = 0;  ///< different articles in the dead-letter topic (and not in the output)
  std::int64_t lost = 0;           ///< articles in neither
  std::int64_t duplicated = 0;     ///< records beyond one, in either topic, for each record of the input
  /// Articles that first came out after a later article of the same input partition had, in the same output partition.
  /// Repetitions are not looked at: a worker that takes over begins at the last commit, and repeats.
  std::int64_t reordered = 0;
  std::int64_t unknown = 0;          ///< records of articles that nobody fed
  std::int64_t wrong_exit = 0;       ///< not where the article's fate sends it, or for another reason
  std::int64_t aborted_seen = 0;     ///< records of articles whose transaction was aborted
  std::int64_t without_value = 0;    ///< records whose value was left out
  std::int64_t wrong_timestamp = 0;  ///< articles that say another timestamp than they came with
  std::int64_t restamped = 0;        ///< articles whose timestamp a topic refused, and which have it in a header
  friend bool operator==(const Counts&, const Counts&) = default;
  Counts& operator+=(const Counts& other);
};

/// All calls may come from any thread.
class Ledger {
 public:
  using Clock = std::chrono::steady_clock;
  explicit Ledger(int partitions) : lanes_(static_cast<std::size_t>(partitions)) {}

  /// Before an article is published, so that it may come out before it is seen in the input.
  void offered(ArticleNumber article, Fate fate);
  /// The input topic did not take it, or does not know whether it did: it may stand there or not.
  void refused(ArticleNumber article);
  /// The transaction that it is in will never be committed: no reader of committed records may see it.
  void aborted(ArticleNumber article);
  /// It stands in the input topic, as a reader of committed records sees it. To be called in the order of a partition's
  /// records. `timestamp_ms`: the record's; -1 = not looked at.
  void fed(ArticleNumber article, Clock::time_point when, std::int64_t timestamp_ms = -1);
  /// A record is in an output topic, as a reader of committed records sees it. To be called in the order in which the
  /// records stand in a partition.
  void came_out(const Arrival& arrival, Clock::time_point when);
  /// The input has more partitions now.
  void grow(int partitions);

  [[nodiscard]] Counts counts() const;
  /// Articles fed and not come out yet.
  [[nodiscard]] std::int64_t waiting() const;
  /// What is missing, at most `most` of it: "wire-2-17".
  [[nodiscard]] std::vector<std::string> missing(std::size_t most) const;

  /// How far each partition has been fed: for `all_out`.
  [[nodiscard]] std::vector<std::int64_t> fed_so_far() const;
  /// Whether everything up to there has come out. Partitions that the ledger learnt of later are not asked for.
  [[nodiscard]] bool all_out(const std::vector<std::int64_t>& fed) const;

  /// The longest that a partition which had articles to give gave none, seconds, since the last call; a stall that goes
  /// on now counts too.
  double take_longest_stall(Clock::time_point now);
  /// Seconds from readable input to readable output of each article that came out since the last call.
  std::vector<double> take_latencies();

 private:
  struct Article {
    bool offered = false;
    Fate fate = Fate::kPublished;
    bool refused = false;
    bool aborted = false;
    bool late = false;        // the input has it after a later one
    std::uint8_t inputs = 0;  // these stop at 255
    std::uint8_t outputs = 0;
    std::uint8_t dead_letters = 0;
    Clock::time_point when{};            // fed
    std::int64_t timestamp_ms = -1;      // in the input; -1 while it is not known
    std::int64_t out_timestamp_ms = -1;  // of the record that came out first, likewise
    [[nodiscard]] bool out() const noexcept { return outputs > 0 || dead_letters > 0; }
    [[nodiscard]] bool waits() const noexcept { return inputs > 0 && !out(); }
    [[nodiscard]] bool never_comes() const noexcept { return (refused || aborted) && inputs == 0; }
  };
  struct Lane {
    std::vector<Article> articles;
    std::int64_t fed_below = 0;   // the highest number in the input, and one
    std::int64_t done_below = 0;  // every article below has come out, or was refused
    Clock::time_point last_out{};
  };
  [[nodiscard]] static double waited(const Lane& lane, Clock::time_point now);
  Article* find(ArticleNumber article);
  void first_arrival(Article& article, const Arrival& arrival, Clock::time_point when);
  void compare_timestamps(const Article& article);

  mutable std::mutex mutex_;
  std::vector<Lane> lanes_;
  std::map<std::tuple<Exit, std::int32_t, int>, int> highest_;  // by exit, output partition and input partition
  std::int64_t waiting_ = 0;
  std::int64_t duplicated_ = 0;
  std::int64_t reordered_ = 0;
  std::int64_t unknown_ = 0;
  std::int64_t wrong_exit_ = 0;
  std::int64_t aborted_seen_ = 0;
  std::int64_t without_value_ = 0;
  std::int64_t wrong_timestamp_ = 0;
  std::int64_t restamped_ = 0;
  double longest_stall_ = 0;
  std::vector<double> latencies_;
};

}  // namespace copydesk::chaos
