// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a delivery test needs: topics of its own on a broker, `copydesk run` processes on them, numbered articles to
// feed, and checks of what came out.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "pipeline/private_broker/child_process.h"
#include "tests/delivery/kafka_client.h"

namespace copydesk::delivery {

/// Waits until `condition` holds; false where it does not within `limit`.
bool comes_true(const std::function<bool()>& condition, std::chrono::milliseconds limit);

/// What a command came to.
struct Ended {
  int code = -1;
  std::string out;
  std::string err;
};
/// `copydesk ARGUMENTS` to its end; code -1 where it was killed, or did not end within `limit` (it is killed then).
Ended run_copydesk(std::vector<std::string> arguments, std::chrono::seconds limit = std::chrono::seconds(60));

/// One `copydesk run`.
class WorkerProcess {
 public:
  /// `environment`: variables beyond this process's.
  WorkerProcess(const std::filesystem::path& settings_file, std::filesystem::path log,
                const std::map<std::string, std::string>& environment = {});

  void signal(int number) { process_->signal(number); }
  /// SIGKILL.
  void kill();
  /// SIGTERM; its exit code, or -1 where it did not end within 30 s (it is killed then).
  int stop();
  [[nodiscard]] private_broker::ChildProcess& process() { return *process_; }
  /// What it wrote to standard error.
  [[nodiscard]] std::string log() const;
  /// Waits until it has joined its group and been given partitions. Throws where that takes more than 60 s.
  void await_ready();
  /// The status of /readyz; 0 where it does not answer.
  [[nodiscard]] int readiness();
  /// The port of its HTTP server, as its log tells; waits for it.
  [[nodiscard]] int http_port();
  /// The sum of a metric's series on /metrics.
  [[nodiscard]] double metric(std::string_view name);
  /// How many series of a metric there are.
  [[nodiscard]] int series(std::string_view name);
  /// Whether /metrics has a series of that name.
  [[nodiscard]] bool has_metric(std::string_view name);
  /// Memory that is resident, in KiB.
  [[nodiscard]] std::int64_t resident_kib() const;

 private:
  std::filesystem::path log_;
  std::unique_ptr<private_broker::ChildProcess> process_;
};

/// Topics, group and workers of one test.
class PipelineRig {
 public:
  struct Options {
    std::string bootstrap{};  ///< empty: shared_broker()
    int partitions = 4;
    int output_partitions = 3;
    /// Sections of the settings file beyond those that name broker, topics and group, as YAML at its end.
    std::string settings{};
    /// Below the session time-out.
    std::string drain_timeout = "5s";
    /// More lines of the section `delivery`, with their indent.
    std::string delivery{};
    /// More lines of the section `kafka`, likewise.
    std::string kafka{};
    /// More properties under `kafka.consumer`, `kafka.producer`.
    std::map<std::string, std::string> consumer{};
    std::map<std::string, std::string> producer{};
    /// Settings of the topics.
    std::map<std::string, std::string> output_topic{};
    std::map<std::string, std::string> dead_letter_topic{};
  };
  PipelineRig() : PipelineRig(Options()) {}
  explicit PipelineRig(const Options& options);
  ~PipelineRig();
  PipelineRig(const PipelineRig&) = delete;
  PipelineRig& operator=(const PipelineRig&) = delete;

  /// `environment`: what the settings name as ${VARIABLE}.
  std::unique_ptr<WorkerProcess> start_worker(const std::map<std::string, std::string>& environment = {});
  /// Freezes a worker until the group has gone on without it, and wakes it again. The other one, which has all
  /// partitions then.
  std::unique_ptr<WorkerProcess> make_zombie_of(WorkerProcess& worker);
  [[nodiscard]] const std::filesystem::path& settings_file() const noexcept { return settings_file_; }
  [[nodiscard]] const KafkaClient& client() const noexcept { return client_; }
  [[nodiscard]] std::map<std::int32_t, std::int64_t> committed() const;
  /// Waits until so many records of the input are committed.
  [[nodiscard]] bool await_committed(std::int64_t records, std::chrono::seconds limit) const;

  const std::string input;
  const std::string output;
  const std::string dead_letters;
  const std::string group;

 private:
  KafkaClient client_;
  int partitions_;
  std::filesystem::path folder_;
  std::filesystem::path settings_file_;
  int workers_ = 0;
};

/// Article number `number` of a partition: about 1.5 kB of plain JSON with the id "wire-PARTITION-NUMBER".
Record numbered_article(std::int32_t partition, int number);

/// `count` articles, dealt to the partitions in turn; `first` is the number of articles fed before.
std::vector<Record> numbered_articles(int count, int partitions, int first = 0);

/// How numbered articles came out.
struct Arrival {
  int distinct = 0;
  int duplicates = 0;
  /// The most often that the numbers go back, over all pairs of input and output partition: a worker that starts again
  /// at the committed offset may do that once; nothing else may.
  int most_restarts = 0;
  /// Ids that are not there, or that nobody fed; empty where all is well. At most ten.
  std::vector<std::string> lost;
  std::vector<std::string> unknown;
};
Arrival arrival_of(const std::vector<Record>& output, int count, int partitions);

/// Watches a group's committed offsets until it goes; they must never go back.
class CommitWatch {
 public:
  explicit CommitWatch(const PipelineRig& rig);
  ~CommitWatch();
  CommitWatch(const CommitWatch&) = delete;
  CommitWatch& operator=(const CommitWatch&) = delete;

  /// "partition 2 went back from 40 to 30"; empty where none did. Stops watching.
  std::string violations();
  [[nodiscard]] int looks() const noexcept { return looks_; }

 private:
  const PipelineRig& rig_;
  std::atomic<bool> stop_ = false;
  std::atomic<int> looks_ = 0;
  std::string violations_;
  std::thread thread_;
};

}  // namespace copydesk::delivery
