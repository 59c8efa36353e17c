// SPDX-License-Identifier: Apache-2.0
// Any bytes as the newsroom's file of names, to add and to block, laid over a text. The names must stay in text order
// without overlap and within the text.
#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "stages/entities/desk_names.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/require.h"
#include "tests/tokenize/tokenized.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace copydesk;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static const Tokenized text(
      "Ilse Brandt of the Norland Trade Board met AT&T's Tor Riis in Alder Bay on Friday; the Summit, held by the "
      "board, ended with Brandt's word. NORLAND agreed. Łukasz Wójcik did not.");
  const fuzz::MemoryFile file(bytes);
  const std::array paths{file.path()};
  for (const bool add : {true, false}) {
    const std::span<const std::filesystem::path> all(paths);
    const std::span<const std::filesystem::path> none;
    const auto names = add ? entities::DeskNames::read(all, none) : entities::DeskNames::read(none, all);
    if (!names) {
      fuzz::require(!names.error().message.empty(), "an error says what is wrong");
      continue;
    }
    std::vector<entities::Name> found{{{0, 2}, EntityType::kPerson, 0.9F}, {{4, 7}, EntityType::kOrg, 0.8F}};
    names->apply(text.text(), text.tokens(), found);
    std::uint32_t end = 0;
    for (const entities::Name& name : found) {
      fuzz::require(name.tokens.begin >= end && name.tokens.begin < name.tokens.end, "names in order, none empty");
      fuzz::require(name.tokens.end <= text.tokens().size(), "names within the text");
      end = name.tokens.end;
    }
    for (const std::string_view name : {"Ilse Brandt", "norland trade board", "AT&T", ""}) (void)names->find(name);
  }
  return 0;
}
