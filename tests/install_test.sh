#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# install_test.sh CMAKE BUILD_DIR: an installed copydesk works from any prefix, away from the source tree.
set -euo pipefail
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT
"$1" --install "$2" --prefix "$prefix" >/dev/null
cd "$prefix"
fail() { echo "$*" >&2; exit 1; }

./bin/copydesk --version | grep -q '^copydesk ' || fail 'no version'
./bin/copydesk config check share/copydesk/config/copydesk.yaml >/dev/null || fail 'the installed settings are not accepted'
[[ -s share/copydesk/config/enriched-article.schema.json ]] || fail 'no schema'
for file in LICENSE NOTICE LICENSES/CC-BY-SA-4.0.txt; do
  [[ -s "share/doc/copydesk/$file" ]] || fail "no $file"
done
records=$(./bin/copydesk enrich share/copydesk/wire | wc -l)
[[ "$records" -ge 40 ]] || fail "the installed sample wire gave $records records"
