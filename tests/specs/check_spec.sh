#!/usr/bin/env bash
# One spec, from its text to its own passing tests on SQLite and PostgreSQL. Needs TENON and PREFIX (an installed runtime);
# SERVICES_TOOL is tools/services, without which PostgreSQL is left out; CXX chooses the compiler; AT_ONCE=ON compiles each
# layer as one source, which takes half the time.
#   check_spec.sh SPEC WORK     leaves WORK/project and WORK/build when it fails
set -euo pipefail
spec=$1 work=$2
project=$work/project
fail() { echo "FAILED: $*"; exit 1; }

rm -rf "$work"
mkdir -p "$work"
cp "$spec" "$work/spec.yaml"
"$TENON" generate "$spec" --out "$project" >"$work/generate.log" || { cat "$work/generate.log"; fail "it is not generated"; }
"$TENON" verify "$project" >/dev/null || fail "tenon verify finds drift in a fresh project"

launcher=()
if command -v ccache >/dev/null; then launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
at_once=()
if [[ ${AT_ONCE:-} == ON ]]; then at_once=(-DCMAKE_PROJECT_INCLUDE="${BASH_SOURCE%/*}/../project/unity.cmake"); fi
# What is looked for are warnings and wrong answers, not speed.
cmake -S "$project" -B "$work/build" -G Ninja "${launcher[@]}" "${at_once[@]}" -DCMAKE_PREFIX_PATH="$PREFIX" -DVENDORED_RUNTIME=OFF \
  -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0 -DCMAKE_CXX_FLAGS='-Wall -Wextra -Wpedantic -Werror' \
  >"$work/configure.log" 2>&1 || { cat "$work/configure.log"; fail "cmake could not configure it"; }
CCACHE_BASEDIR=$work CCACHE_NOHASHDIR=1 cmake --build "$work/build" -j "${TENON_JOBS:-$(nproc)}" >"$work/build.log" 2>&1 ||
  { grep -A 12 -E 'error|FAILED' "$work/build.log" | head -n 120; fail "it does not build"; }

tests=$work/build/tests/service_tests
"$tests" --gtest_brief=1 >"$work/sqlite.log" 2>&1 || { tail -n 100 "$work/sqlite.log"; fail "its own tests on SQLite"; }
grep -E 'tests? from .* ran' "$work/sqlite.log"
if [[ -n ${SERVICES_TOOL:-} ]]; then
  mkdir -p "$(dirname "$TENON_SERVICES")"
  urls=$(flock -o "$TENON_SERVICES.lock" "$SERVICES_TOOL" up)
  TEST_DATABASE_URL=$(sed -n 's/^APP_SOCKET_URL=//p' <<<"$urls")
  TEST_MIGRATION_DATABASE_URL=$(sed -n 's/^MIGRATOR_SOCKET_URL=//p' <<<"$urls")
  export TEST_DATABASE_URL TEST_MIGRATION_DATABASE_URL
  "$tests" --gtest_brief=1 >"$work/postgres.log" 2>&1 || { tail -n 100 "$work/postgres.log"; fail "its own tests on PostgreSQL"; }
  grep -E 'tests? from .* ran' "$work/postgres.log"
fi
rm -rf "$work/build" "$project"
