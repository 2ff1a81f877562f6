#!/usr/bin/env bash
# A program over the starter's operations: compiled as the project compiles its own, with the runtime's inner headers as
# well, linked with HOOKS and without a library that knows HTTP. Nothing of HTTP may be in it.
#   link_program.sh WORK RUNTIME HOOKS FILE PROGRAM   where check_project.sh left WORK/project and WORK/build
set -euo pipefail
project=$1/project build=$1/build runtime=$2 hooks=$3 file=$4 program=$5

# compile LIKE SOURCE OBJECT [FLAG...]: with the flags of LIKE, a source of the project.
compile() {
  local own=$project/src/$1 source=$2 object=$3 command
  shift 3
  command=$(jq -r --arg f "$own" '.[] | select(.file == $f) | .command' "$build/compile_commands.json")
  [[ -n $command ]] || { echo "no compile command for $own"; exit 1; }
  eval "${command%% -o *} $* -o '$object' -c '$source'"
}

cd "$build"
compile custom/project_hooks.cpp "$hooks" "$program.hooks.o"
compile custom/project_hooks.cpp "$file" "$program.o" "-isystem '$runtime/include' -isystem '$runtime/src'"
link=$(ninja -t commands bin/starter | tail -n 1)
libraries=()
for word in $link; do
  case $word in
    */libapp.a | */libapi.a | */libtenon_app.a | */libtenon_auth.a | */libtenon_idempotency.a | */libtenon_service.a | */libtenon_http.a) ;;
    *.a | *.so | *.so.* | -fsanitize=* | --coverage) libraries+=("$word") ;;
  esac
done
${CXX:-c++} -pthread "$program.o" "$program.hooks.o" "${libraries[@]}" -o "$program"

# Into a file: a reader that has seen enough would break the pipe.
nm -C "$program" >"$program.names"
if grep -E 'tenon::(http|service)::' "$program.names" >"$program.http"; then
  head -n 5 "$program.http"
  echo "FAILED: HTTP is in a program that is to know nothing of it"
  exit 1
fi
grep -qF 'starter::operations::create_project' "$program.names" || { echo "FAILED: nm shows no names at all"; exit 1; }
