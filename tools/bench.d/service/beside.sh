#!/usr/bin/env bash
# Serves the bench product beside the servers of another bench, on that bench's cluster, as a role that owns nothing:
#   ADMIN_URL=… PORT=… JWT_SECRET=… WEBHOOK_SECRET=… tools/bench.d/service/beside.sh
# ADMIN_URL is a superuser's URL by TCP without a password. PRODUCT names the program when it has been built already;
# BY_SOCKET=FOLDER takes the cluster's Unix socket instead.
source "$(dirname "$0")/../../lib/common.sh"
source "$root/tools/bench.d/service/product.sh"
: "${ADMIN_URL:?}" "${PORT:?}" "${JWT_SECRET:?}"
product=${PRODUCT:-$root/build/bench/product/bin/bench-product}
[[ -x $product ]] || build_product "$root/build/bench/product"

admin() { psql -X -q -v ON_ERROR_STOP=1 -d "$1" "${@:2}"; }
database=tenon_bench_$PORT
admin "$ADMIN_URL" -c "DROP DATABASE IF EXISTS $database" -c "DO \$\$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tenon_bench_migrator') THEN
    CREATE ROLE tenon_bench_migrator LOGIN NOSUPERUSER NOBYPASSRLS;
    CREATE ROLE tenon_bench_app LOGIN NOSUPERUSER NOBYPASSRLS;
  END IF; END \$\$" -c "CREATE DATABASE $database OWNER tenon_bench_migrator" 2>/dev/null
address=$(sed -E 's|^[a-z]+://([^@/]*@)?([^/]*)/.*|\2|' <<<"$ADMIN_URL")
url_of() { printf 'postgresql://%s@%s/%s' "$1" "$address" "$database"; }
owner=$(sed -E 's|^[a-z]+://([^@/:]*).*|\1|' <<<"$ADMIN_URL")
admin "$(url_of "$owner")" -c 'ALTER DEFAULT PRIVILEGES FOR ROLE tenon_bench_migrator GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO tenon_bench_app'
DATABASE_URL=$(url_of tenon_bench_migrator) MIGRATION_DATABASE_URL=$(url_of tenon_bench_migrator) "$product" migrate up >/dev/null
admin "$(url_of "$owner")" -f "$root/tools/bench.d/service/seed.sql"

export RATE_LIMIT_IP=0 RATE_LIMIT_USER=0 RATE_LIMIT_TENANT=0
export DATABASE_URL TOKEN_SECRET=${TOKEN_SECRET:-the bench measures with thirty-two bytes} LOG_LEVEL=${LOG_LEVEL:-warn}
DATABASE_URL=$(url_of tenon_bench_app)
if [[ -n ${BY_SOCKET:-} ]]; then DATABASE_URL="postgresql://tenon_bench_app@/$database?host=$BY_SOCKET&port=${address##*:}"; fi
exec "$product" serve
