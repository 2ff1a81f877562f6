#!/usr/bin/env bash
# Installs the linters of package-lock.json into a folder, once for each content of the lock file.
#   install.sh FOLDER
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
stamp=$(sha256sum "$here/package-lock.json" "$here/package.json" | sha256sum)
if [[ -d $folder/node_modules && $(cat "$folder/stamp" 2>/dev/null) == "$stamp" ]]; then exit 0; fi
mkdir -p "$folder"
cp "$here/package.json" "$here/package-lock.json" "$folder/"
(cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
printf '%s' "$stamp" >"$folder/stamp"
