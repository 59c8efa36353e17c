// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tools/train_names/corpus.h"

namespace copydesk::entities::training {

/// Documents to measure on, by corpus. A name that begins with '*' is a corpus that is left out of training whole;
/// "silver" and "templates" are not gold and do not count in the means.
using DevSets = std::map<std::string, std::vector<Example>>;

/// Prints the F1 of the model at `path` over PERSON, ORG and places as one type, exact spans but for a leading article
/// and a possessive: of each corpus, their mean, and of the left-out ones by type.
void evaluate(const std::filesystem::path& path, const DevSets& dev);

}  // namespace copydesk::entities::training
