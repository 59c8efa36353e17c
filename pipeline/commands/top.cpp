// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/top.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <thread>
#include <utility>

#include "config/value.h"
#include "pipeline/commands/command_line.h"
#include "pipeline/commands/exit_codes.h"
#include "pipeline/commands/stop_signals.h"
#include "pipeline/terminal/paint.h"
#include "pipeline/terminal/screen.h"
#include "pipeline/terminal/top_table.h"
#include "pipeline/terminal/worker_figures.h"

namespace copydesk::commands {
namespace {

using Clock = terminal::WorkerHistory::Clock;
constexpr std::chrono::milliseconds kLook{50};

class Top {
 public:
  Top(const TopOptions& options, const std::atomic<bool>& stop)
      : options_(options), stop_(stop), scraper_(options.scraper), workers_(options.workers.size()) {}

  int once(std::ostream& out, std::ostream& err) {
    if (!look([this] { return !stop_; })) return fail(err);
    const auto until = Clock::now() + options_.interval;
    while (!stop_ && Clock::now() < until) std::this_thread::sleep_for(kLook);
    look([this] { return !stop_; });
    for (const terminal::PaintedLine& line : terminal::top_table(shown(), {}))
      out << terminal::painted(line, options_.colours) << '\n';
    return fail(err);
  }

  int live(std::ostream& err) {
    if (!look([this] { return !stop_; })) return fail(err);
    terminal::Screen screen(options_.colours);
    terminal::TopView view{.keys = true};
    bool quit = false;
    const auto handle = [&](terminal::Screen::Key key) {
      if (key == terminal::Screen::Key::kQuit) quit = true;
      if (key == terminal::Screen::Key::kUp && view.selected > 0) --view.selected;
      if (key == terminal::Screen::Key::kDown && view.selected < workers_.size()) ++view.selected;
      return key != terminal::Screen::Key::kNone;
    };
    const auto draw = [&] {
      view.rows = screen.rows();
      screen.draw(terminal::top_table(shown(), view));
    };
    const auto goes_on = [&] { return !quit && !stop_; };
    auto next = Clock::now() + options_.interval;
    while (goes_on()) {
      draw();
      while (goes_on() && Clock::now() < next) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(next - Clock::now());
        if (handle(screen.key(std::clamp(left, std::chrono::milliseconds(1), kLook)))) draw();
      }
      next = std::max(next + options_.interval, Clock::now());
      look([&] {
        handle(screen.key(std::chrono::milliseconds(0)));
        return goes_on();
      });
    }
    return kExitOk;
  }

 private:
  struct Watched {
    terminal::WorkerHistory history;
    std::string error;  ///< of the last look
  };

  /// Asks everybody once. False where nobody answered.
  bool look(const std::function<bool()>& go_on) {
    const std::vector<terminal::Scrape> answers = scraper_.scrape(options_.workers, go_on);
    bool any = false;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      Watched& worker = workers_[i];
      worker.error = answers[i].error;
      if (!answers[i].ok) continue;
      auto figures = terminal::read_figures(answers[i].body);
      if (!figures) {
        worker.error = figures.error().message;
        continue;
      }
      worker.history.add(Clock::now(), std::move(*figures));
      any = true;
    }
    return any;
  }

  [[nodiscard]] std::vector<terminal::TopWorker> shown() const {
    std::vector<terminal::TopWorker> shown;
    for (std::size_t i = 0; i < workers_.size(); ++i) {
      terminal::TopWorker& worker =
          shown.emplace_back(terminal::TopWorker{options_.workers[i].name, {}, workers_[i].error});
      if (worker.error.empty()) worker.rates = workers_[i].history.rates();
    }
    return shown;
  }

  /// Says which workers did not answer the last time.
  int fail(std::ostream& err) const {
    int code = kExitOk;
    for (std::size_t i = 0; i < workers_.size(); ++i) {
      if (workers_[i].error.empty()) continue;
      err << fmt::format("copydesk: {}: {}\n", options_.workers[i].name, workers_[i].error);
      code = kExitFailure;
    }
    return code;
  }

  const TopOptions& options_;
  const std::atomic<bool>& stop_;
  terminal::Scraper scraper_;
  std::vector<Watched> workers_;
};

}  // namespace

int top(const TopOptions& options, const std::atomic<bool>& stop, std::ostream& out, std::ostream& err) {
  Top top(options, stop);
  return options.once ? top.once(out, err) : top.live(err);
}

