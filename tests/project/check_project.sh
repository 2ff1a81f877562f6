#!/usr/bin/env bash
# One example, from its spec to its own passing tests. Needs TENON, TIDY, PREFIX (an installed runtime) and SANITIZE.
#   check_project.sh SPEC WORK [TESTS]     leaves WORK/project and WORK/build, for the tests that drive the running service
# The C++ of the folder TESTS is compiled with the project's own tests, that of its custom/ in place of the project's. Without FLAGS it is built as a user would; with
# them, and a layer at once, where others are built so already. With --coverage its own tests must run enough of its code.
# JUNIT is the file for what becomes of each of its own tests; unset: none is written.
set -euo pipefail
spec=$1 work=$2
project=$work/project
part() { printf -- '-- %s (%ds)\n' "$*" "$SECONDS"; }
fail() { echo "FAILED: $*"; exit 1; }
# Everything that a change could show in: names, kinds, sizes, modification times, inodes.
snapshot() { (cd "$1" && find . -printf '%P %y %s %T@ %i\n' | LC_ALL=C sort); }
contents() { (cd "$1" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum); }

# Whatever fails from here on, no result of an earlier run stays.
junit=()
if [[ -n ${JUNIT:-} ]]; then
  mkdir -p "${JUNIT%/*}"
  rm -f "$JUNIT"
  junit=(--output-junit "$JUNIT")
fi

part "generate, twice, in different surroundings"
rm -rf "$project" "$work/again"
mkdir -p "$work/elsewhere"
(cd / && umask 022 && LC_ALL=C TZ=UTC "$TENON" generate "$spec" --out "$project")
(cd "$work/elsewhere" && umask 077 && LC_ALL=C.UTF-8 LANG=tr_TR.UTF-8 TZ=Asia/Kathmandu "$TENON" generate "$spec" --out ../again >/dev/null)
diff <(contents "$project") <(contents "$work/again") || fail "two runs differ"
rm -rf "$work/again"

part "generate once more: nothing is written"
snapshot "$project" >"$work/before"
"$TENON" generate "$spec" --out "$project"
snapshot "$project" >"$work/after"
diff "$work/before" "$work/after" || fail "the second generate wrote something"
"$TENON" verify "$project" || fail "tenon verify finds drift in a fresh project"

if [[ ${SANITIZE:-OFF} != ON ]]; then
  part "format and house rules"
  (cd "$project" && find . \( -path ./third_party -o -path ./.tenon \) -prune -o \( -name '*.cpp' -o -name '*.hpp' \) -print0 |
    xargs -0 clang-format --dry-run -Werror) >"$work/format.log" 2>&1 || { grep -A 2 error: "$work/format.log" | head -n 60; fail "not as clang-format would leave it"; }
  # Every name of an example fits; a text of the spec's, or one that is too long for it, is as long as it is.
  ! (cd "$project" && grep -rnE --include='*.?pp' '.{121,}' src tests | grep -vE '"[^"]{100,}"') ||
    fail "lines of more than 120 columns"
  "$TIDY" --project "$project" || fail "the house rules are broken"
fi

if (($# > 2)); then
  cp "$3"/*.?pp "$project/tests/"
  cp "$3"/custom/*.?pp "$project/src/custom/"
fi
part "build without a warning"
launcher=()
if command -v ccache >/dev/null; then launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
preset=dev flags=${FLAGS:-} faster=()
if [[ ${SANITIZE:-OFF} == ON ]]; then preset=sanitize flags='-Og -g1'; fi
if [[ -n $flags ]]; then faster=(-DCMAKE_CXX_FLAGS_DEBUG="$flags" -DCMAKE_PROJECT_INCLUDE="${0%/*}/unity.cmake"); fi
cmake --preset "$preset" -S "$project" -B "$work/build" "${launcher[@]}" -DCMAKE_PREFIX_PATH="$PREFIX" "${faster[@]}" \
  -DVENDORED_RUNTIME=OFF -DCMAKE_CXX_FLAGS='-Wall -Wextra -Wpedantic -Werror' >"$work/configure.log" ||
  { cat "$work/configure.log"; fail "cmake could not configure it"; }
grep -q "tenon_runtime_DIR:PATH=$PREFIX" "$work/build/CMakeCache.txt" || fail "it did not take the installed runtime"
cmake --build "$work/build" -j "${TENON_JOBS:-$(nproc)}" >"$work/build.log" 2>&1 || { grep -A 12 -E 'error|FAILED' "$work/build.log" | head -n 120; fail "it does not build"; }

part "its own tests"
find "$work/build" -name '*.gcda' -delete  # what programs of an earlier build have run
ctest --test-dir "$work/build" -j "${TENON_JOBS:-$(nproc)}" --no-tests=error --timeout 120 --output-on-failure "${junit[@]}" >"$work/ctest.log" 2>&1 ||
  { tail -n 150 "$work/ctest.log"; fail "its own tests fail"; }
grep -E 'tests passed|Total Test time' "$work/ctest.log"
if [[ $flags == *--coverage* ]]; then
  part "how much of its code that was"
  python3 "${0%/*}/../../tools/lib/coverage.py" "$work/build" "$project/src" || fail "its own tests run too little of it"
fi
part "done"
