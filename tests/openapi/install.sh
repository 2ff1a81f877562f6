#!/usr/bin/env bash
# Installs what a package-lock.json names into a folder, once for each content of the lock file: the linters of this
# folder, or what is in FROM.
#   install.sh FOLDER [FROM]
set -euo pipefail
here=${2:-$(cd "$(dirname "$0")" && pwd)}
folder=$1
stamp=$(sha256sum "$here/package-lock.json" "$here/package.json" | sha256sum)
if [[ -d $folder/node_modules && $(cat "$folder/stamp" 2>/dev/null) == "$stamp" ]]; then exit 0; fi
mkdir -p "$folder"
cp "$here/package.json" "$here/package-lock.json" "$folder/"
(cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
printf '%s' "$stamp" >"$folder/stamp"
