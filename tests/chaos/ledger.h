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
  std::int64_t unknown = 0;     ///< records of articles that nobody fed
  std::int64_t wrong_exit = 0;  ///< good articles that are dead letters, and bad ones in the output
  friend bool operator==(const Counts&, const Counts&) = default;
  Counts& operator+=(const Counts& other);
};

/// All calls may come from any thread.
class Ledger {
 public:
  using Clock = std::chrono::steady_clock;
  explicit Ledger(int partitions) : lanes_(static_cast<std::size_t>(partitions)) {}

  /// Before an article is published, so that it may come out before it is seen in the input.
  void offered(ArticleNumber article, bool good);
  /// The input topic did not take it, or does not know whether it did: it may stand there or not.
  void refused(ArticleNumber article);
  /// It stands in the input topic, as a reader of it sees it. To be called in the order of a partition's records.
  void fed(ArticleNumber article, Clock::time_point when);
  /// A record of it is in that partition of an output topic, as a reader of committed records sees it. To be called in
  /// the order in which the records stand there.
  void came_out(ArticleNumber article, Exit exit, std::int32_t output_partition, Clock::time_point when);

  [[nodiscard]] Counts counts() const;
  /// Articles fed and not come out yet.
  [[nodiscard]] std::int64_t waiting() const;
  /// What is missing, at most `most` of it: "wire-2-17".
  [[nodiscard]] std::vector<std::string> missing(std::size_t most) const;

  /// How far each partition has been fed: for `all_out`.
  [[nodiscard]] std::vector<std::int64_t> fed_so_far() const;
  /// Whether everything up to there has come out.
  [[nodiscard]] bool all_out(const std::vector<std::int64_t>& fed) const;

  /// The longest that a partition which had articles to give gave none, seconds, since the last call; a stall that goes
  /// on now counts too.
  double take_longest_stall(Clock::time_point now);
  /// Seconds from readable input to readable output of each article that came out since the last call.
  std::vector<double> take_latencies();

 private:
  struct Article {
    bool offered = false;
    bool good = true;
    bool refused = false;
    bool late = false;        // the input has it after a later one
    std::uint8_t inputs = 0;  // these stop at 255
    std::uint8_t outputs = 0;
    std::uint8_t dead_letters = 0;
    Clock::time_point when{};  // fed
    [[nodiscard]] bool out() const noexcept { return outputs > 0 || dead_letters > 0; }
    [[nodiscard]] bool waits() const noexcept { return inputs > 0 && !out(); }
  };
  struct Lane {
    std::vector<Article> articles;
    std::int64_t fed_below = 0;   // the highest number in the input, and one
    std::int64_t done_below = 0;  // every article below has come out, or was refused
    Clock::time_point last_out{};
  };
  [[nodiscard]] static double waited(const Lane& lane, Clock::time_point now);
  Article* find(ArticleNumber article);

  mutable std::mutex mutex_;
  std::vector<Lane> lanes_;
  std::map<std::tuple<Exit, std::int32_t, int>, int> highest_;  // by exit, output partition and input partition
  std::int64_t waiting_ = 0;
  std::int64_t duplicated_ = 0;
  std::int64_t reordered_ = 0;
  std::int64_t unknown_ = 0;
  std::int64_t wrong_exit_ = 0;
  double longest_stall_ = 0;
  std::vector<double> latencies_;
};

}  // namespace copydesk::chaos
