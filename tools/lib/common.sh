# What the tools share: where things are, how they speak, and how a build folder is made. Sourced, never run.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
jobs=${TENON_JOBS:-$(nproc)}
logs=$root/build/logs
export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$root} CCACHE_NOHASHDIR=1
export CTEST_OUTPUT_ON_FAILURE=1 GTEST_COLOR=no

if [[ -t 1 && -z ${NO_COLOR:-} ]]; then
  bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
else
  bold='' dim='' red='' green='' plain=''
fi

say() { printf '%s\n' "$*"; }
die() { printf '%s\n' "${red}error:${plain} $*" >&2; exit 1; }

# ensure_packages: installs what is missing, quietly when nothing is.
ensure_packages() { "$root/tools/setup" --if-missing; }

# configure DIR [CMAKE ARGUMENT...]: configures the repository into DIR, unless that was done with these arguments.
# CI compiles everything and once, so a folder at once; whoever works compiles a file again and again.
configure() {
  local dir=$1 launcher=()
  shift
  if command -v ccache >/dev/null; then launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
  if [[ -n ${CI:-} ]]; then set -- "$@" -DCMAKE_UNITY_BUILD=ON; fi
  local wanted="$root $* ${launcher[*]:-}"
  if [[ -f $dir/build.ninja && $(cat "$dir/.configured" 2>/dev/null) == "$wanted" ]]; then return; fi
  mkdir -p "$dir"
  cmake -S "$root" -B "$dir" -G Ninja "${launcher[@]}" "$@" >"$dir/configure.log" 2>&1 ||
    { cat "$dir/configure.log" >&2; die "cmake could not configure $dir"; }
  printf '%s' "$wanted" >"$dir/.configured"
}

# configure_sanitized: build/sanitize, whose project is made by the programs of build/.
configure_sanitized() {
  configure "$root/build/sanitize" -DTENON_SANITIZE=ON -DCMAKE_BUILD_TYPE=Debug -DCMAKE_UNITY_BUILD=ON \
    -DTENON_EXAMPLES=starter -DTENON_PROGRAMS="$root/build/bin"
}

# install_into PREFIX [TARGET...]: builds what is installed, and these targets, and installs it.
install_into() {
  cmake --build "$root/build" -j "$jobs" --target tenon apply_plan_tool tenon_runtime_package "${@:2}" >/dev/null
  cmake --install "$root/build" --prefix "$1" >/dev/null
}

# cxx_files: every tracked C++ file that clang-format judges. Templates are judged by what they generate.
cxx_files() { git -C "$root" ls-files -- '*.cpp' '*.hpp' ':!templates/**' ':!tests/tidy/planted/**'; }

# seconds_since START: whole seconds since a value of $SECONDS.
seconds_since() { printf '%ds' $((SECONDS - $1)); }
