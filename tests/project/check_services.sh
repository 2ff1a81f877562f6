#!/usr/bin/env bash
# The tests of a project that check_project.sh has built, on real servers. Skipped (77) where PostgreSQL is not installed.
#   check_services.sh TOOL WORK postgres    one server on PostgreSQL
#   check_services.sh TOOL WORK replicas    three behind one address, on PostgreSQL and Redis
#   check_services.sh TOOL down             stops the servers, which all of these share
# TENON_SERVICES is where the servers are remembered.
set -euo pipefail
tool=$1
if [[ $2 == down ]]; then exec "$tool" down; fi
work=$2 setup=$3

compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || { echo "PostgreSQL is not installed"; exit 77; }
mkdir -p "$(dirname "$TENON_SERVICES")"
# Whoever comes first starts them.
urls=$(flock -o "$TENON_SERVICES.lock" "$tool" up)
url() { sed -n "s/^$1=//p" <<<"$urls"; }

export TEST_DATABASE_URL TEST_MIGRATION_DATABASE_URL
TEST_DATABASE_URL=$(url APP_SOCKET_URL) TEST_MIGRATION_DATABASE_URL=$(url MIGRATOR_SOCKET_URL)
if [[ $setup == replicas ]]; then
  export TEST_REPLICAS=3 TEST_REDIS_URL
  TEST_REDIS_URL=$(url REDIS_URL)
  [[ -n $TEST_REDIS_URL ]] || { echo "Redis is not installed"; exit 77; }
fi

log=$work/tests_$setup.log
"$work/build/tests/service_tests" --gtest_brief=1 >"$log" 2>&1 || { tail -n 150 "$log"; echo "FAILED on $setup"; exit 1; }
grep -E 'tests ran|PASSED' "$log"
# Nothing of what a test made may stay behind.
left=$(psql -X -A -t -w -d "$TEST_MIGRATION_DATABASE_URL" -c "SELECT datname FROM pg_database WHERE datname LIKE 'product_test_%'
  AND NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory')")
[[ -z $left ]] || { echo "FAILED: left behind: $left"; exit 1; }
