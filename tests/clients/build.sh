#!/usr/bin/env bash
# Makes three clients of one openapi.yaml and compiles them, and an application that uses one, under `tsc --strict`.
#   build.sh OPENAPI WORK TOOLS     TOOLS is where install.sh put the generators
set -euo pipefail
openapi=$1 work=$2 tools=$3
here=$(cd "$(dirname "$0")" && pwd)
rm -rf "$work"
mkdir -p "$work"
cp "$here"/{drive.ts,uses.ts,tsconfig.json,package.json} "$openapi" "$work/"
ln -s "$tools/node_modules" "$work/node_modules"
cd "$work"
bin=node_modules/.bin
echo "-- openapi-typescript"
"$bin/openapi-typescript" openapi.yaml -o types.ts >openapi-typescript.log 2>&1 || { cat openapi-typescript.log; exit 1; }
echo "-- @hey-api/openapi-ts"
"$bin/openapi-ts" -i openapi.yaml -o hey -p @hey-api/typescript >hey.log 2>&1 || { cat hey.log; exit 1; }
echo "-- swagger-typescript-api"
"$bin/swagger-typescript-api" -p openapi.yaml -o swagger -n Api.ts >swagger.log 2>&1 || { cat swagger.log; exit 1; }
echo "-- tsc --strict"
"$bin/tsc" -p tsconfig.json
