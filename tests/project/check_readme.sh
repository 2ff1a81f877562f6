#!/usr/bin/env bash
# The spec in the README is a valid one.
#   check_readme.sh README WORK_FILE     with TENON in the environment
set -euo pipefail
mkdir -p "$(dirname "$2")"
awk '/^```yaml/ {inside = 1; next} /^```/ {inside = 0} inside' "$1" >"$2"
[[ -s $2 ]] || { echo "the README shows no spec"; exit 1; }
"$TENON" validate "$2"
