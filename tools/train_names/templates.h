// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "tools/train_names/corpus.h"

namespace copydesk::entities::training {

/// Makes documents from templates.txt: sport results, tables, datelines and headlines, with names drawn from the
/// gazetteers and from the silver text.
class TemplateWriter {
 public:
  /// Throws std::runtime_error where a file is missing or a template names an unknown slot.
  TemplateWriter(const std::filesystem::path& templates, const std::filesystem::path& gazetteers);

  /// Remembers some of a silver document's persons and organisations as fillers.
  void learn(const LabelledDocument& document);

  /// A document of one block of the templates.
  [[nodiscard]] LabelledDocument write(std::mt19937& random);

 private:
  struct Filler {
    std::vector<std::string> words;
    int type = -1;
  };
  using Kept = std::map<std::string, Filler>;

  void write_line(const std::string& line, Kept& kept, LabelledDocument& document, std::mt19937& random);
  Filler fill(const std::string& slot, Kept& kept, std::mt19937& random);
  Filler draw(const std::string& kind, std::mt19937& random);
  const std::string& any(const std::vector<std::string>& list, std::mt19937& random) const;
  Filler person(std::mt19937& random);

  std::vector<std::vector<std::string>> blocks_;
  std::vector<std::string> big_cities_, cities_, countries_, nationalities_, first_names_, last_names_;
  std::vector<std::vector<std::string>> persons_, organisations_;
  std::size_t learnt_ = 0;
};

}  // namespace copydesk::entities::training
