// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/property_list.h"

#include <librdkafka/rdkafka.h>

#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string_view>
#include <vector>

namespace copydesk::kafka {

namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> cells_of(std::string_view row) {
  std::vector<std::string_view> cells;
  while (true) {
    const std::size_t bar = row.find('|');
    cells.push_back(trimmed(row.substr(0, bar)));
    if (bar == std::string_view::npos) return cells;
    row.remove_prefix(bar + 1);
  }
}

std::string shown_properties() {
  char* text = nullptr;
  std::size_t size = 0;
  std::FILE* const memory = open_memstream(&text, &size);
  if (memory == nullptr) return {};
  rd_kafka_conf_properties_show(memory);
  std::fclose(memory);
  std::string shown(text, size);
  std::free(text);
  return shown;
}

std::map<std::string, PropertyFacts> read_properties() {
  // "name | C/P | range | default | importance | description": the legend's C is consumer, P producer, * both.
  constexpr std::size_t kName = 0;
  constexpr std::size_t kClients = 1;
  constexpr std::size_t kRange = 2;
  constexpr std::size_t kCells = 6;
  std::map<std::string, PropertyFacts> list;
  std::istringstream lines(shown_properties());
  for (std::string line; std::getline(lines, line);) {
    const auto cells = cells_of(line);
    if (cells.size() < kCells) continue;
    const std::string_view clients = cells[kClients];
    if (clients != "C" && clients != "P" && clients != "*") continue;  // the table's head
    // Global and topic properties may have the same name.
    PropertyFacts& facts = list[std::string(cells[kName])];
    facts.consumer = facts.consumer || clients != "P";
    facts.producer = facts.producer || clients != "C";
    if (!facts.range.empty()) continue;
    facts.range = cells[kRange];
    facts.number = facts.range.find(" .. ") != std::string::npos;
  }
  return list;
}

}  // namespace

const std::map<std::string, PropertyFacts>& property_list() {
  static const std::map<std::string, PropertyFacts> list = read_properties();
  return list;
}

}  // namespace copydesk::kafka
