#!/usr/bin/env bash
# Lints the openapi.yaml of one example by the recommended rules of Redocly and Spectral: no error, no warning.
#   check_lint.sh SPEC WORK TOOLS     with TENON in the environment; TOOLS is where install.sh put the linters
set -euo pipefail
spec=$1 work=$2 tools=$3
here=$(cd "$(dirname "$0")" && pwd)
rm -rf "$work"
mkdir -p "$work"
"$TENON" generate "$spec" --out "$work/project"
cp "$work/project/openapi.yaml" "$work/openapi.yaml"
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true CI=true

echo "-- redocly"
"$tools/node_modules/.bin/redocly" lint --config "$here/redocly.yaml" --format=json "$work/openapi.yaml" \
  >"$work/redocly.json" 2>"$work/redocly.log" || true
jq -e '.totals | .errors == 0 and .warnings == 0' "$work/redocly.json" >/dev/null || {
  jq -r '.problems[]? | "\(.severity) \(.ruleId): \(.message) at \(.location[0].pointer // "")"' "$work/redocly.json" | head -n 60
  cat "$work/redocly.log"
  exit 1
}
echo "-- spectral"
"$tools/node_modules/.bin/spectral" lint --ruleset "$here/spectral.yaml" --fail-severity=hint --quiet "$work/openapi.yaml"
echo "-- clean"
