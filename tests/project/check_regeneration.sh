#!/usr/bin/env bash
# A team's next version: a project that an earlier Tenon generated and the team edited is brought up to date, then
# regenerated from a spec that has changed; what comes out compiles, passes its own tests, and can be taken back. Needs
# TENON, PREFIX (an installed runtime) and SANITIZE.
#   check_regeneration.sh EARLIER WORK
# EARLIER is examples/starter with one entity more, Label, as Tenon generated it at commit 2515855, without .tenon/local
# and plan.json.
set -euo pipefail
here=$(cd "${BASH_SOURCE%/*}" && pwd)
earlier=$1 work=$2
project=$work/project
apply_plan=${TENON%/*}/apply-plan
part() { printf -- '-- %s (%ds)\n' "$*" "$SECONDS"; }
fail() { echo "FAILED: $*"; exit 1; }
has() { grep -qF -- "$2" "$project/$1" || fail "$1 lacks: $2"; }
lacks() { ! grep -qF -- "$2" "$project/$1" || fail "$1 still has: $2"; }
# mend DIR: what docs/upgrading.md names is changed by hand in the team's own files.
mend() {
  sed -i -E 's#tenon::http::tenant_call& call#const tenon::operation::context\& who#; s#tenon::http::tenant_call&#const tenon::operation::context\&#' "$1"/src/custom/*_hooks.cpp
  sed -i -E 's#tenon::http::((open|user|tenant)_(call|route)|route)\>#tenon::service::\1#g; s#<tenon/http/(call|route)\.hpp>#<tenon/service/\1.hpp>#' \
    "$1"/src/custom/*.cpp
  # The hooks in use are made at start, and no longer a static object behind a function.
  python3 - "$1"/src/custom/*_hooks.cpp <<'PY'
import re, sys
for path in sys.argv[1:]:
    text = open(path).read()
    # In the place of an empty line, so that the others keep their numbers.
    text = re.sub(r"\n\n(\w+)::hooks::(\w+)& \1::hooks::of_\w+\(\) \{\n    static (\w+<[^>]*>) in_use;\n    return in_use;\n",
                  r'\n#include "custom/hooks.hpp"\nstd::unique_ptr<\1::hooks::\2> \1::custom::make_\2(parts&) {\n    return std::make_unique<hooks::\3>();\n', text)
    open(path, "w").write(text)
PY
}
# named PLAN: the places in code that a plan names, "file:line" each.
named() { python3 -c 'import json, sys
for one in json.load(open(sys.argv[1]))["impacts"]:
    if one["class"] == "code": print("{path}:{line}".format(**one))' "$1" | LC_ALL=C sort -u; }
contents() { (cd "$project" && find . -name .git -prune -o -path ./.tenon/local -prune -o -type f -not -path ./.tenon/plan.json -printf '%m ' -exec sha256sum {} \; | LC_ALL=C sort -k 3); }

part "the first version, under version control"
rm -rf "$work"
mkdir -p "$project"
tar -xJf "$earlier" -C "$project" --strip-components 1
cd "$project"
git init -q . && git config user.name Team && git config user.email team@example.com
git add -A && git commit -qm 'First version' && git tag first

part "the team's edits"
"$here/edit_as_a_team.sh" "$project"
git add -A && git commit -qm 'Our edits' && git tag edited

part "what the spec did not have to say then is asked for, with the lines to write"
code=0
"$TENON" generate spec.yaml --out . >"$work/asked.txt" 2>&1 || code=$?
((code == 1)) || fail "tenon says $code, not 1, of a spec that names no rights"
git diff --quiet || fail "a spec that was refused changed the tree"
sed -i "/^  guest: /a $(grep -oE 'members: \{[^}]*\}' "$work/asked.txt")" spec.yaml
sed -i 's/access: {read: guest, create: member}/access: {read: guest, create: member, update: guest, delete: admin}/' spec.yaml
(($(grep -c 'error\[' "$work/asked.txt") == 2)) || { cat "$work/asked.txt"; fail "it asks for something else"; }

part "today's Tenon: all that is new gets in, and nothing of the team's is lost"
"$TENON" generate spec.yaml --out . | tee "$work/upgrade.txt" || fail "the upgrade could not be planned"
cp .tenon/plan.json "$work/upgrade.json"
code=0
"$apply_plan" . --fail-on breaks-code >"$work/objections.txt" 2>&1 || code=$?
((code == 5)) || fail "apply-plan --fail-on breaks-code says $code, not 5"
code=0
"$apply_plan" . --apply || code=$?
[[ $code == 3 && $(find . -name .tenon -prune -o -name '*.new*' -print) == ./src/api/task_handlers.cpp.new ]] ||
  fail "apply-plan says $code, not 3, or leaves something else than a rule in a handler to decide"
mv src/api/task_handlers.cpp.new src/api/task_handlers.cpp
"$here/rule_in_a_handler.sh"
"$TENON" resolve . || fail "what was settled is not recorded"
[[ -z $(find . -name '*.new*') ]] || fail "left in conflict: $(find . -name '*.new*')"
git add -A
echo "the upgrade changes, but for the runtime's copy and Tenon's records:"
git diff --cached --stat=120 edited -- . ':!third_party' ':!.tenon'
git diff --cached --quiet --diff-filter=MDR edited -- migrations .tenon/schema || fail "the upgrade touches old migrations"
python3 "$here/check_edits.py" first edited || fail "the upgrade loses edits"
"$TENON" verify . >"$work/verify.txt" || { cat "$work/verify.txt"; fail "tenon verify finds drift after the upgrade"; }
grep -qF third_party/tenon/include/tenon/core/uuid.hpp "$work/verify.txt" || fail "verify does not name the edited part of the runtime"
has third_party/tenon/include/tenon/core/uuid.hpp '// Ours.'
[[ -f .tenon/bases && ! -e .tenon/base ]] || fail "the bases were not taken over into one text"
git commit -qm 'Upgrade'

part "the plan of the upgrade has named each place that is then changed by hand, and no other"
mended=$work/mended
cp -r "$project" "$mended"
mend "$mended"
# Comments change too, but nobody has to change them; and what is named has its include.
git -C "$mended" diff -U0 | awk '/^\+\+\+ b\//{file = substr($2, 3)} /^@@/{split($3, at, ","); line = substr(at[1], 2)}
  /^\+[^+]/{if ($0 !~ /^\+ *(\/\/|#include )/) print file ":" line; ++line}' | LC_ALL=C sort -u >"$work/mended.txt"
(($(wc -l <"$work/mended.txt") >= 5)) || fail "the test changes next to nothing by hand"
named "$work/upgrade.json" | diff "$work/mended.txt" - || fail "the plan names other places than those that have to change"
while read -r place; do
  grep -qF "($place)" "$work/upgrade.txt" && grep -qF "$place" "$work/objections.txt" || fail "$place is not shown"
done <"$work/mended.txt"
contents >"$work/before"

part "the next spec: a field, an index, wider and renamed values, a renamed entity and field, a dropped entity, a role"
cp spec.yaml "$work/next.yaml"
python3 - "$work/next.yaml" <<'PY'
import sys
path = sys.argv[1]
text = open(path).read()
def change(old, new):
    global text
    assert text.count(old) == 1, old
    text = text.replace(old, new)
change("  Comment:\n    description: A remark on a task.\n", "  Remark:\n    was: Comment\n    description: A remark on a task.\n")
change("  Label:\n    description: A word to find tasks by.\n    fields: {word: string(1..40)}\n    access: {read: guest, create: member, update: guest, delete: admin}\n\n", "")
change("comments: has_many Comment", "remarks: has_many Remark")
change("      due_at: datetime?\n", "      deadline: {type: \"datetime?\", was: due_at}\n      effort: int(0..100) = 0\n")
change("enum [planned, active, paused, done] = planned", "enum [planned, active, paused, done, dropped] = planned")
change("  guest: {description: Looks around and comments.}\n", "  guest: {description: Looks around and comments.}\n  auditor: {inherits: guest, description: Reads along.}\n")
open(path, "w").write(text)
PY
"$TENON" generate "$work/next.yaml" --out "$project" --allow-destructive=table:labels || fail "it could not be planned"
code=0
"$apply_plan" "$project" >"$work/plan.txt" || code=$?
cat "$work/plan.txt"
((code == 2)) || fail "apply-plan says $code, not 2 (changes pending) before it is applied"
contents | diff "$work/before" - || fail "planning changed the tree"
[[ -n $(named .tenon/plan.json) ]] || fail "what is still to be changed by hand is not named again"
"$TENON" generate "$work/next.yaml" --out "$mended" --allow-destructive=table:labels --fail-on breaks-code >"$work/mended_plan.txt" ||
  { cat "$work/mended_plan.txt"; fail "it could not be planned once that was changed"; }
[[ -z $(named "$mended/.tenon/plan.json") ]] || fail "names what was changed by hand: $(named "$mended/.tenon/plan.json")"
"$apply_plan" "$project" --apply
contents >"$work/after"

part "nothing of the team's is lost, and everything new is there"
has src/api/remark_handlers.cpp '// Ours: remarks are short-lived.'
[[ ! -e src/api/comment_handlers.cpp ]] || fail "the renamed entity left its old file"
has src/domain/task.cpp 'house_number = 7'
has src/domain/task.hpp effort
has src/domain/task.hpp deadline
lacks src/domain/task.hpp due_at
has .env.example EXTRA_URL
has README.md 'Our notes on operating this.'
has src/custom/task_hooks.cpp 'Nobody needs this.'
has src/api/task_handlers.cpp 'Ours: three letters at least.'
[[ ! -e deploy/systemd.service ]] || fail "a deleted file came back"
[[ -e src/custom/remark_hooks.cpp && ! -e src/custom/comment_hooks.cpp ]] || fail "the hooks did not move with their entity"
for file in src/custom/label_hooks.cpp src/domain/label.cpp tests/entities/label_test.cpp; do has "$file" '// Ours.'; done
"$TENON" verify "$project" | grep -qF src/custom/label_hooks.cpp || fail "verify does not name the hooks of the dropped entity"
[[ -z $(find . -name '*.new*') ]] || fail "left in conflict: $(find . -name '*.new*')"
"$TENON" verify "$project" || fail "tenon verify finds drift after the plan was applied"
"$TENON" generate "$work/next.yaml" --out "$project"
contents | diff "$work/after" - || fail "generating again changed something"

part "what docs/upgrading.md names is changed by hand in the team's own files; it builds and passes its own tests"
changed=$work/changed
cp -r "$project" "$changed"
mend "$changed"
launcher=()
if command -v ccache >/dev/null; then launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
cmake -S "$changed" -B "$work/build" -G Ninja "${launcher[@]}" -DCMAKE_PREFIX_PATH="$PREFIX" -DSANITIZE="${SANITIZE:-OFF}" \
  -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG='-O0 -g1' -DCMAKE_PROJECT_INCLUDE="$here/unity.cmake" \
  -DVENDORED_RUNTIME=OFF -DCMAKE_CXX_FLAGS='-Wall -Wextra -Wpedantic -Werror' >"$work/configure.log" ||
  { cat "$work/configure.log"; fail "cmake could not configure it"; }
cmake --build "$work/build" -j "${TENON_JOBS:-$(nproc)}" >"$work/build.log" 2>&1 ||
  { grep -A 12 -E 'error|FAILED' "$work/build.log" | head -n 120; fail "it does not build"; }
ctest --test-dir "$work/build" -j "${TENON_JOBS:-$(nproc)}" --no-tests=error --timeout 120 --output-on-failure >"$work/ctest.log" 2>&1 ||
  { tail -n 150 "$work/ctest.log"; fail "its own tests fail"; }
grep -E 'tests passed' "$work/ctest.log"

part "a database of the earlier Tenon's, with rows, follows"
database=$work/old.db
for migration in $(git -C "$project" ls-tree --name-only first migrations/sqlite/ | grep 'up.sql'); do
  sqlite3 "$database" <"$project/$migration"
  name=$(basename "$migration" .up.sql)
  sqlite3 "$database" "CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT NOT NULL PRIMARY KEY, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT;
    INSERT INTO schema_migrations VALUES ('$name', '$(sha256sum <"$project/$migration" | cut -d' ' -f1)', 0)"
done
u=00000000-0000-7000-8000-00000000000
sqlite3 "$database" "PRAGMA foreign_keys = ON;
  INSERT INTO users (id, email, name, password_hash, created_at, updated_at) VALUES ('${u}1', 'a@example.com', 'A', 'x', 0, 0);
  INSERT INTO workspaces (id, name, created_at, updated_at) VALUES ('${u}2', 'W', 0, 0);
  INSERT INTO projects (id, workspace_id, name, code, created_by, created_at, updated_at) VALUES ('${u}3', '${u}2', 'P', 'PP', '${u}1', 0, 0);
  INSERT INTO tasks (id, workspace_id, project_id, title, due_at, created_by, created_at, updated_at) VALUES ('${u}4', '${u}2', '${u}3', 'T', 99, '${u}1', 0, 0);
  INSERT INTO comments (id, workspace_id, task_id, body, created_by, created_at, updated_at) VALUES ('${u}5', '${u}2', '${u}4', 'kept', '${u}1', 0, 0);" ||
  fail "the old database could not be filled"
DATABASE_URL=sqlite:$database TOKEN_SECRET=0123456789abcdef0123456789abcdef "$work/build/bin/starter" migrate up
[[ $(sqlite3 "$database" "SELECT t.deadline, t.effort, r.body FROM tasks t JOIN remarks r ON r.task_id = t.id") == '99|0|kept' ]] ||
  fail "the rows did not come along: $(sqlite3 "$database" .dump | grep INSERT)"

part "and back: --undo brings every byte and mode of before"
"$apply_plan" "$project" --undo
contents | diff "$work/before" - || fail "--undo did not bring back the tree"
[[ -z $(git status --porcelain) ]] || fail "git sees a difference: $(git status --porcelain)"
part "done"
