// SPDX-License-Identifier: Apache-2.0
// find_values FILE.jsonl: reads {"id", "text", "published"} a line; prints the record with its values as mentions.
#include <simdjson.h>

#include <iostream>

#include "tests/values/valued.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: find_values FILE.jsonl\n";
    return 2;
  }
  simdjson::dom::parser parser;
  simdjson::dom::document_stream documents;
  if (const auto error = parser.load_many(argv[1], 1U << 26U).get(documents); error != simdjson::SUCCESS) {
    std::cerr << argv[1] << ": " << simdjson::error_message(error) << "\n";
    return 1;
  }
  for (const simdjson::dom::element document : documents) {
    std::string_view published;
    if (document["published"].get(published) != simdjson::SUCCESS) published = {};
    std::cout << copydesk::Valued(std::string(std::string_view(document["text"])), published).record() << "\n";
  }
}
