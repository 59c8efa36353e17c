# SPDX-License-Identifier: Apache-2.0
# Writes the package's copyright file (https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/): the stanzas of
# deploy/debian/copyright.in, and the texts of the licences that Debian has no copy of.
set(texts "")
foreach(license CC-BY-4.0 CC-BY-SA-4.0 ISC OFL-1.1 Unicode-DFS-2016)
  set(file ${PROJECT_SOURCE_DIR}/LICENSES/${license}.txt)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} text)
  string(STRIP "${text}" text)
  string(REGEX REPLACE "\n\n+" "\n.\n" text "${text}")  # an empty line would end the stanza
  string(REPLACE "\n" "\n " text "${text}")
  string(APPEND texts "License: ${license}\n ${text}\n\n")
endforeach()
string(STRIP "${texts}" texts)
configure_file(${PROJECT_SOURCE_DIR}/deploy/debian/copyright.in ${PROJECT_BINARY_DIR}/debian/copyright @ONLY)
