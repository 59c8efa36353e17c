// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

#include "pipeline/terminal/paint.h"

namespace copydesk::terminal {

/// The terminal of standard input and output as a screen, by ncurses. As it was again once this goes. One at a time,
/// used by one thread.
class Screen {
 public:
  enum class Key { kNone, kQuit, kUp, kDown, kOther };

  /// Throws std::runtime_error where the terminal is of a kind ($TERM) that this machine does not know.
  explicit Screen(bool colours);
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  [[nodiscard]] std::size_t rows() const;
  /// Shows these lines from the top; what does not fit is cut off.
  void draw(const std::vector<PaintedLine>& lines);
  /// Waits for a key at most so long. Comes back early, with kOther, when the terminal has changed its size; and with
  /// kNone on a signal.
  [[nodiscard]] Key key(std::chrono::milliseconds limit);

 private:
  struct Terminal;
  std::unique_ptr<Terminal> terminal_;
};

}  // namespace copydesk::terminal
