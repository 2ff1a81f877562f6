# Time, memory and files for N entities, against cp -r and diff -rq of the same tree.
bench_generate() {
  local sizes=("$@") n i
  if ((${#sizes[@]} == 0)); then sizes=(1 10 100 1000); fi
  machine
  [[ ! -e $work/trees ]] || die "$work/trees is left from a run that was stopped: remove it and wait some minutes"
  printf '| entities | files | MiB | generate s | cp -r s | ratio | again s | diff -rq s | ratio | peak MiB |\n|---|---|---|---|---|---|---|---|---|---|\n'
  for n in "${sizes[@]}"; do
    many_entities "$n" >"$work/spec.yaml"
    local generate='' copy='' again='' compare='' memory=''
    # Every run writes into a folder of its own, and none is removed before the end: for minutes after files were
    # deleted, ext4 searches long for an inode to give to a new one, and whoever comes first would pay for it.
    local at=$work/trees/$n
    for ((i = 0; i < runs; i++)); do
      mkdir -p "$at/$i"
      generate+=$(seconds "$tenon" generate "$work/spec.yaml" --out "$at/$i/out")$'\n'
      copy+=$(seconds cp -r "$at/$i/out" "$at/$i/copy")$'\n'
      again+=$(seconds "$tenon" generate "$work/spec.yaml" --out "$at/$i/out")$'\n'
      compare+=$(seconds diff -rq "$at/$i/out" "$at/$i/copy")$'\n'
    done
    memory=$(timed "$tenon" generate "$work/spec.yaml" --out "$at/memory" | cut -d' ' -f2)
    local g c a d m
    g=$(printf '%s' "$generate" | median) c=$(printf '%s' "$copy" | median) a=$(printf '%s' "$again" | median)
    d=$(printf '%s' "$compare" | median) m=$memory
    printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n' "$n" "$(find "$at/0/out" -type f | wc -l)" \
      "$(du -sm --apparent-size "$at/0/out" | cut -f1)" "$g" "$c" "$(ratio "$g" "$c")" "$a" "$d" "$(ratio "$a" "$d")" "$((m / 1024))"
  done
  rm -rf "$work/trees"
}
