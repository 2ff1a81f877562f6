# The generated service beside its peers and its limits: a PostgreSQL of its own with durable commits, the product of
# service/spec.yaml, the same service written by hand for Node and Python, a bare Beast server, and pgbench, loaded in turn.
#   tools/bench service [--rounds N] [--seconds N] [--connections N] [--kinds health,get,list,create] [--servers tenon,fastify]
#                       [--cycles]
#   tools/bench service --sqlite [--rounds N] [--seconds N] [--connections N] [--kinds get,list,create]
# The second form: the same product on SQLite, its embedded default, beside Fastify with better-sqlite3. Needs wrk, python3, npm.
# BENCH_BEFORE=FILE measures an earlier build of the product beside this one: its build/bench/product/bin/bench-product.
# Needs the Debian packages wrk and python3; for the Python peer python3-fastapi python3-asyncpg uvicorn python3-uvloop
# python3-httptools python3-jwt; for the Node peer npm and its registry.
source "$root/tools/bench.d/service/product.sh"

bench_service() {
  if [[ ${1:-} == --sqlite ]]; then bench_embedded "${@:2}"; return; fi
  local tool python=/usr/bin/python3
  for tool in wrk psql pgbench $python; do
    command -v "$tool" >/dev/null || die "tools/bench service needs ${tool##*/}: apt-get install wrk python3 postgresql"
  done
  [[ ${1:-} != --help ]] || { "$python" -B "$root/tools/bench.d/service/load.py" --help; return; }
  machine
  build_product "$work/product"
  make_bare_beast
  find_peers "$python"
  export PYTHONDONTWRITEBYTECODE=1
  export TENON_SERVICES=$work/services
  trap '"$root/tools/services" down' EXIT
  "$root/tools/services" down
  start_cluster
  BENCH_WORK=$work BENCH_PRODUCT=$work/product/bin/bench-product BENCH_BEAST=$work/bare_beast "$python" -B "$root/tools/bench.d/service/load.py" "$@"
}

bench_embedded() {
  local tool python=/usr/bin/python3
  for tool in wrk npm node $python; do
    command -v "$tool" >/dev/null || die "tools/bench service --sqlite needs ${tool##*/}"
  done
  machine
  build_product "$work/product"
  mkdir -p "$work/sqlite_peer"
  cp "$root"/tools/bench.d/service/peers/sqlite/* "$work/sqlite_peer/"
  (cd "$work/sqlite_peer" && npm install --omit=dev --no-package-lock --no-audit --no-fund --loglevel=error >"$work/npm.log" 2>&1) ||
    die "npm could not install the peer, see $work/npm.log"
  BENCH_FOLDER=$(mktemp -d "$work/embedded-XXXXXX")
  trap 'rm -rf "$BENCH_FOLDER"' EXIT
  export BENCH_FOLDER PYTHONDONTWRITEBYTECODE=1
  BENCH_WORK=$work BENCH_PRODUCT=$work/product/bin/bench-product BENCH_SQLITE_PEER=$work/sqlite_peer \
    "$python" -B "$root/tools/bench.d/service/embedded.py" "$@"
}

make_bare_beast() {
  local source=$root/tools/bench.d/service/bare_beast.cpp
  if [[ $work/bare_beast -nt $source ]]; then return; fi
  g++ -std=c++20 -O2 -pthread "$source" -o "$work/bare_beast"
}

# Both are left out, with the reason, where they cannot be had.
find_peers() {
  local python=$1
  mkdir -p "$work/node"
  cp "$root"/tools/bench.d/service/peers/node/* "$work/node/"
  if ! command -v npm >/dev/null; then
    say "without the Node peer: npm is not installed" >&2
  elif (cd "$work/node" && npm install --omit=dev --no-package-lock --no-audit --no-fund --loglevel=error >"$work/npm.log" 2>&1); then
    export BENCH_NODE=$work/node
  else
    say "without the Node peer: npm could not install it, see $work/npm.log" >&2
  fi
  if "$python" -c 'import fastapi, asyncpg, uvicorn, uvloop, httptools, jwt' 2>"$work/python.log"; then
    export BENCH_PYTHON=$python
  else
    say "without the Python peer: $(tail -n 1 "$work/python.log"); apt-get install python3-fastapi python3-asyncpg uvicorn python3-uvloop python3-httptools python3-jwt" >&2
  fi
}

start_cluster() {
  local url folder
  url=$(TENON_POSTGRES='fsync = on
shared_buffers = 256MB
max_connections = 150
max_wal_size = 4GB' "$root/tools/services" up) || die "the services do not start"
  eval "$(sed -E "s/^([A-Z_]+)=(.*)$/export \1='\2'/" <<<"$url")"
  folder=${APP_SOCKET_URL#*host=} folder=${folder%%&*}
  export BENCH_CLUSTER=$folder/data ADMIN_SOCKET_URL=${APP_SOCKET_URL/app@/admin@}
  DATABASE_URL=$MIGRATOR_URL MIGRATION_DATABASE_URL=$MIGRATOR_URL "$work/product/bin/bench-product" migrate up >/dev/null
  psql -X -q -v ON_ERROR_STOP=1 -d "$ADMIN_SOCKET_URL" -f "$root/tools/bench.d/service/seed.sql"
}
