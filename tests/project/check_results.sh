#!/usr/bin/env bash
# What check_project.sh leaves in JUNIT: nothing of an earlier run when it fails, and it runs without one. Its programs are stand-ins.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*"; cat "$work/log"; exit 1; }
mkdir "$work/bin" "$work/logs"
stand_in() { printf '#!/bin/bash\n%s\n' "$2" >"$work/bin/$1"; chmod +x "$work/bin/$1"; }
stand_in tenon '[[ $1 == verify ]] || mkdir -p "$4"'
stand_in cmake 'if [[ $1 == --preset ]]; then mkdir -p "$6"; echo "tenon_runtime_DIR:PATH=$PREFIX" >"$6/CMakeCache.txt"; fi'
stand_in ctest 'while (($# > 1)); do [[ $1 == --output-junit ]] && echo new >"$2"; shift; done; echo "100% tests passed"'
export PATH=$work/bin:$PATH PREFIX=$work SANITIZE=ON TIDY=true
junit=$work/logs/project_x.inner.xml

echo old >"$junit"
if TENON=false JUNIT=$junit "$here/check_project.sh" spec.yaml "$work/project" >"$work/log" 2>&1; then fail "it takes a generator that fails"; fi
[[ ! -e $junit ]] || fail "the results of an earlier run stay"
TENON=tenon JUNIT=$junit "$here/check_project.sh" spec.yaml "$work/project" >"$work/log" 2>&1 || fail "it does not get to its end"
[[ $(<"$junit") == new ]] || fail "there are no results"
unset JUNIT
TENON=tenon "$here/check_project.sh" spec.yaml "$work/project" >"$work/log" 2>&1 || fail "it needs JUNIT"
