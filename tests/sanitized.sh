#!/usr/bin/env bash
# sanitized.sh CTEST BUILD_DIR LABELS: runs the tests of a sanitizer's build tree, save those with one of the LABELS (a
# regular expression).
# Exit code 77 (ctest: skipped) where that tree is not built: `make test` builds it.
set -euo pipefail
# detect_stack_use_after_return stays off: under it GCC before 13.3 misaligns 64-byte vectors on the stack (PR 110027).
if [[ ! -f "$2/CTestTestfile.cmake" ]]; then
  echo "$2 is not built; 'make test' builds it" >&2
  exit 77
fi
# The same tests run in another tree at the same time: each has its own temporary files.
TMPDIR=$(mktemp -d)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
TSAN_OPTIONS="suppressions=$(cd "$(dirname "$0")" && pwd)/tsan.supp halt_on_error=1" \
ASAN_OPTIONS="strict_string_checks=1" \
  "$1" --test-dir "$2" --output-on-failure --no-tests=error --label-exclude "$3" -j 1
