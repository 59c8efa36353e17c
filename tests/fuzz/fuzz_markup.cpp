// SPDX-License-Identifier: Apache-2.0
// Any bytes as HTML or NITF. The text that comes out is UTF-8 without markup's control characters, and not many times
// as long as what went in.
#include <cstdint>
#include <string_view>

#include "stages/parse/markup_text.h"
#include "stages/parse/utf8_check.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace copydesk;
  static const bool prepared = [] {
    parse::prepare_markup_parser();
    return true;
  }();
  fuzz::require(prepared, "the parser is prepared");
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (parse::check_utf8(bytes)) return 0;
  ChunkPool pool;
  Arena arena(pool);
  const StageContext context(arena, StageContext::Clock::time_point::max());
  parse::MarkupText text;
  if (const auto error = parse::convert_markup(bytes, context, text)) {
    fuzz::require(error->code != ErrorCode::kInternal && !error->message.empty(), error->message);
    return 0;
  }
  fuzz::require(!parse::check_utf8(text.body) && !parse::check_utf8(text.headline), "the text is UTF-8");
  fuzz::require(text.body.size() <= 8 * size + 64, "the text is about as long as the markup");
  return 0;
}
