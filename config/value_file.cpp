// SPDX-License-Identifier: Apache-2.0
#include "config/value_file.h"

#include <fstream>

#include "config/path_check.h"

namespace copydesk::config {

ValueFile read_value_file(std::string_view path) {
  ValueFile result;
  const std::string name(path);
  const auto refuse = [&](std::string_view what) {
    result.text.clear();
    result.problem = "needs the file " + name + ", which " + std::string(what);
    return result;
  };
  if (!path.starts_with('/')) return refuse("is no absolute path; write ${file:/…}");
  if (const auto problem = file_problem(name)) return refuse(*problem);
  std::ifstream file(name, std::ios::binary);
  if (!file) return refuse("cannot be opened; may this user read it?");
  // One byte above the limit is enough to tell, and keeps endless devices out of memory.
  result.text.resize(kMostValueFileBytes + 1);
  file.read(result.text.data(), static_cast<std::streamsize>(result.text.size()));
  if (file.bad()) return refuse("cannot be read to its end");
  result.text.resize(static_cast<std::size_t>(file.gcount()));
  if (result.text.size() > kMostValueFileBytes) return refuse("is larger than 64 KiB; is it the right one?");
  if (result.text.find('\0') != std::string::npos) return refuse("holds a zero byte; is it a text file?");
  while (result.text.ends_with('\n') || result.text.ends_with('\r')) result.text.pop_back();
  return result;
}

}  // namespace copydesk::config
