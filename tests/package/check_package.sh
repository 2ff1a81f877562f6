#!/usr/bin/env bash
# Makes the .deb, unpacks it into a folder, and generates and configures a project with nothing but what is in it.
set -euo pipefail
build=$1 source=$2 work=$3
rm -rf "$work"
mkdir -p "$work"

echo "-- pack"
(cd "$build" && cpack -G DEB -B "$work") >"$work/cpack.log" 2>&1 || { cat "$work/cpack.log"; exit 1; }
deb=$(find "$work" -maxdepth 1 -name 'tenon_*.deb')
dpkg-deb --info "$deb" | sed -n 's/^ \(Package\|Version\|Depends\|Recommends\):/\0/p'
dpkg-deb --extract "$deb" "$work/root"

echo "-- unpacked files"
for file in usr/bin/tenon usr/bin/apply-plan; do
  [[ -x $work/root/$file ]] || { echo "missing: $file"; exit 1; }
done
config=$(find "$work/root" -name tenon_runtime-config.cmake)
[[ -n $config ]] || { echo "missing: the runtime's CMake package"; exit 1; }
# Whole folders of it: a checkout may lie at /tenon, and that is in many a path of the package.
if grep -rlF -e "$source/runtime" -e "$source/generator" -e "$source/cmake" -e "$build/" "$work/root/usr/lib" --include='*.cmake'; then
  echo "these files name the machine they were made on"
  exit 1
fi

for file in man/man1/tenon.1.gz man/man1/apply-plan.1.gz bash-completion/completions/tenon \
  zsh/vendor-completions/_tenon fish/vendor_completions.d/tenon.fish tenon/schemas/spec.schema.json \
  doc/tenon/copyright doc/tenon/changelog.gz doc/tenon/README.md doc/tenon/spec-reference.md doc/tenon/errors.md; do
  [[ -s $work/root/usr/share/$file ]] || { echo "missing: usr/share/$file"; exit 1; }
done
grep -q '^License: MIT$' "$work/root/usr/share/doc/tenon/copyright" || { echo "no licence by its SPDX id"; exit 1; }

echo "-- lintian"
found=$(lintian --allow-root --fail-on none --display-level ">=warning" --tag-display-limit 0 "$deb")
[[ -z $found ]] || { echo "$found"; exit 1; }

echo "-- the program alone, copied away from everything"
mkdir "$work/alone"
cp "$work/root/usr/bin/tenon" "$work/alone/"
cp "$source/examples/starter/spec.yaml" "$work/alone/"
(cd "$work/alone" && env -i PATH=/usr/bin:/bin ./tenon generate spec.yaml --out starter)
[[ -f $work/alone/starter/third_party/tenon/CMakeLists.txt ]] || { echo "the runtime was not vendored"; exit 1; }

echo "-- a project finds the unpacked runtime"
cmake -S "$work/alone/starter" -B "$work/configured" -G Ninja -DCMAKE_PREFIX_PATH="$work/root/usr" -DBUILD_TESTING=OFF
grep -q "tenon_runtime_DIR:PATH=$work/root" "$work/configured/CMakeCache.txt" || { echo "it did not"; exit 1; }
[[ ! -e $work/configured/third_party ]] || { echo "it configured the vendored copy as well"; exit 1; }
echo "-- a copy inside a project stops at no warning, whatever the project's own flags are"
sed -i '1i #warning planted' "$work/alone/starter/third_party/tenon/src/crypto/digest.cpp"
cmake --preset release -S "$work/alone/starter" -B "$work/vendored" -DVENDORED_RUNTIME=ON -DCMAKE_CXX_FLAGS=-Werror \
  -DCMAKE_COMPILE_WARNING_AS_ERROR=ON >"$work/vendored.log" || { cat "$work/vendored.log"; exit 1; }
cmake --build "$work/vendored" --target third_party/tenon/CMakeFiles/tenon_crypto.dir/Unity/unity_0_cxx.cxx.o >"$work/vendored.log" 2>&1 ||
  { cat "$work/vendored.log"; exit 1; }
grep -q 'warning: .*planted' "$work/vendored.log" || { echo "the warning was not compiled"; exit 1; }
echo "-- done"
