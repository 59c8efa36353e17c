// SPDX-License-Identifier: Apache-2.0
#include "pipeline/terminal/screen.h"

#define NCURSES_NOMACROS
#include <curses.h>

#include <algorithm>
#include <array>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace copydesk::terminal {

struct Screen::Terminal {
  SCREEN* screen = nullptr;
  bool colours = false;
};

namespace {

/// By Paint: colour, and what else.
struct Look {
  short colour;
  attr_t attributes;
};
constexpr std::array<Look, 7> kLooks{Look{-1, A_NORMAL},         Look{-1, A_BOLD}, Look{COLOR_CYAN, A_NORMAL},
                                     Look{COLOR_YELLOW, A_BOLD}, Look{-1, A_DIM},  Look{COLOR_GREEN, A_NORMAL},
                                     Look{COLOR_RED, A_BOLD}};

}  // namespace

Screen::Screen(bool colours) : terminal_(std::make_unique<Terminal>()) {
  // What is UTF-8 here must be so for ncurses; numbers stay as they are.
  const char* const locale = std::setlocale(LC_CTYPE, "");
  if (locale == nullptr || MB_CUR_MAX == 1) std::setlocale(LC_CTYPE, "C.UTF-8");
  terminal_->screen = newterm(nullptr, stdout, stdin);
  if (terminal_->screen == nullptr) {
    const char* const kind = std::getenv("TERM");
    throw std::runtime_error(std::string("this machine does not know a terminal of the kind TERM=") +
                             (kind == nullptr ? "" : kind) + ": try TERM=xterm, or --once");
  }
  cbreak();
  noecho();
  curs_set(0);
  keypad(stdscr, TRUE);
  terminal_->colours = colours && has_colors();
  if (!terminal_->colours) return;
  start_color();
  use_default_colors();
  for (std::size_t i = 0; i < kLooks.size(); ++i) init_pair(static_cast<short>(i + 1), kLooks.at(i).colour, -1);
}

Screen::~Screen() {
  endwin();
  delscreen(terminal_->screen);
}

std::size_t Screen::rows() const {
  return static_cast<std::size_t>(std::max(getmaxy(stdscr), 1));
}

void Screen::draw(const std::vector<PaintedLine>& lines) {
  werase(stdscr);
  const int rows = getmaxy(stdscr);
  for (int row = 0; row < std::min(rows, static_cast<int>(lines.size())); ++row) {
    wmove(stdscr, row, 0);
    for (const PaintedText& piece : lines[static_cast<std::size_t>(row)]) {
      const auto paint = static_cast<std::size_t>(piece.paint);
      if (terminal_->colours) {
        wattr_set(stdscr, kLooks.at(paint).attributes, static_cast<short>(paint + 1), nullptr);
      }
      const int space = getmaxx(stdscr) - getcurx(stdscr);
      if (getcury(stdscr) != row || space <= 0) break;  // wrapped: the line is full
      // A wide character takes more bytes than columns, so ncurses is told how many columns there are.
      std::wstring wide(piece.text.size(), L'\0');
      const std::size_t size = std::mbstowcs(wide.data(), piece.text.c_str(), wide.size());
      if (size == static_cast<std::size_t>(-1)) continue;
      waddnwstr(stdscr, wide.c_str(), std::min(static_cast<int>(size), space));
    }
    wattr_set(stdscr, A_NORMAL, 0, nullptr);
  }
  wrefresh(stdscr);
}

Screen::Key Screen::key(std::chrono::milliseconds limit) {
  wtimeout(stdscr, static_cast<int>(limit.count()));
  switch (wgetch(stdscr)) {
    case ERR: return Key::kNone;
    case 'q':
    case 'Q': return Key::kQuit;
    case KEY_UP:
    case 'k': return Key::kUp;
    case KEY_DOWN:
    case 'j': return Key::kDown;
    default: return Key::kOther;
  }
}

}  // namespace copydesk::terminal
