// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/article_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace copydesk::commands {

namespace {

constexpr std::string_view kStandardInput = "-";
constexpr std::size_t kChunk = std::size_t{64} << 10U;

bool is_article_file(const std::filesystem::path& path) {
  static constexpr std::array kExtensions{".txt", ".json", ".jsonl", ".ndjson"};
  return std::find(kExtensions.begin(), kExtensions.end(), path.extension().string()) != kExtensions.end();
}

/// Adds to `text` until it has one byte more than allowed.
void append(std::string& text, const char* bytes, std::size_t size, std::size_t most_bytes) {
  text.append(bytes, std::min(size, most_bytes + 1 - std::min(text.size(), most_bytes + 1)));
}

std::string read_all(std::istream& in, std::size_t most_bytes) {
  std::string content;
  std::array<char, kChunk> chunk;
  while (in.read(chunk.data(), chunk.size()), in.gcount() > 0 && content.size() <= most_bytes) {
    append(content, chunk.data(), static_cast<std::size_t>(in.gcount()), most_bytes);
  }
  return content;
}

/// std::getline() that keeps no more than one byte beyond what is allowed.
bool read_line(std::istream& in, std::string& line, std::size_t most_bytes) {
  line.clear();
  std::array<char, kChunk> chunk;
  bool some = false;
  while (true) {
    in.getline(chunk.data(), chunk.size());
    const auto got = static_cast<std::size_t>(in.gcount());
    const bool whole = in.good();  // then the line end is counted too
    some = some || got > 0;
    append(line, chunk.data(), whole ? got - 1 : got, most_bytes);
    if (whole) return true;
    if (in.eof() || in.bad() || got == 0) return some;
    in.clear(in.rdstate() & ~std::ios::failbit);  // the line is longer than the chunk
  }
}

/// A `.json` file holds one article, unless its first line is an object of its own.
bool holds_one_article(const std::string& content) {
  const auto first = content.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return false;
  const auto line_end = content.find('\n', first);
  if (line_end == std::string::npos) return true;
  const auto last = content.find_last_not_of(" \t\r\n", line_end);
  return content[last] != '}';
}

}  // namespace

ArticleFiles::ArticleFiles(const std::vector<std::filesystem::path>& paths, std::istream& standard_input,
                           std::size_t most_bytes)
    : standard_input_(standard_input), most_bytes_(most_bytes) {
  for (const auto& path : paths) {
    if (path == kStandardInput) {
      files_.push_back(path);
      continue;
    }
    if (!std::filesystem::exists(path)) {
      throw std::runtime_error(
          fmt::format("'{}' does not exist: name a file, a folder, or '-' for standard input", path.string()));
    }
    if (!std::filesystem::is_directory(path)) {
      files_.push_back(path);
      continue;
    }
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
      if (entry.is_regular_file() && is_article_file(entry.path())) found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    files_.insert(files_.end(), found.begin(), found.end());
  }
  if (paths.empty()) files_.emplace_back(kStandardInput);
}

bool ArticleFiles::reads_standard_input() const noexcept {
  return std::find(files_.begin(), files_.end(), kStandardInput) != files_.end();
}

void ArticleFiles::rewind() {
  position_ = 0;
  lines_ = nullptr;
}

std::optional<FileArticle> ArticleFiles::next() {
  while (true) {
    if (lines_ != nullptr) {
      while (read_line(*lines_, buffer_, most_bytes_)) {
        ++line_;
        if (!buffer_.empty() && buffer_.back() == '\r') buffer_.pop_back();
        if (buffer_.find_first_not_of(" \t") == std::string::npos) continue;
        return FileArticle{engine::PaddedBytes(buffer_), {}, false, fmt::format("{}:{}", source_, line_)};
      }
      lines_ = nullptr;
    }
    if (position_ == files_.size()) return std::nullopt;
    const std::filesystem::path& path = files_[position_++];
    line_ = 0;
    if (path == kStandardInput) {
      source_ = "standard input";
      lines_ = &standard_input_;
      continue;
    }
    source_ = path.string();
    file_ = std::ifstream(path, std::ios::binary);
    if (!file_) throw std::runtime_error(fmt::format("cannot read '{}': check its permissions", source_));
    const std::string extension = path.extension().string();
    if (extension == ".txt") {
      return FileArticle{engine::PaddedBytes(read_all(file_, most_bytes_)), path.filename().string(), true, source_};
    }
    if (extension == ".json") {
      std::string content = read_all(file_, most_bytes_);
      if (holds_one_article(content)) return FileArticle{engine::PaddedBytes(content), {}, false, source_};
      file_ = std::ifstream(path, std::ios::binary);
    }
    lines_ = &file_;
  }
}

}  // namespace copydesk::commands
