# Regenerating what is there: nothing changed, one field changed, against diff -rq and git status on the same tree; then
# how it grows to ten thousand files; then JHipster with the same entities, where npm can fetch it.
#   tools/bench regenerate [N]    N entities (100); JHIPSTER=0 leaves JHipster out
bench_regenerate() {
  local n=${1:-100}
  machine
  [[ ! -e $work/again ]] || die "$work/again is left from a run that was stopped: remove it and wait some minutes"
  regenerate_once "$n"
  say ""
  regenerate_growth
  rm -rf "$work/again"
  if [[ ${JHIPSTER:-1} != 0 ]]; then regenerate_jhipster "$n"; fi
}

# medians NAME: of the numbers that the runs collected under it.
declare -A collected=()
collect() { collected[$1]+=$2$'\n'; }
medians() { printf '%s' "${collected[$1]}" | median; }

# A project in git with a copy beside it: what diff and git see is what Tenon sees.
regenerate_once() {
  local n=$1 at=$work/again i
  many_entities "$n" >"$work/spec.yaml"
  many_entities "$n" one_more_field >"$work/changed.yaml"
  for ((i = 0; i < runs; i++)); do
    mkdir -p "$at/$i"
    "$tenon" generate "$work/spec.yaml" --out "$at/$i/out" >/dev/null
    git -C "$at/$i/out" init -q && git -C "$at/$i/out" add -A && git -C "$at/$i/out" -c user.name=b -c user.email=b@b.invalid commit -qm one
    cp -r "$at/$i/out" "$at/$i/copy"
    git -C "$at/$i/out" status --porcelain >/dev/null
    collect nothing "$(seconds "$tenon" generate "$work/spec.yaml" --out "$at/$i/out")"
    collect verify "$(seconds "$tenon" verify "$at/$i/out")"
    collect diff "$(seconds diff -rq --exclude=.git "$at/$i/out" "$at/$i/copy")"
    collect status "$(seconds git -C "$at/$i/out" status --porcelain)"
    [[ -z $(git -C "$at/$i/out" status --porcelain) ]] || die "generating again changed the tree"
    collect plan "$(seconds "$tenon" generate "$work/changed.yaml" --out "$at/$i/out")"
    collect apply "$(seconds "${tenon%/*}/apply-plan" "$at/$i/out" --apply)"
    collect written "$(git -C "$at/$i/out" status --porcelain | wc -l)"
  done
  local d
  d=$(medians diff)
  printf '%s entities, %s files of which %s change with one field:\n\n' "$n" \
    "$(find "$at/0/copy" -type f -not -path '*/.git/*' | wc -l)" "$(medians written)"
  printf '| what | seconds | times diff -rq |\n|---|---|---|\n'
  local name
  for name in "nothing:generate, nothing changed" "verify:verify" "diff:diff -rq of a copy" "status:git status" \
    "plan:generate, one field more" "apply:apply-plan --apply of that"; do
    printf '| %s | %s | %s |\n' "${name#*:}" "$(medians "${name%%:*}")" "$(ratio "$(medians "${name%%:*}")" "$d")"
  done
}

# Seconds and memory a file, up to ten thousand files of the project and more.
regenerate_growth() {
  local n at=$work/again files
  printf '| entities | files | again s | µs a file | peak MiB |\n|---|---|---|---|---|\n'
  for n in 50 100 200 400; do
    many_entities "$n" >"$work/spec.yaml"
    "$tenon" generate "$work/spec.yaml" --out "$at/grow$n" >/dev/null
    files=$(find "$at/grow$n" -type f | wc -l)
    local i times='' took memory
    for ((i = 0; i < runs; i++)); do times+=$(seconds "$tenon" generate "$work/spec.yaml" --out "$at/grow$n")$'\n'; done
    took=$(printf '%s' "$times" | median)
    memory=$(timed "$tenon" generate "$work/spec.yaml" --out "$at/grow$n" | cut -d' ' -f2)
    printf '| %s | %s | %s | %s | %s |\n' "$n" "$files" "$took" \
      "$(awk -v t="$took" -v f="$files" 'BEGIN {printf "%.0f", t * 1e6 / f}')" "$((memory / 1024))"
  done
}

# The entities of many_entities in JHipster's language.
many_entities_jdl() {
  local i
  say "application { config { baseName bench, packageName com.bench, databaseType sql, skipClient true, skipUserManagement true, buildTool maven } entities * }"
  for ((i = 1; i <= $1; i++)); do
    say "enum Status$i { DRAFT, OPEN, CLOSED }"
    say "entity Thing$i { title String required maxlength(120), body TextBlob, status Status$i, amount BigDecimal, price BigDecimal, count Integer min(0) max(1000), done Boolean, dueAt Instant, tags String }"
    if ((i > 1)); then say "relationship ManyToOne { Thing$i{parent} to Thing$((i - 1)) }"; fi
  done
}

regenerate_jhipster() {
  local n=$1 at=$work/jhipster
  command -v npm >/dev/null || { say "JHipster left out: no npm"; return; }
  mkdir -p "$at/tool" "$at/app"
  if [[ ! -x $at/tool/node_modules/.bin/jhipster ]]; then
    (cd "$at/tool" && npm install --no-audit --no-fund --silent "generator-jhipster@${JHIPSTER_VERSION:-8}" >/dev/null 2>&1) ||
      { say "JHipster left out: npm could not fetch it"; return; }
  fi
  many_entities_jdl "$n" >"$at/app/bench.jdl"
  local jhipster=("$at/tool/node_modules/.bin/jhipster" jdl bench.jdl --force --skip-install --skip-git)
  (cd "$at/app" && timeout 600 "${jhipster[@]}" >"$at/log" 2>&1) || { say "JHipster left out: it failed, see $at/log"; return; }
  local took
  took=$(cd "$at/app" && timed timeout 600 "${jhipster[@]}")
  say "JHipster $("$at/tool/node_modules/.bin/jhipster" --version 2>/dev/null | tail -n 1): generate again, nothing changed: ${took% *} s," \
    "$((${took#* } / 1024)) MiB, $(find "$at/app" -type f -not -path '*/node_modules/*' | wc -l) files"
}
