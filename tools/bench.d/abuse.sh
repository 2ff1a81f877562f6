# What abuses cost other users: the starter on SQLite and on PostgreSQL, with default limits; see tests/load/abuse_bench.cpp.
#   tools/bench abuse [SECONDS]   each abuse so long (5), then as many polite requests
source "$root/tools/lib/starter.sh"

bench_abuse() {
  configure "$root/build"
  machine
  build_for_load abuse_bench
  "$root/build/bin/abuse_bench" "${1:-5}"
}
