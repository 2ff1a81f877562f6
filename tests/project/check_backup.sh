#!/usr/bin/env bash
# Backups of the starter that check_project.sh has built: made while it serves, restored elsewhere, row for row the same,
# and served from there.
#   check_backup.sh sqlite WORK SCRATCH
#   check_backup.sh postgres WORK SCRATCH TOOL    skipped (77) where PostgreSQL is not installed
# TENON_SERVICES is where TOOL, tools/services, remembers the server.
set -euo pipefail
database=$1 program=$2/build/bin/starter project=$2/project scratch=$3
rm -rf "$scratch"
mkdir -p "$scratch"
service_pid='' writer_pid=''
cleanup() {
  if [[ -n $writer_pid ]]; then kill "$writer_pid" 2>/dev/null || true; fi
  if [[ -n $service_pid ]]; then kill -9 "$service_pid" 2>/dev/null || true; fi
}
trap cleanup EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }
# refused WHAT COMMAND...: must end with an error, and leave nothing in `backups`.
backups=$scratch/backups
mkdir "$backups"
refused() {
  local what=$1 before
  shift
  before=$(ls -A "$backups")
  if "$@" >"$scratch/refused" 2>&1; then fail "done, but must not be: $what"; fi
  [[ $(ls -A "$backups") == "$before" ]] || fail "$what left something behind"
  echo "refused: $what: $(tail -n 1 "$scratch/refused")"
}

# patiently SECONDS COMMAND...: until it succeeds.
patiently() {
  local until=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < until)) || fail "waited in vain for: $*"
    sleep 0.05
  done
}

serve() {
  : >"$scratch/service.log" # now, for the service of before has said what we wait for
  HOST=127.0.0.1 PORT=0 "$program" serve >/dev/null 2>>"$scratch/service.log" &
  service_pid=$!
  patiently 20 grep -q listening "$scratch/service.log"
  base=$(grep -o 'http://127.0.0.1:[0-9]*' "$scratch/service.log" | head -n 1)
  patiently 20 curl -fs -o /dev/null "$base/ready"
}

stop() {
  kill "$service_pid"
  wait "$service_pid" || fail "the service did not end well"
  service_pid=''
}

