# SPDX-License-Identifier: Apache-2.0
# `cmake --install BUILD`: the program and what it reads, found again relative to the program wherever the prefix moves.
install(TARGETS copydesk RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY models/ DESTINATION ${CMAKE_INSTALL_DATADIR}/copydesk/models)
install(DIRECTORY deploy/demo/wire/ DESTINATION ${CMAKE_INSTALL_DATADIR}/copydesk/wire PATTERN .gitattributes EXCLUDE)
install(FILES config/copydesk.yaml config/enriched-article.schema.json
  DESTINATION ${CMAKE_INSTALL_DATADIR}/copydesk/config)
install(FILES README.md CHANGELOG.md LICENSE NOTICE TYPE DOC)
install(DIRECTORY LICENSES TYPE DOC)
install(DIRECTORY docs/ TYPE DOC)

# Only with `--component kafka`: 45 MB of Apache Kafka, for `copydesk demo` on a machine without the source tree.
install(DIRECTORY .deps/kafka/ DESTINATION ${CMAKE_INSTALL_DATADIR}/copydesk/kafka
  COMPONENT kafka EXCLUDE_FROM_ALL FILES_MATCHING PATTERN "*.jar")
