# Makes the product that `tools/bench service` measures: generated from spec.yaml, with the routes of custom/, compiled
# as it is deployed. Sourced; needs tools/lib/common.sh.
product_parts=$root/tools/bench.d/service

# build_product FOLDER: leaves FOLDER/bin/bench-product. Compiles only what has changed since the last time.
build_product() {
  local folder=$1 project=$1/project file
  mkdir -p "$folder"
  install_into "$folder/prefix"
  rm -rf "$folder/fresh"
  "$root/build/bin/tenon" generate "$product_parts/spec.yaml" --out "$folder/fresh" >/dev/null
  cp "$product_parts"/custom/* "$folder/fresh/src/custom/"
  sed -i 's|^# tenon:begin custom layers$|&\ntarget_link_libraries(custom PUBLIC tenon::app tenon::paging PkgConfig::sodium)\ntarget_include_directories(custom PRIVATE '"$root"'/runtime/src)|' \
    "$folder/fresh/src/CMakeLists.txt"
  # Only what differs is copied, so that only that is compiled.
  mkdir -p "$project"
  while IFS= read -r file; do
    cmp -s "$folder/fresh/$file" "$project/$file" || install -D -m 644 "$folder/fresh/$file" "$project/$file"
  done < <(cd "$folder/fresh" && find . -path ./.tenon -prune -o -path ./third_party -prune -o -type f -print)
  local launcher=()
  if command -v ccache >/dev/null; then launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
  cmake -S "$project" -B "$folder" -G Ninja "${launcher[@]}" -DCMAKE_PREFIX_PATH="$folder/prefix" -DVENDORED_RUNTIME=OFF \
    -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF >"$folder/configure.log" 2>&1 || { cat "$folder/configure.log"; die "cmake cannot configure the product"; }
  cmake --build "$folder" -j "$jobs" >"$folder/build.log" 2>&1 || { tail -n 60 "$folder/build.log"; die "the product does not build"; }
}
