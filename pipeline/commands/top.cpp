#include "pipeline/commands/top.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <thread>

#include "pipeline/commands/exit_codes.h"
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
    for (const terminal::PaintedLine& line : terminal::top_table(shown(), {})) out << terminal::painted(line, options_.colours) << '\n';
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
      terminal::TopWorker& worker = shown.emplace_back(terminal::TopWorker{options_.workers[i].name, {}, workers_[i].error});
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

}  // namespace copydesk::commands
