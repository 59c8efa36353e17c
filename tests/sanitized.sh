#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sanitized.sh asan|tsan JOBS: runs the tests of a sanitizer's build tree that need no broker and no browser. `make
# test-sanitizers` builds the trees and calls it.
set -euo pipefail
cd "$(dirname "$0")/.."
# detect_stack_use_after_return stays off: under it GCC before 13.3 misaligns 64-byte vectors on the stack (PR 110027).
passed_over='broker|browser'
# ThreadSanitizer knows nothing of the C11 threads (thrd_create) that librdkafka starts: a client crashes under it.
[[ $1 == tsan ]] && passed_over+='|librdkafka'
TSAN_OPTIONS="suppressions=$PWD/tests/tsan.supp halt_on_error=1" \
ASAN_OPTIONS="strict_string_checks=1" \
  ctest --test-dir "build/$1" --output-on-failure --no-tests=error --label-exclude "$passed_over" -j "$2"
