# A project of ten entities from nothing with the runtime installed, then with one field added.
bench_build() {
  local prefix=${PREFIX:-$work/prefix} start
  machine
  if [[ ! -d $prefix ]]; then install_into "$prefix"; fi
  rm -rf "$work/out" "$work/out-build"
  many_entities 10 >"$work/spec.yaml"
  "$tenon" generate "$work/spec.yaml" --out "$work/out" >/dev/null
  export CCACHE_DISABLE=1
  cmake -S "$work/out" -B "$work/out-build" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" -DBUILD_TESTING=OFF >/dev/null
  start=$EPOCHREALTIME
  cmake --build "$work/out-build" -j "$jobs" >/dev/null || die "it does not build"
  say "from nothing, ten entities: $(since "$start") s"
  slowest
  many_entities 10 one_more_field >"$work/spec.yaml"
  "$tenon" generate "$work/spec.yaml" --out "$work/out" >/dev/null || true
  "${tenon%/*}/apply-plan" "$work/out" --apply >/dev/null
  start=$EPOCHREALTIME
  cmake --build "$work/out-build" -j "$jobs" >/dev/null || die "it does not build with one field more"
  say "after one field was added: $(since "$start") s"
}

# The slowest compilations of the last build, from ninja's log: milliseconds from and to, then the output.
slowest() {
  say "slowest files (wall-clock, $jobs at a time):"
  awk -F'\t' '$4 ~ /\.o$/ {printf "%.1f s  %s\n", ($2 - $1) / 1000, $4}' "$work/out-build/.ninja_log" | sort -rn | head -n 5 | sed 's/^/  /'
}