namespace {

constexpr const char* kPasswordVariable = "COPYDESK_HTTP_PASSWORD";

CLI::Validator address_validator() {
  return {[](const std::string& text) {
            return terminal::parse_worker_address(text) ? "" : "write it like desk-1:9464 or https://desk-1:9464";
          },
          "", ""};
}

/// The first line of a file. Nothing where it cannot be read.
std::optional<std::string> first_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

struct TopArguments {
  SettingsOptions source;
  std::vector<std::string> workers;
  std::string user;
  std::string password_file;
  std::string authority;
  std::string interval;
  bool once = false;
};

/// From the arguments, the settings file that they may name, and the environment. Prints what is wrong.
std::optional<TopOptions> top_options(const TopArguments& arguments) {
  settings::Settings settings;
  if (!arguments.source.load(settings)) return std::nullopt;
  TopOptions options;
  for (const std::string& text : arguments.workers) options.workers.push_back(*terminal::parse_worker_address(text));
  if (options.workers.empty()) {
    const auto own = terminal::address_of_listener(settings.http.listen, !settings.http.tls.certificate.empty());
    if (!own) {
      std::cerr << fmt::format("http.listen: '{}' is no address: name a worker, HOST:PORT\n", settings.http.listen);
      return std::nullopt;
    }
    options.workers.push_back(*own);
  }
  options.scraper.username = arguments.user.empty() ? settings.http.username : arguments.user;
  options.scraper.password = settings.http.password;
  if (const char* const password = std::getenv(kPasswordVariable)) options.scraper.password = config::Secret(password);
  if (!arguments.password_file.empty()) {
    auto password = first_line(arguments.password_file);
    if (!password) {
      std::cerr << fmt::format("--password-file: {} cannot be read, or is empty\n", arguments.password_file);
      return std::nullopt;
    }
    options.scraper.password = config::Secret(std::move(*password));
  }
  options.scraper.authority = arguments.authority;
  if (!arguments.interval.empty()) options.interval = *config::parse_duration(arguments.interval);
  options.interval = std::max(options.interval, std::chrono::milliseconds(100));
  options.once = arguments.once || isatty(STDOUT_FILENO) == 0 || isatty(STDIN_FILENO) == 0;
  options.colours = terminal::wants_colours(STDOUT_FILENO);
  return options;
}

}  // namespace

Command add_top(CLI::App& app) {
  auto* command = app.add_subcommand("top", "Watch workers on the terminal: rates, lag, latency, time by stage");
  command->footer(
      "Asks each worker's /metrics once a second. q or Ctrl-C ends it; up and down choose whose stages are shown. "
      "Where\n"
      "standard output or input is no terminal, and with --once, it prints one plain table and ends: 0, or 1 where a\n"
      "worker does not answer. Colours go to terminals only, and not with NO_COLOR set.\n"
      "The password comes from --password-file, from the variable COPYDESK_HTTP_PASSWORD, or from the settings "
      "file.\n\n"
      "Example:\n  copydesk top desk-1:9464 desk-2:9464\n"
      "  copydesk top --once --user desk --password-file /run/secrets/desk --ca ca.pem https://desk-1:9464");
  auto arguments = std::make_shared<TopArguments>();
  command
      ->add_option(
          "WORKER", arguments->workers,
          "HTTP ports of workers: HOST:PORT, https://HOST:PORT (default: 127.0.0.1:9464, or http.listen of --config)")
      ->check(address_validator());
  command
      ->add_option("--user", arguments->user,
                   "Where the workers have `http.username`: who asks (default: as in --config)")
      ->type_name("NAME");
  command->add_option("--password-file", arguments->password_file, "File whose first line is the password")
      ->type_name("FILE");
  command
      ->add_option("--ca", arguments->authority, "Who signed the workers' certificates, in PEM (default: the system's)")
      ->check(CLI::ExistingFile)
      ->type_name("FILE");
  command->add_option("--interval", arguments->interval, "Between two looks (default: 1s; at least 100ms)")
      ->check(duration_validator())
      ->type_name("DURATION");
  command->add_flag("--once", arguments->once, "Print one table and end");
  arguments->source.add_file(*command);
  return [arguments]() -> int {
    const auto options = top_options(*arguments);
    if (!options) return kExitBadConfiguration;
    const delivery::Wakeup wakeup;
    const StopSignals signals(wakeup);
    return top(*options, StopSignals::stop(), std::cout, std::cerr);
  };
}

}  // namespace copydesk::commands
