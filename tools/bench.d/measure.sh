# How the benches measure: medians, ratios, times. Sourced by tools/bench.
machine() {
  sed -n 's/^model name\s*: /cpu: /p' /proc/cpuinfo | head -n 1
  say "cores: $(nproc), memory: $(awk '/MemTotal/ {printf "%d MiB", $2 / 1024}' /proc/meminfo), load: $(cut -d' ' -f1 /proc/loadavg), $(. /etc/os-release && say "$PRETTY_NAME"), $(g++ --version | head -n 1)"
}

# median: of the numbers on standard input.
median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN {printf "%.1f", a / b}'; }

# timed COMMAND...: seconds and peak KiB, on one line.
timed() { /usr/bin/time -f '%e %M' -o "$work/time" "$@" >/dev/null 2>&1 || { "$@"; die "failed: $*"; }; tail -n 1 "$work/time"; }

# seconds COMMAND...: wall-clock with microseconds; GNU time rounds to hundredths.
seconds() {
  local from=$EPOCHREALTIME
  "$@" >/dev/null 2>&1 || die "failed: $*"
  awk -v a="$from" -v b="$EPOCHREALTIME" 'BEGIN {printf "%.4f\n", b - a}'
}

# since START: seconds since a value of $EPOCHREALTIME.
since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN {printf "%.1f", b - a}'; }
