#!/usr/bin/env bash
# The runtime's floors hold by build. An include of a floor above is planted into a real source of each floor and must be
# "No such file", while the source as it is compiles; then every floor is asked for the headers of all above it. A link
# line that leads up is refused by CMake.
#   check_floors.sh RUNTIME BUILD     the folder runtime/, and a configured build with its compile_commands.json
set -euo pipefail
runtime=$1 build=$2 planted=$(mktemp -d)
trap 'rm -rf "$planted"' EXIT
broken=0

# command_of FLOOR: how the build compiles the floor's sources, one by one or all at once.
grep -o '"command": ".* -o [^ ]*runtime/CMakeFiles/tenon_[a-z]*\.dir/' "$build/compile_commands.json" >"$planted/commands"
command_of() {
  sed -n "s|^\"command\": \"\(.*\) -o [^ ]*/tenon_$1\.dir/\$|\1|p" "$planted/commands" | head -n 1 | sed 's/\\"/"/g'
}

# compile FLOOR SOURCE: checks SOURCE with the floor's own flags.
compile() {
  local command
  command=$(command_of "$1")
  [[ -n $command ]] || { echo "no compile command for the floor $1"; return 2; }
  (cd "$build" && eval "$command -fsyntax-only -x c++ '$2'") >"$planted/log" 2>&1
}

fail() {
  echo "FAILED: $1"
  head -n 20 "$planted/log"
  broken=1
}

# sound FILE: it compiles this way, so that what follows fails for its own reason only.
sound() {
  if compile "${1%%/*}" "$runtime/src/$1"; then echo "compiles:  $1"; else fail "$1 does not compile as it is"; fi
}

# refused FILE INCLUDE: FILE with that line at its beginning does not compile, for want of the header.
refused() {
  { echo "#include $2"; cat "$runtime/src/$1"; } >"$planted/planted.cpp"
  if compile "${1%%/*}" "$planted/planted.cpp"; then fail "$1 may include $2"
  elif ! grep -q 'No such file or directory' "$planted/log"; then fail "$1 with $2 is refused for another reason"
  else echo "refused:   $1 with $2"; fi
}

# links_refused FLOOR ABOVE: a link line of FLOOR that names ABOVE stops CMake, which says why.
links_refused() {
  local copy=$planted/runtime
  mkdir -p "$copy"
  ln -sfn "$runtime"/* "$copy/"
  rm "$copy/CMakeLists.txt"
  sed "s/^tenon_floor($1 \\(LINKS \\)\\?/tenon_floor($1 LINKS $2 /" "$runtime/CMakeLists.txt" >"$copy/CMakeLists.txt"
  if cmake -S "$copy" -B "$planted/build" >"$planted/log" 2>&1; then fail "$1 may link $2"
  elif ! grep -q "The floor '$1' links '$2'" "$planted/log"; then fail "CMake stops at $1 with $2 for another reason"
  else echo "refused:   $1 linked to $2"; fi
}

# sees_none FLOOR ABOVE...: of all headers of the floors above there is none for FLOOR, and its own are there.
sees_none() {
  local floor=$1 above header
  shift
  [[ -n $(command_of "$floor") ]] || return 0  # headers alone: nothing of it is compiled
  {
    for header in ${headers[$floor]}; do
      printf '#if !__has_include("%s")\n#error own %s is not there\n#endif\n' "$header" "$header"
    done
    for above in "$@"; do
      for header in ${headers[$above]}; do
        printf '#if __has_include("%s")\n#error %s is there\n#endif\n' "$header" "$header"
      done
    done
  } >"$planted/all.cpp"
  if compile "$floor" "$planted/all.cpp"; then echo "sees none: $floor of $# floors above"
  else fail "$floor sees what is above it"; fi
}

while read -r file includes; do
  sound "$file"
  for each in $includes; do refused "$file" "$each"; done
done <<'PLANTED'
core/wall_clock.cpp        "json/quoted.hpp" <tenon/json/reader.hpp>
json/stored.cpp            "observe/redact.hpp"
db/columns.cpp             "postgres/unit.hpp" "sqlite/connection.hpp"
sqlite/errors.cpp          "postgres/unit.hpp" "migrations/migrate.hpp"
postgres/canceller.cpp     "sqlite/connection.hpp"
limits/key.cpp             "operation/registry.hpp" <tenon/http/message.hpp>
records/sql.cpp            <tenon/http/message.hpp>
http/html.cpp              <tenon/service/call.hpp>
paging/cursor_behind.cpp   <tenon/http/message.hpp>
operation/context.cpp      <tenon/http/message.hpp> <tenon/service/call.hpp>
accounts/authority.cpp     "tenants/directory.hpp" <tenon/http/message.hpp>
tenants/directory.cpp      <tenon/http/message.hpp> <tenon/service/call.hpp>
service/lists.cpp          "auth/token_answer.hpp" "tenancy/paths.hpp" "idempotency/keeper.hpp"
auth/token_answer.cpp      "tenancy/paths.hpp" "app/parts.hpp"
PLANTED

# Features stand below the roof, which is the last.
mapfile -t floors < <(
  sed -n 's/^tenon_floor(\([a-z]*\).*/\1/p' "$runtime/CMakeLists.txt" | grep -vx app
  sed -n 's/^tenon_feature_floor(\([a-z]*\).*/\1/p' "$runtime"/features/*/CMakeLists.txt
  echo app
)
((${#floors[@]} > 15)) || { echo "FAILED: found only the floors ${floors[*]}"; broken=1; }
# Of each floor its inner and its public headers, as they are included.
declare -A headers
for floor in "${floors[@]}"; do
  headers[$floor]=$(cd "$runtime" && find "src/$floor" "features/$floor" "include/tenon/$floor" -name '*.hpp' 2>/dev/null |
    sed -E 's!^(src|features|include)/!!' || true)
done
for ((i = 0; i < ${#floors[@]}; ++i)); do sees_none "${floors[i]}" "${floors[@]:i+1}"; done

links_refused core app
exit $broken
