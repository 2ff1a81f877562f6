#!/usr/bin/env bash
# check_services.sh TOOL FOLDER: starts the services into FOLDER, uses each URL, and stops them.
set -euo pipefail
tool=$1
export TENON_SERVICES=$2

compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || { echo "PostgreSQL is not installed"; exit 77; }
fail() { echo "FAILED: $*" >&2; exit 1; }
ask() { psql -X -q -A -t -w -v ON_ERROR_STOP=1 "$1" -c "$2" 2>&1; }
url() { sed -n "s/^$1=//p" <<<"$urls"; }
# refuses URL SQL WORDS: the statement fails, and the message has the words.
refuses() {
  if answer=$(ask "$1" "$2"); then fail "'$2' was allowed"; fi
  [[ $answer == *$3* ]] || fail "'$2' answered: $answer"
}

"$tool" down
trap '"$tool" down' EXIT
urls=$("$tool" up)
[[ $("$tool" up) == "$urls" ]] || fail "a second 'up' does not find the first one"

ask "$(url MIGRATOR_URL)" "CREATE TABLE notes (id int PRIMARY KEY); INSERT INTO notes VALUES (1)" || fail "the migrator"
[[ $(ask "$(url MIGRATOR_SOCKET_URL)" "TABLE notes") == 1 ]] || fail "the migrator's socket"
[[ $(ask "$(url APP_URL)" "INSERT INTO notes VALUES (2) RETURNING id") == 2 ]] || fail "the service's role"
refuses "$(url APP_SOCKET_URL)" "CREATE TABLE other (id int)" "permission denied"
refuses "$(url APP_SOCKET_URL)" "TRUNCATE notes" "permission denied"
refuses "$(url APP_URL | sed 's/:[0-9a-f]*@/:wrong@/')" "SELECT 1" "password authentication failed"
bypass=$(ask "$(url APP_URL)" "SELECT bool_or(rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname IN ('app', 'migrator')")
[[ $bypass == f ]] || fail "a role can pass by row-level security"
if [[ -n $(url REDIS_URL) ]]; then
  [[ $(redis-cli --no-auth-warning -u "$(url REDIS_URL)" ping) == PONG ]] || fail "Redis"
fi

"$tool" down
[[ ! -e $TENON_SERVICES ]] || fail "something stayed in $TENON_SERVICES"
if ask "$(url MIGRATOR_URL)" "SELECT 1" >/dev/null; then fail "PostgreSQL still runs"; fi