# ask METHOD PATH [BODY [CURL ARGUMENT...]]: the answer of a 2xx.
ask() {
  local method=$1 path=$2 body=${3:-}
  shift $(($# < 3 ? $# : 3))
  curl -fsS -m 20 -X "$method" -H "Authorization: Bearer ${token:-}" -H 'Content-Type: application/json' \
    ${body:+--data "$body"} "$@" "$base$path" || fail "$method $path"
}

# Two workspaces with records of every kind that the starter has.
fill() {
  local name project_id task_id
  for name in ada bob; do
    token=$(ask POST /v1/auth/sign-up "{\"email\": \"$name@example.com\", \"password\": \"correct horse battery\", \"name\": \"$name\", \"workspace\": \"Of $name\"}" |
      jq -r .access_token)
    project_id=$(ask POST /v1/projects '{"name": "Größe \"ẞ\" \\ 漢字", "code": "ONE", "budget": {"amount": 120000, "currency": "EUR"}, "labels": ["a", "b"]}' \
      -H "Idempotency-Key: $name-first" | jq -r .id)
    task_id=$(ask POST /v1/tasks "{\"project_id\": \"$project_id\", \"title\": \"Line\\nbreak\"}" | jq -r .id)
    ask POST /v1/comments "{\"task_id\": \"$task_id\", \"body\": \"Said by $name\"}" >/dev/null
    project_id=$(ask POST /v1/projects '{"name": "Gone", "code": "GONE"}' | jq -r .id)
    ask DELETE "/v1/projects/$project_id" >/dev/null
  done
}

# Writes until it is killed, so that a backup never finds the service at rest.
keep_writing() {
  local i
  for ((i = 0; ; i++)); do
    ask POST /v1/projects "{\"name\": \"Under way $i\", \"code\": \"W$i\"}" >/dev/null
    echo "$i" >"$scratch/written"
  done
}
write_meanwhile() {
  keep_writing &
  writer_pid=$!
  patiently 20 test -s "$scratch/written"
}
write_no_more() {
  kill "$writer_pid" 2>/dev/null || fail "the service refused a change during the backup"
  wait "$writer_pid" 2>/dev/null || true
  writer_pid=''
}

# What a restored service must still know: who its users are, and what is theirs.
knows_its_people() {
  token=$(ask POST /v1/auth/login '{"email": "bob@example.com", "password": "correct horse battery"}' | jq -r .access_token)
  [[ $(ask GET '/v1/projects?sort=name' | jq -r '[.items[] | select(.code == "ONE") | .name] | join(",")') == 'Größe "ẞ" \ 漢字' ]] || fail "bob's project is not there"
  ask POST /v1/projects '{"name": "New here", "code": "NEW"}' >/dev/null
}

# Else psql says for each table that is not there that it is not there.
export PGOPTIONS='-c client_min_messages=warning'
export TOKEN_SECRET=0123456789abcdef0123456789abcdef LOG_LEVEL=info RATE_LIMIT_USER=0 RATE_LIMIT_IP=0 RATE_LIMIT_TENANT=0

# --- SQLite

check_sqlite() {
  export DATABASE_URL=sqlite:$scratch/first.db
  refused "a backup of no database" "$program" backup "$backups/none.db"
  "$program" migrate up >/dev/null
  serve
  fill
  write_meanwhile
  "$program" backup "$backups/busy.db"
  write_no_more
  [[ $(sqlite3 "$backups/busy.db" 'PRAGMA integrity_check') == ok ]] || fail "the backup is damaged"
  (($(sqlite3 "$backups/busy.db" "SELECT count(*) FROM projects WHERE name LIKE 'Under way%'") > 0)) || fail "the backup lacks what was answered"
  patiently 20 at_rest
  "$program" backup "$backups/rest.db"
  refused "a backup onto a backup" "$program" backup "$backups/rest.db"
  refused "a restore over a database in use" "$program" restore "$backups/rest.db"
  sqlite3 "$scratch/first.db" .dump >"$scratch/first.sql"
  stop

  head -c 20000 "$backups/rest.db" >"$scratch/torn.db"
  DATABASE_URL=sqlite:$backups/second.db refused "a restore of half a file" "$program" restore "$scratch/torn.db"
  export DATABASE_URL=sqlite:$scratch/second.db
  "$program" restore "$backups/rest.db"
  sqlite3 "$scratch/second.db" .dump | diff "$scratch/first.sql" - || fail "the rows differ"
  echo "the same: $(grep -c '^INSERT' "$scratch/first.sql") rows"
  serve
  knows_its_people
  stop
  DATABASE_URL=postgresql://nobody@127.0.0.1/x refused "SQLite's backup of a PostgreSQL" "$program" backup "$backups/pg"
}
# The killed writer's last request may still be under way.
at_rest() {
  local before
  before=$(sqlite3 "$scratch/first.db" 'SELECT count(*) FROM projects')
  sleep 0.2
  [[ $(sqlite3 "$scratch/first.db" 'SELECT count(*) FROM projects') == "$before" ]]
}

# --- PostgreSQL

admin() { psql -X -q -A -t -w -v ON_ERROR_STOP=1 -U admin "$@"; }

# rows DATABASE FILE: every row of every table, sorted; and how many of each table on standard output.
rows() {
  local table
  : >"$2"
  for table in $(admin -d "$1" -c "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1"); do
    admin -d "$1" -c "SELECT '$table', each::text FROM $table each ORDER BY each::text" >"$2.table"
    echo "$table $(wc -l <"$2.table")"
    cat "$2.table" >>"$2"
  done
}

# The database as objects, without what pg_dump makes up anew each time.
shape() { pg_dump -w -U admin --schema-only "$1" | sed '/^\\\(un\)\?restrict /d; /^-- Dumped/d'; }

use_database() {
  export PGDATABASE=$1 DATABASE_URL MIGRATION_DATABASE_URL
  DATABASE_URL="postgresql://kept_app@/$1?host=$PGHOST&port=$PGPORT"
  MIGRATION_DATABASE_URL="postgresql://kept_migrator@/$1?host=$PGHOST&port=$PGPORT"
}
make_roles() {
  admin -d postgres -v database="$1" -v migrator=kept_migrator -v app=kept_app -v backup=kept_backup \
    -f "$project/deploy/postgres/roles.sql"
}
# Managed servers have no superuser: all but the role for backups is made, and that there is none is said.
check_manager() {
  admin -d postgres <<<"SELECT 'CREATE ROLE kept_manager LOGIN CREATEROLE CREATEDB' WHERE to_regrole('kept_manager') IS NULL \gexec"
  psql -X -q -w -U kept_manager -d postgres -v database=kept_managed -v migrator=managed_migrator -v app=managed_app \
    -v backup=managed_backup -f "$project/deploy/postgres/roles.sql" 2>"$scratch/warned"
  grep -q 'No role for backups' "$scratch/warned" || fail "nobody is told that there is no role for backups"
  [[ $(admin -d postgres -c "SELECT string_agg(rolname, ' ' ORDER BY rolname) FROM pg_roles WHERE rolname LIKE 'managed\\_%'") == 'managed_app managed_migrator' ]] ||
    fail "other roles than expected"
  admin -d postgres -c 'DROP DATABASE kept_managed'
}
# A role of somebody else's that is called the same does not become one that sees everything.
check_taken_name() {
  admin -d postgres <<<"SELECT 'CREATE ROLE kept_stranger' WHERE to_regrole('kept_stranger') IS NULL \gexec"
  admin -d postgres -v database=kept_managed -v migrator=managed_migrator -v app=managed_app -v backup=kept_stranger \
    -f "$project/deploy/postgres/roles.sql" 2>"$scratch/warned"
  grep -q 'the role kept_stranger exists' "$scratch/warned" || fail "nobody is told that the role exists"
  [[ $(admin -d postgres -c "SELECT rolcanlogin OR rolbypassrls FROM pg_roles WHERE rolname = 'kept_stranger'") == f ]] ||
    fail "a role that was there got more rights"
  admin -d postgres -c 'DROP DATABASE kept_managed'
}
# FILE is made by somebody else when the dump is whole and has no name yet.
check_made_meanwhile() {
  mkdir -p "$scratch/programs"
  printf '#!/bin/sh\necho mine >"%s"\n' "$backups/late" >"$scratch/programs/sync"
  chmod +x "$scratch/programs/sync"
  if PATH="$scratch/programs:$PATH" back_up "$backups/late" 2>"$scratch/refused"; then fail "a backup over a new file"; fi
  grep -q 'exists by now' "$scratch/refused" || fail "nobody is told that there is a file"
  [[ $(cat "$backups"/late*) == mine ]] || fail "a file that was made meanwhile was replaced, or the dump was left beside it"
  rm "$backups/late"
}
back_up() { PGUSER=kept_backup "$project/deploy/postgres/backup.sh" "$@"; }
restore() { PGUSER=kept_migrator "$project/deploy/postgres/restore.sh" "$@"; }

check_postgres() {
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || { echo "PostgreSQL is not installed"; exit 77; }
  local url
  mkdir -p "$(dirname "$TENON_SERVICES")"
  url=$(flock -o "$TENON_SERVICES.lock" "$tool" up | sed -n 's/^APP_SOCKET_URL=//p')
  PGHOST=$(sed 's/.*host=\([^&]*\).*/\1/' <<<"$url") PGPORT=${url##*port=}
  export PGHOST PGPORT
  admin -d postgres -c 'DROP DATABASE IF EXISTS kept_first WITH (FORCE)' -c 'DROP DATABASE IF EXISTS kept_second WITH (FORCE)'

  check_manager
  check_taken_name
  make_roles kept_first
  make_roles kept_first # once more: as documented
  use_database kept_first
  "$program" migrate up >/dev/null
  serve
  fill
  refused "a backup by the role that serves" env PGUSER=kept_app "$project/deploy/postgres/backup.sh" "$backups/app"
  refused "a backup by the owner" env PGUSER=kept_migrator "$project/deploy/postgres/backup.sh" "$backups/owner"
  write_meanwhile
  back_up "$backups/busy"
  write_no_more
  stop
  back_up "$backups/rest"
  back_up - >"$backups/piped"
  refused "a backup onto a backup" back_up "$backups/rest"
  check_made_meanwhile
  refused "a restore over rows" restore "$backups/rest"
  [[ $(stat -c %a "$backups/rest") == 600 ]] || fail "others may read the backup"

  rows kept_first "$scratch/first.rows" >"$scratch/counts"
  for table in users workspaces memberships auth_sessions refresh_tokens idempotency_keys projects tasks comments; do
    grep -q "^$table [1-9]" "$scratch/counts" || fail "nothing in $table, so nothing is tried with it"
  done
  make_roles kept_second
  use_database kept_second
  head -c 20000 "$backups/rest" >"$scratch/torn"
  refused "a restore of half a file" restore "$scratch/torn"
  restore "$backups/rest"
  rows kept_second "$scratch/second.rows" >/dev/null
  diff "$scratch/first.rows" "$scratch/second.rows" || fail "the rows differ"
  echo "the same: $(wc -l <"$scratch/first.rows") rows"
  "$program" migrate up
  diff <(shape kept_first) <(shape kept_second) || fail "tables, policies or grants differ"
  serve
  knows_its_people
  [[ $(psql -X -A -t -w -U kept_app -c 'SELECT count(*) FROM projects') == 0 ]] || fail "row-level security was lost"
  stop
  back_up "$backups/again"

  # The one that was made beside changes, by standard input: whole as well.
  admin -d postgres -c 'DROP DATABASE kept_second WITH (FORCE)'
  make_roles kept_second
  restore - <"$backups/busy"
  (($(admin -d kept_second -c "SELECT count(*) FROM projects WHERE name LIKE 'Under way%'") > 0)) || fail "the backup lacks what was answered"
  admin -d postgres -c 'DROP DATABASE kept_first WITH (FORCE)' -c 'DROP DATABASE kept_second WITH (FORCE)'
}

tool=${4:-}
"check_$database"
