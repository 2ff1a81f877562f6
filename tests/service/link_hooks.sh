#!/usr/bin/env bash
# The starter with other hooks: compiles FILE as the project compiles its own, and links it before the project's.
#   link_hooks.sh WORK FILE PROGRAM     where check_project.sh left WORK/project and WORK/build
set -euo pipefail
project=$1/project build=$1/build file=$2 program=$3
own=$project/src/custom/project_hooks.cpp
compile=$(jq -r --arg f "$own" '.[] | select(.file == $f) | .command' "$build/compile_commands.json")
[[ -n $compile ]] || { echo "no compile command for $own"; exit 1; }
cd "$build"
eval "${compile%% -o *} -o '$program.o' -c '$file'"
link=$(ninja -t commands bin/starter | tail -n 1)
eval "${link/ -o bin\/starter / \'$program.o\' -o \'$program\' }"
