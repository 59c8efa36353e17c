// SPDX-License-Identifier: Apache-2.0
// loaded_workers: two `copydesk run` on one topic of the tests' broker, with articles coming in all the time, some of
// them bad and some too large to publish. For tests of what watches workers.
//   writes "topic NAME" and "worker PORT" once the first worker is ready, starts the second one after a line on
//   standard input, writes "worker PORT" again, and ends with its input.

#include <atomic>
#include <chrono>
#include <exception>
#include <iostream>
#include <string>
#include <thread>

#include "tests/delivery/pipeline_rig.h"

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;

constexpr int kPartitions = 4;
constexpr int kBatch = 20;
constexpr auto kPause = 100ms;
// A record is larger than its article: one of 15 kB does not fit into 20 kB, its dead letter does.
constexpr std::size_t kTooLargeText = 15'000;
constexpr const char* kMostBytes = "  max_record_bytes: 20000\n";
constexpr const char* kMostArticleBytes = "limits:\n  max_article_bytes: 18KiB\n";

Record malformed() {
  Record record;
  record.value = R"({"id": "cut off", "text": "The bridge would)";
  return record;
}

Record too_large() {
  std::string text;
  while (text.size() < kTooLargeText) text += "Ilse Brandvik of Karsholm said on Friday. ";
  Record record;
  record.value = R"({"id":"large","text":")" + text + R"("})";
  return record;
}

void feed(const PipelineRig& rig, const std::atomic<bool>& stop) {
  for (int fed = 0; !stop; fed += kBatch) {
    std::vector<Record> batch = numbered_articles(kBatch, kPartitions, fed);
    batch.push_back(malformed());
    if (fed % (kBatch * 10) == 0) batch.push_back(too_large());
    rig.client().produce(rig.input, batch);
    std::this_thread::sleep_for(kPause);
  }
}

int serve() {
  PipelineRig rig({.partitions = kPartitions, .settings = kMostArticleBytes, .delivery = kMostBytes});
  std::atomic<bool> stop = false;
  std::thread feeder([&] { feed(rig, stop); });
  int code = 0;
  try {
    std::cout << "topic " << rig.input << '\n' << std::flush;
    const auto first = rig.start_worker();
    first->await_ready();
    std::cout << "worker " << first->http_port() << '\n' << std::flush;
    std::string line;
    if (std::getline(std::cin, line)) {
      const auto second = rig.start_worker();
      second->await_ready();
      std::cout << "worker " << second->http_port() << '\n' << std::flush;
      while (std::getline(std::cin, line)) {
      }
      if (second->stop() != 0) code = 1;
    }
    if (first->stop() != 0) code = 1;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    code = 1;
  }
  stop = true;
  feeder.join();
  return code;
}

}  // namespace
}  // namespace copydesk::delivery

int main() {
  return copydesk::delivery::serve();
}
