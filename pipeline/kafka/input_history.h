// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "pipeline/delivery/io.h"
#include "pipeline/kafka/client.h"
#include "pipeline/story/facts_reader.h"
#include "pipeline/story/story_history.h"

namespace copydesk::kafka {

/// Reads the input topic back on a thread of its own, beside the worker's consumer and outside its group.
class InputHistory final : public story::StoryHistory {
 public:
  struct Options {
    Properties properties;  ///< of the worker's consumer
    std::string topic;
    std::size_t memory_limit = 0;          ///< for one article, per stage
    std::chrono::milliseconds timeout{0};  ///< for one request; what is read by then is the answer
  };
  /// The wakeup outlives this.
  InputHistory(Options options, std::shared_ptr<const engine::ArticleGraph::Stages> stages,
               const delivery::Wakeup& wakeup);
  ~InputHistory() override;

  void ask(std::vector<Range> ranges, std::uint64_t ticket) override;
  std::optional<Answer> take() override;

 private:
  struct Request {
    std::vector<Range> ranges;
    std::uint64_t ticket = 0;
  };
  void serve(const std::stop_token& stop);
  [[nodiscard]] std::vector<Past> read(const std::vector<Range>& ranges, const std::stop_token& stop);

  const Options options_;
  story::FactsReader facts_;
  const delivery::Wakeup& wakeup_;
  std::mutex mutex_;
  std::condition_variable_any asked_;
  std::deque<Request> requests_;
  std::deque<Answer> answers_;
  std::jthread thread_;  ///< last: it uses the others
};

}  // namespace copydesk::kafka
