// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "config/error.h"

namespace copydesk::config {

/// One value of a YAML file and the line it starts on.
struct YamlNode {
  enum class Kind { kNull, kScalar, kList, kMap };
  struct Entry {
    std::string key;
    int line = 0;  ///< of the key
    const YamlNode* value = nullptr;
  };

  Kind kind = Kind::kNull;
  int line = 0;                        ///< from 1
  std::string text;                    ///< of a scalar
  std::vector<const YamlNode*> items;  ///< of a list
  std::vector<Entry> entries;          ///< of a map, in the file's order, each key once
};

/// What a settings file may not exceed. An honest one is far below each: they keep hostile or mistaken input (a log
/// file, a YAML "billion laughs") cheap.
struct YamlLimits {
  static constexpr std::size_t kFileBytes = std::size_t{1} << 20U;
  static constexpr std::size_t kDepth = 32;
  static constexpr std::size_t kAliases = 1'000;
  static constexpr std::size_t kKeyBytes =
      200;  ///< so that it can be written back as a simple key (YAML: 1024 characters)
  static constexpr std::size_t kScalarBytes = std::size_t{64} << 10U;  ///< a PEM certificate chain takes about 8 KiB
};

/// The values of a YAML file. An alias (`*name`) shares the node of its anchor, nothing is copied, so a node may be
/// reached in several ways (even from inside itself): read it by the keys you expect, do not walk it.
struct YamlDocument {
  std::deque<YamlNode> nodes;
  const YamlNode* root = nullptr;  ///< null where the text holds no value (empty, or only comments)
};

/// Reads one YAML document. Whatever the bytes, nothing is thrown: text that is not YAML (or not UTF-8, or beyond the
/// limits) adds one error and gives an empty document; a key given twice adds an error and counts once.
[[nodiscard]] YamlDocument parse_yaml(std::string_view text, const std::string& source, ConfigErrors& errors);

}  // namespace copydesk::config
