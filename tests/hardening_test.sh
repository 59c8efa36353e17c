#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hardening_test.sh PROGRAM [READELF [OBJDUMP]]: looks in the built program for what docs/security.md says of it.
set -euo pipefail
program=$1
readelf=${2:-readelf}
objdump=${3:-objdump}
failed=0

require() {  # NAME COMMAND…: the command must succeed
  local name=$1
  shift
  if "$@" >/dev/null; then echo "yes: $name"; else echo "NO: $name" >&2; failed=1; fi
}
# shellcheck disable=SC2317  # called by require
holds() { grep -qE "$2" <<<"$1"; }
# shellcheck disable=SC2317
lacks() { ! grep -qE "$2" <<<"$1"; }

header=$("$readelf" -hW "$program")
segments=$("$readelf" -lW "$program")
dynamic=$("$readelf" -dW "$program")
symbols=$("$readelf" -W --dyn-syms "$program")
main=$("$objdump" -d --no-show-raw-insn --disassemble=main "$program")

require "position-independent executable" holds "$header" 'Type: +DYN'
require "position-independent executable, marked so" holds "$dynamic" 'FLAGS_1.*PIE'
require "relocations read-only after start" holds "$segments" 'GNU_RELRO'
require "all symbols bound at start" holds "$dynamic" 'BIND_NOW|FLAGS_1.*NOW'
require "stack not executable" holds "$segments" 'GNU_STACK.* RW +'
require "no segment both writable and executable" lacks "$segments" 'LOAD.* RWE'
require "no relocations in the code" lacks "$dynamic" 'TEXTREL'
require "no search path for libraries of its own" lacks "$dynamic" 'RPATH|RUNPATH'
require "stack protector" holds "$symbols" 'UND __stack_chk_fail'
require "checked calls of the C library (_FORTIFY_SOURCE)" holds "$symbols" 'UND __[a-z]+_chk'
case $(uname -m) in
  x86_64) require "marked targets of indirect branches" holds "$main" 'endbr64' ;;
  aarch64) require "marked targets of indirect branches" holds "$main" 'bti|paciasp' ;;
esac
exit "$failed"
