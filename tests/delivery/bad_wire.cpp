// SPDX-License-Identifier: Apache-2.0
#include "tests/delivery/bad_wire.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace copydesk::delivery {

std::vector<BadValue> bad_values() {
  const auto folder = std::filesystem::path(COPYDESK_SOURCE_DIR) / "tests" / "wire" / "bad";
  std::ifstream manifest(folder / "manifest.tsv");
  std::vector<BadValue> values;
  std::string line;
  std::getline(manifest, line);  // the columns' names
  while (std::getline(manifest, line)) {
    std::istringstream fields(line);
    BadValue bad;
    std::string outcome;
    std::string what;
    std::getline(fields, bad.file, '\t');
    std::getline(fields, outcome, '\t');
    std::getline(fields, bad.reason, '\t');
    std::getline(fields, what, '\t');
    std::getline(fields, bad.message, '\t');
    bad.enriched = outcome == "enriched";
    std::ifstream file(folder / bad.file, std::ios::binary);
    bad.bytes.assign(std::istreambuf_iterator<char>(file), {});
    values.push_back(std::move(bad));
  }
  return values;
}

const Record* find_case(const std::vector<Record>& records, const std::string& name) {
  const auto found =
      std::find_if(records.begin(), records.end(), [&](const Record& record) { return record.header("case") == name; });
  return found == records.end() ? nullptr : &*found;
}

}  // namespace copydesk::delivery
