# SPDX-License-Identifier: Apache-2.0
# `cpack -G DEB` in a build tree: a Debian package for the release that it is built on.
# What lies outside the prefix is a component of its own, so that `cmake --install` never writes to /etc.
install(FILES config/copydesk.yaml DESTINATION /etc/copydesk COMPONENT system EXCLUDE_FROM_ALL)
install(FILES deploy/systemd/copydesk.service DESTINATION /usr/lib/systemd/system COMPONENT system EXCLUDE_FROM_ALL)
include(cmake/debian_copyright.cmake)
install(FILES ${PROJECT_BINARY_DIR}/debian/copyright DESTINATION /usr/share/doc/copydesk COMPONENT system EXCLUDE_FROM_ALL)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME copydesk)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "enriches wire news in Kafka with names and quotes")
set(CPACK_PACKAGE_DESCRIPTION "Copydesk reads wire-service news from Kafka and publishes each article
enriched with who is mentioned, who said what, and where in the text.
The service is not started by itself: first name your brokers and topics
in /etc/copydesk/copydesk.yaml.")
set(CPACK_PACKAGE_CONTACT "Copydesk maintainers <copydesk@localhost>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_SET_DESTDIR ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_CMAKE_PROJECTS
  "${PROJECT_BINARY_DIR};copydesk;Unspecified;/;${PROJECT_BINARY_DIR};copydesk;system;/")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# The symbols alone would be content with less than what delivery relies on.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "librdkafka1 (>= 2.0.2)")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  "${PROJECT_SOURCE_DIR}/deploy/debian/conffiles;${PROJECT_SOURCE_DIR}/deploy/debian/postinst;${PROJECT_SOURCE_DIR}/deploy/debian/prerm;${PROJECT_SOURCE_DIR}/deploy/debian/postrm")
include(CPack)
