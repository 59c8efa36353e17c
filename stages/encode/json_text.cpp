// SPDX-License-Identifier: Apache-2.0
#include "stages/encode/json_text.h"

#include "stages/encode/json_writer.h"
#include "stages/parse/utf8_check.h"

namespace copydesk::encode {

void append_json_string(std::string& out, std::string_view text) {
  std::string mended;
  std::size_t valid = parse::first_invalid_utf8(text);
  while (valid != text.size()) {
    mended.append(text.substr(0, valid)).append("\xEF\xBF\xBD");
    text.remove_prefix(valid + 1);
    valid = parse::first_invalid_utf8(text);
  }
  JsonWriter json;
  json.start(mended.size() + text.size() + 2);
  json.string(mended.append(text));
  out += json.str();
}

}  // namespace copydesk::encode
