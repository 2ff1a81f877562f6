#!/usr/bin/env bash
# The openapi.yaml of random specs, by the recommended rules of Redocly and Spectral: no error, no warning.
#   check_documents.sh FIRST LAST WORK TOOLS     the seeds; TENON and MAKE_SPEC are programs, TOOLS has the linters
set -euo pipefail
first=$1 last=$2 work=$3 tools=$4
openapi=$(cd "$(dirname "$0")/../openapi" && pwd)
rm -rf "$work"
mkdir -p "$work"
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true CI=true

documents=()
for ((seed = first; seed <= last; seed++)); do
  "$MAKE_SPEC" "$seed" >"$work/$seed.yaml" || { (($? == 3)) && continue; } # names that collide
  "$TENON" generate "$work/$seed.yaml" --out "$work/$seed" >/dev/null
  documents+=("$work/$seed/openapi.yaml")
done
((${#documents[@]} > 0)) || { echo "no seed gives a valid spec"; exit 1; }

status=0
for document in "${documents[@]}"; do
  "$tools/node_modules/.bin/redocly" lint --config "$openapi/redocly.yaml" --format=json "$document" >"$work/redocly.json" 2>"$work/redocly.log" || true
  jq -e '.totals | .errors == 0 and .warnings == 0' "$work/redocly.json" >/dev/null && continue
  echo "-- redocly: $document"
  jq -r '.problems[]? | "\(.severity) \(.ruleId): \(.message) at \(.location[0].pointer // "")"' "$work/redocly.json" | head -n 20
  cat "$work/redocly.log"
  status=1
done
"$tools/node_modules/.bin/spectral" lint --ruleset "$openapi/spectral.yaml" --fail-severity=hint --quiet "${documents[@]}" || status=1
echo "-- ${#documents[@]} documents"
exit "$status"
