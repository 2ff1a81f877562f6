#!/usr/bin/env bash
# A repository of four rows: one proved, one whose test failed, one of two parts, one that nobody names.
#   check_systems.sh TOOL WORK
set -euo pipefail
tool=$1 work=$2
fail() { echo "FAILED: $*"; cat "$work/docs/systems.md" 2>/dev/null; exit 1; }
rm -rf "$work"
mkdir -p "$work"/{tests/systems,tools,docs,build/logs}
cat >"$work/tests/systems/rows.txt" <<'END'
## A First
A-1 one
- a: of one
A-2 two
- a: of two
A-3 three
- a: first of three
- b: second of three
A-4 four
- a: of four
END
cat >"$work/tests/some_test.cpp" <<'END'
// row: A-1.a A-3.a
TEST_F(suite, passes) {
// row: A-2.a in some_program
END
results() {
  cat >"$work/build/logs/unit.xml" <<END
<testsuite><testcase name="prefix.suite.passes" status="$1"/><testcase name="some_program" status="$2"/>
<testcase name="suite.passes_not" status="fail"/></testsuite>
END
}
row() { grep -qF "| $1 |" "$work/docs/systems.md" || fail "no such row: $1"; }

results run fail
told=$("$tool" --root "$work")
[[ $told == *'A-2 is named by some_program, which did not pass'* ]] || fail "a failed test is not told"
row 'A-1 | one | done |  | `suite.passes`'
row 'A-2 | two | not yet | of two | '
row 'A-3 | three | partly | second of three | `suite.passes`'
row 'A-4 | four | not yet | of four | '
grep -qF 'Of 4 rows 1 are done, 1 partly, 2 not yet.' "$work/docs/systems.md" || fail "the sum is wrong"
! "$tool" --root "$work" --check >/dev/null 2>&1 || fail "a test that failed is no matter to --check"

results run run
! "$tool" --root "$work" --check >/dev/null 2>&1 || fail "--check takes an old document"
"$tool" --root "$work" >/dev/null
"$tool" --root "$work" --check || fail "--check refuses what was just written"
results notrun run
! "$tool" --root "$work" --check >/dev/null 2>&1 || fail "a test that did not run proves something"
results run run
printf '// row: A-4.a in some_project.suite.lists\n' >>"$work/tests/some_test.cpp"
inner() {
  cat >"$work/build/logs/some_project.inner.xml" <<END
<testsuite><testcase name="one/suite.lists/one" status="run"/><testcase name="two/suite.lists/two" status="$1"/></testsuite>
END
}
inner fail
"$tool" --root "$work" >/dev/null
row 'A-4 | four | not yet | of four | '
inner run
"$tool" --root "$work" >/dev/null
row 'A-4 | four | done |  | `some_project.suite.lists`'
printf '// row: A-9.a in x\n' >>"$work/tests/some_test.cpp"
! "$tool" --root "$work" >/dev/null 2>&1 || fail "a part that is none is taken"
