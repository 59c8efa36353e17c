// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/engine/records.h"

namespace copydesk::commands {

/// One article as it stands in a file.
struct FileArticle {
  engine::PaddedBytes bytes;
  std::string name;         ///< of the file, with extension: the id of a plain-text article
  bool plain_text = false;  ///< the whole file is the text (`.txt`)
  std::string source;       ///< "wire.jsonl:17", for messages
};

/// Reads articles one after another from files, folders and standard input.
///
/// - `.txt`: the file is one article's text.
/// - `.json` whose first line is not a whole object: the file is one article.
/// - anything else, and standard input (`-`): one article a line; blank lines are passed over.
/// - a folder: its regular files with the extensions txt, json, jsonl and ndjson, in order of their paths.
///
/// Of an article that is larger than any setting allows only the beginning is kept, one byte more than allowed: the
/// parser refuses it as too large.
class ArticleFiles {
 public:
  static constexpr std::size_t kMostBytes = std::size_t{512} << 20U;  ///< the bound of limits.max_article_bytes

  /// `standard_input` outlives the reader. Throws std::runtime_error for a path that does not exist.
  ArticleFiles(const std::vector<std::filesystem::path>& paths, std::istream& standard_input,
               std::size_t most_bytes = kMostBytes);

  /// The next article, or nothing at the end. Throws std::runtime_error for a file that cannot be read.
  [[nodiscard]] std::optional<FileArticle> next();

  void rewind();
  /// True where there is standard input among the sources: it cannot be read twice.
  [[nodiscard]] bool reads_standard_input() const noexcept;

 private:
  std::vector<std::filesystem::path> files_;
  std::size_t position_ = 0;
  std::istream& standard_input_;
  std::size_t most_bytes_;
  std::ifstream file_;
  std::istream* lines_ = nullptr;  // the source that is read line by line; nullptr between files
  std::string source_;
  std::size_t line_ = 0;
  std::string buffer_;
};

}  // namespace copydesk::commands
