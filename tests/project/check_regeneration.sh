#!/usr/bin/env bash
# A team's next version: a project that was edited by hand is regenerated from a spec that has changed, and what comes
# out compiles, passes its own tests, and can be taken back. Needs TENON, PREFIX (an installed runtime) and SANITIZE.
#   check_regeneration.sh SPEC WORK     SPEC: examples/starter/spec.yaml
set -euo pipefail
spec=$1 work=$2
project=$work/project
apply_plan=${TENON%/*}/apply-plan
part() { printf -- '-- %s (%ds)\n' "$*" "$SECONDS"; }
fail() { echo "FAILED: $*"; exit 1; }
has() { grep -qF -- "$2" "$project/$1" || fail "$1 lacks: $2"; }
lacks() { ! grep -qF -- "$2" "$project/$1" || fail "$1 still has: $2"; }
contents() { (cd "$project" && find . -name .git -prune -o -path ./.tenon/local -prune -o -type f -not -name plan.json -printf '%m ' -exec sha256sum {} \; | LC_ALL=C sort -k 3); }

part "the first version, under version control"
rm -rf "$work"
mkdir -p "$work"
# With an entity that the next version drops.
sed 's|^  Comment:$|  Label:\n    description: A word to find tasks by.\n    fields: {word: string(1..40)}\n    access: {read: guest, create: member}\n\n&|' "$spec" >"$work/first.yaml"
"$TENON" generate "$work/first.yaml" --out "$project" >/dev/null
cd "$project"
git init -q . && git config user.name Team && git config user.email team@example.com
git add -A && git commit -qm 'First version'

part "the team's edits"
# In a file that is going to move with its entity, next to code that changes.
sed -i 's|^task<result<response>> create_comment(tenant_call& call) {|// Ours: remarks are short-lived.\n&|' src/api/comment_handlers.cpp
# In a generated model: a function of their own.
sed -i 's|^namespace {$|namespace {\n\n/// Ours.\n[[maybe_unused]] constexpr int house_number = 7;|' src/domain/task.cpp
# In three files of the entity that is dropped: hooks, a model and a test.
for file in src/custom/label_hooks.cpp src/domain/label.cpp tests/entities/label_test.cpp; do printf '\n// Ours.\n' >>"$file"; done
# A source of their own, in the layer it belongs to.
cat >src/domain/urgency.cpp <<'CODE'
// Ours.
#include "domain/task.hpp"

namespace starter::domain {

bool is_urgent(const task& value) {
    return value.priority >= 4;
}

}  // namespace starter::domain
CODE
printf '\n# Ours.\nEXTRA_URL=https://example.com\n' >>.env.example
printf 'Our notes on operating this.\n' >>README.md
rm deploy/systemd.service
chmod 700 src/domain/urgency.cpp
git add -A && git commit -qm 'Our edits'
contents >"$work/before"

part "the next spec: a field, an index, wider and renamed values, a renamed entity and field, a role"
cp "$spec" "$work/next.yaml"
python3 - "$work/next.yaml" <<'PY'
import sys
path = sys.argv[1]
text = open(path).read()
def change(old, new):
    global text
    assert text.count(old) == 1, old
    text = text.replace(old, new)
change("  Comment:\n    description: A remark on a task.\n", "  Remark:\n    was: Comment\n    description: A remark on a task.\n")
change("comments: has_many Comment", "remarks: has_many Remark")
change("      due_at: datetime?\n", "      deadline: {type: \"datetime?\", was: due_at}\n      effort: int(0..100) = 0\n")
change("enum [planned, active, paused, done] = planned", "enum [planned, active, paused, done, dropped] = planned")
change("  guest: {description: Looks around and comments.}\n", "  guest: {description: Looks around and comments.}\n  auditor: {inherits: guest, description: Reads along.}\n")
open(path, "w").write(text)
PY
"$TENON" generate "$work/next.yaml" --out "$project" --allow-destructive || fail "it could not be planned"
code=0
"$apply_plan" "$project" >"$work/plan.txt" || code=$?
cat "$work/plan.txt"
((code == 2)) || fail "apply-plan says $code, not 2 (changes pending) before it is applied"
contents | diff "$work/before" - || fail "planning changed the tree"
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
[[ ! -e deploy/systemd.service ]] || fail "a deleted file came back"
[[ -e src/custom/remark_hooks.cpp && ! -e src/custom/comment_hooks.cpp ]] || fail "the hooks did not move with their entity"
for file in src/custom/label_hooks.cpp src/domain/label.cpp tests/entities/label_test.cpp; do has "$file" '// Ours.'; done
"$TENON" verify "$project" | grep -qF src/custom/label_hooks.cpp || fail "verify does not name the hooks of the dropped entity"
[[ -z $(find . -name '*.new*') ]] || fail "left in conflict: $(find . -name '*.new*')"
"$TENON" verify "$project" || fail "tenon verify finds drift after the plan was applied"
"$TENON" generate "$work/next.yaml" --out "$project"
contents | diff "$work/after" - || fail "generating again changed something"

part "it builds and passes its own tests"
launcher=()
if command -v ccache >/dev/null; then launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
cmake -S "$project" -B "$work/build" -G Ninja "${launcher[@]}" -DCMAKE_PREFIX_PATH="$PREFIX" -DSANITIZE="${SANITIZE:-OFF}" \
  -DVENDORED_RUNTIME=OFF -DCMAKE_CXX_FLAGS='-Wall -Wextra -Wpedantic -Werror' >"$work/configure.log" ||
  { cat "$work/configure.log"; fail "cmake could not configure it"; }
cmake --build "$work/build" -j "${TENON_JOBS:-$(nproc)}" >"$work/build.log" 2>&1 ||
  { grep -A 12 -E 'error|FAILED' "$work/build.log" | head -n 120; fail "it does not build"; }
ctest --test-dir "$work/build" -j "${TENON_JOBS:-$(nproc)}" --no-tests=error --timeout 120 --output-on-failure >"$work/ctest.log" 2>&1 ||
  { tail -n 150 "$work/ctest.log"; fail "its own tests fail"; }
grep -E 'tests passed' "$work/ctest.log"

part "a database of the first version, with rows, follows"
database=$work/old.db
for migration in $(git -C "$project" ls-tree --name-only HEAD migrations/sqlite/ | grep 'up.sql'); do
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
