// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "config/value.h"
#include "pipeline/terminal/worker_address.h"

namespace copydesk::terminal {

/// What one worker answered.
struct Scrape {
  bool ok = false;
  std::string body{};   ///< where ok
  std::string error{};  ///< else: what was wrong, and what to do; one printable line
};

/// Asks workers for their metrics, all of them at once, over connections that stay open. Used by one thread.
class Scraper {
 public:
  struct Options {
    std::string username{};  ///< HTTP basic authentication; empty: none
    config::Secret password{};
    std::filesystem::path authority{};         ///< PEM of who signed the certificates; empty: the system's
    std::chrono::milliseconds timeout{2'000};  ///< per worker
  };
  /// An answer is no longer than this.
  static constexpr std::size_t kMostBytes = 16U << 20U;

  explicit Scraper(Options options);
  ~Scraper();
  Scraper(const Scraper&) = delete;
  Scraper& operator=(const Scraper&) = delete;

  /// One answer for each address, in their order. `go_on` is asked at least every 50 ms; where it says no, those that
  /// have not answered yet have failed. No proxy is used, whatever the environment says, and no redirection followed:
  /// the password goes to the addresses alone.
  [[nodiscard]] std::vector<Scrape> scrape(std::span<const WorkerAddress> addresses,
                                           const std::function<bool()>& go_on);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace copydesk::terminal
