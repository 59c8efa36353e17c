// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "stages/result.h"
#include "stages/stage.h"

namespace copydesk::parse {

/// What an HTML or NITF document says, without its markup.
struct MarkupText {
  std::string body;
  std::string headline;  ///< NITF's `hl1`

  void clear() noexcept {
    body.clear();
    headline.clear();
  }
};

/// Converts HTML (a fragment or a document) or NITF to text, with libxml2's HTML parser as a stream of events: no tree
/// is built, so elements inside each other cost nothing. docs/input-formats.md says what becomes of which element.
///
/// `markup` is valid UTF-8; a charset that it states is ignored. Linear. `out` is overwritten. Errors: kTooDeep past
/// 256 open elements and kTooLarge past 512 different names (libxml2 searches both), kDeadline, kMemoryLimit.
[[nodiscard]] std::optional<Error> convert_markup(std::string_view markup, const StageContext& context,
                                                  MarkupText& out);

/// Prepares libxml2 for use by several threads. Cheap when called again.
void prepare_markup_parser();

}  // namespace copydesk::parse
