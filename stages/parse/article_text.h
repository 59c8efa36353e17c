// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "stages/parse/article.h"
#include "stages/parse/known_fields.h"
#include "stages/result.h"

namespace copydesk::parse {

enum class Markup : std::uint8_t { kPlain, kHtml, kNitf };

/// The field that holds an article's headline or body.
struct TextSource {
  const JsonMember* member = nullptr;  ///< null: there is none
  RawString text;
  Markup markup = Markup::kPlain;
};

/// Which of the object's texts is the body: plain text before HTML before NITF, the main body before abstracts; a
/// description only where there is no body. Errors: kWrongType.
[[nodiscard]] Result<TextSource> find_body(const JsonObject& object, const KnownFields& fields);
/// Likewise the headline: `headline`, or the main one of `headlines`.
[[nodiscard]] Result<TextSource> find_headline(const JsonObject& object, const KnownFields& fields);

/// The error for a known field of another JSON type than its format says.
[[nodiscard]] Error wrong_type(std::string_view field, std::string_view expected);

}  // namespace copydesk::parse
