#!/usr/bin/env bash
# A generated project and the runtime inside it, by clang++: every source is read, and every template in it made up, without
# a warning. The project's tests, and what comes of all of it, are left to `tools/soak clang`.
#   check_clang.sh WORK SCRATCH     where check_project.sh left WORK/project; CLANG names the compiler
# Skipped (77) where the compiler is not installed.
set -euo pipefail
here=$(cd "${BASH_SOURCE%/*}" && pwd)
project=$1/project scratch=$2 compiler=${CLANG:-clang++}
command -v "$compiler" >/dev/null || { echo "$compiler is not installed"; exit 77; }
"$compiler" --version | head -n 1
rm -rf "$scratch"
mkdir -p "$scratch"
cmake -S "$project" -B "$scratch" -G Ninja -DCMAKE_CXX_COMPILER="$compiler" -DVENDORED_RUNTIME=ON -DBUILD_TESTING=OFF \
  -DCMAKE_PROJECT_INCLUDE="$here/unity.cmake" -DCMAKE_CXX_FLAGS='-Wall -Wextra -Wpedantic' >"$scratch/configure.log" ||
  { cat "$scratch/configure.log"; exit 1; }
# The texts that a program carries are made by the build, after everything that the program links. They are the same here.
cp -r "$1/build/src/tenon_embedded" "$scratch/src/"

jq -r '.[] | select(.command | contains("runtime_testing") | not) | "cd \(.directory | @sh) && \(.command) -Werror -fsyntax-only || { echo FAILED: \(.file | @sh); exit 1; }"' "$scratch/compile_commands.json" >"$scratch/commands"
[[ -s $scratch/commands ]] || { echo "nothing to compile"; exit 1; }
xargs -d '\n' -P "${TENON_JOBS:-$(nproc)}" -I {} bash -c {} <"$scratch/commands" >"$scratch/log" 2>&1 ||
  { grep -E 'FAILED|error' "$scratch/log" | sort | uniq -c | sort -rn | head -n 40; head -n 60 "$scratch/log"; exit 1; }
echo "$(wc -l <"$scratch/commands") compilations, no warning"
