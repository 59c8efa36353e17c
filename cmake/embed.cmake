# SPDX-License-Identifier: Apache-2.0
# Turns files into constants of the binary, so that it needs nothing beside it.
#   cmake -D OUTPUT=page_files.cpp -D FILES="a.css;b.js" -P embed.cmake
# writes the definition of page_files() (pipeline/live_page/page.h).
set(arrays "")
set(entries "")
set(index 0)
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" hex HEX)
  string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND arrays "constexpr unsigned char kFile${index}[] = {\n${bytes}0};\n")
  string(APPEND entries "    PageFile{\"${name}\", bytes_of(kFile${index})},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE "${OUTPUT}.new" "// Made by cmake/embed.cmake.
#include <array>
#include <cstddef>

#include \"pipeline/live_page/page.h\"

namespace copydesk::live_page {

namespace {

// Each array ends with a zero byte that is not part of its file.
template <std::size_t N>
std::string_view bytes_of(const unsigned char (&bytes)[N]) noexcept {
  return {reinterpret_cast<const char*>(bytes), N - 1};
}

${arrays}
}  // namespace

std::span<const PageFile> page_files() noexcept {
  static const std::array files{
${entries}  };
  return files;
}

}  // namespace copydesk::live_page
")
file(COPY_FILE "${OUTPUT}.new" "${OUTPUT}" ONLY_IF_DIFFERENT)
file(REMOVE "${OUTPUT}.new")
