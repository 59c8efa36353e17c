# SPDX-License-Identifier: Apache-2.0
# Warnings, hardening and sanitizers for every target of this project, and one function per kind of target.

add_library(copydesk_flags INTERFACE)
target_include_directories(copydesk_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(copydesk_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow
  # GCC 12 warns falsely of "literal" + std::string (https://gcc.gnu.org/PR105651).
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
  -ffile-prefix-map=${PROJECT_SOURCE_DIR}/= -fstack-protector-strong)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
target_link_options(copydesk_flags INTERFACE -pie -Wl,-z,relro,-z,now,-z,noexecstack)
if(COPYDESK_SANITIZE)
  target_compile_options(copydesk_flags INTERFACE -fsanitize=${COPYDESK_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  target_link_options(copydesk_flags INTERFACE -fsanitize=${COPYDESK_SANITIZE})
else()
  # Hardening: docs/security.md says what is in the binary, tests/hardening_test.sh looks for it.
  include(CheckCXXCompilerFlag)
  foreach(flag -fstack-clash-protection -fcf-protection -mbranch-protection=standard)
    string(MAKE_C_IDENTIFIER "HAS${flag}" has)  # the last two are for x86-64 and for AArch64
    check_cxx_compiler_flag(${flag} ${has})
    if(${has})
      target_compile_options(copydesk_flags INTERFACE ${flag})
    endif()
  endforeach()
  target_compile_definitions(copydesk_flags INTERFACE $<$<CONFIG:Release>:_FORTIFY_SOURCE=3>)
  # Instrumented code makes GCC warn of what is not there, so only these builds are strict.
  target_compile_options(copydesk_flags INTERFACE -Werror)
endif()

# copydesk_library(NAME SOURCES… LINK…): a static library of one folder.
function(copydesk_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC copydesk_flags ${ARG_LINK} PRIVATE ${ARG_PRIVATE_LINK})
  if(COPYDESK_SANITIZE)
    # Sanitized trees are built anew by every `make test`: a folder at a time takes a third of the time of file by file.
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 24)
  endif()
endfunction()

# copydesk_test(NAME SOURCES… LINK… [LABELS…] [TIMEOUT seconds] [FIXTURE name] [WHOLE] [SERIAL]): one GoogleTest program, each of
# its tests in ctest, or with WHOLE all of them as one. Tests find their data through COPYDESK_SOURCE_DIR. Tests with a
# fixture run one at a time among themselves, SERIAL ones without any other beside them.
function(copydesk_test name)
  cmake_parse_arguments(ARG "WHOLE;SERIAL" "TIMEOUT;FIXTURE" "SOURCES;LINK;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE copydesk_flags ${ARG_LINK} GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE COPYDESK_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  # What is tested is optimised as it is shipped; the tests need not be, and are compiled as one file, which saves the headers.
  target_compile_options(${name} PRIVATE -O1)
  set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 24)
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  set(properties TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}")
  if(ARG_SERIAL)
    list(APPEND properties RUN_SERIAL ON)
  endif()
  if(ARG_FIXTURE)
    list(APPEND properties FIXTURES_REQUIRED ${ARG_FIXTURE} RESOURCE_LOCK ${ARG_FIXTURE})
  endif()
  if(ARG_WHOLE)
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES ${properties})
    return()
  endif()
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES ${properties})
endfunction()
