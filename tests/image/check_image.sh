#!/usr/bin/env bash
# The image of a generated project, by its own Dockerfile: built, run without root on a read-only system, found healthy,
# and run again on the data of before. Its bases are made by debootstrap, so nothing but Debian's mirror is needed.
#   check_image.sh PROJECT PROGRAM SCRATCH    PROGRAM is what the image runs
# Skipped (77), with the reason, where this machine cannot build images, or run any.
set -euo pipefail
project=$1 program=$2 scratch=$3
name=tenon-image-$$
skip() { echo "SKIPPED: $*"; exit 77; }
fail() { echo "FAILED: $*" >&2; exit 1; }
part() { printf -- '-- %s (%ds)\n' "$*" "$SECONDS"; }

((EUID == 0)) || skip "debootstrap needs root"
for tool in buildah podman debootstrap curl; do
  command -v "$tool" >/dev/null || skip "$tool is not installed; apt-get install -y --no-install-recommends buildah podman debootstrap crun"
done
unshare --mount true 2>/dev/null || skip "this machine lets nobody make a namespace"
# Where the machine's control groups are of the first version, crun needs to see the second: in a namespace of our own.
if [[ $(stat -f -c %T /sys/fs/cgroup) != cgroup2fs ]]; then
  [[ -z ${IMAGE_NAMESPACE:-} ]] || skip "this machine has no control groups of the second version"
  exec unshare --mount env IMAGE_NAMESPACE=1 bash -c 'umount -l /sys/fs/cgroup; mount -t cgroup2 none /sys/fs/cgroup; exec "$0" "$@"' "$0" "$@"
fi
mkdir -p "$scratch"
# Storage, network and cgroups as any machine has them, also one that is itself a container.
export STORAGE_DRIVER=vfs BUILDAH_ISOLATION=chroot CONTAINERS_STORAGE_CONF=$scratch/storage.conf
printf '[storage]\ndriver = "vfs"\ngraphroot = "%s/storage"\nrunroot = "%s/run"\n' "$scratch" "$scratch" >"$scratch/storage.conf"
# It would say each time that no systemd repeats the health check.
podman() { command podman --cgroup-manager=cgroupfs --events-backend=none --log-level=fatal "$@"; }
cleanup() {
  podman rm -f -t 1 "$name" >/dev/null 2>&1 || true
  podman volume rm "$name" >/dev/null 2>&1 || true
  podman rmi -f "$name" >/dev/null 2>&1 || true
}
trap cleanup EXIT

part "a base from Debian's mirror"
mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources 2>/dev/null | sed -n 's/^URIs: *//p; s/^deb \([^ ]*\).*/\1/p' | sed q) || true
if [[ ! -f $scratch/base.tar ]]; then
  debootstrap --variant=minbase bookworm "$scratch/base" ${mirror:+"$mirror"} >"$scratch/debootstrap.log" 2>&1 ||
    { tail -n 20 "$scratch/debootstrap.log"; fail "debootstrap"; }
  tar -C "$scratch/base" -cf "$scratch/base.tar" .
  rm -rf "$scratch/base"
fi
for tag in debian:12 debian:12-slim; do
  podman image exists "docker.io/library/$tag" || podman import -q "$scratch/base.tar" "docker.io/library/$tag" >/dev/null
done

# run_as_composed NAME [OPTION...] IMAGE [ARGUMENT...]: as compose.yaml runs it, with no writing but to volumes and /tmp,
# and no capabilities.
run_as_composed() {
  podman run --name "$1" --cgroups=disabled --network host --read-only --tmpfs /tmp --cap-drop all \
    --ulimit nofile=4096:4096 --ulimit nproc=4096:4096 --security-opt no-new-privileges "${@:2}"
}
part "whether this machine can run a container at all"
run_as_composed "$name" --rm docker.io/library/debian:12-slim true >"$scratch/probe.log" 2>&1 ||
  { cat "$scratch/probe.log"; skip "this machine builds images, but cannot run a container"; }

part "the image, by the project's Dockerfile"
# In Docker's format: the other one has no health checks. What was installed is kept for the next time.
buildah build --layers --pull=never --format docker --network host -t "$name" "$project" >"$scratch/build.log" 2>&1 ||
  { tail -n 60 "$scratch/build.log"; fail "it does not build"; }
if grep -q 'warning:' "$scratch/build.log"; then grep -m 5 'warning:' "$scratch/build.log"; fail "it builds with warnings"; fi
podman image inspect "$name" --format 'size {{.Size}} bytes, user {{.User}}'

port=18080
while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
base=http://127.0.0.1:$port

# patiently SECONDS COMMAND...: until it succeeds.
patiently() {
  local until=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < until)) || { podman logs "$name" || true; fail "waited in vain for: $*"; }
    sleep 0.2
  done
}
# run PATH [ARGUMENT...]: until PATH is answered with success. What goes wrong is the image's fault: others can be run.
run() {
  local path=$1
  shift
  run_as_composed "$name" -d -v "$name:/data" -e PORT="$port" -e TOKEN_SECRET=0123456789abcdef0123456789abcdef \
    "$name" "$@" >/dev/null 2>"$scratch/run.log" || { cat "$scratch/run.log"; fail "it cannot be run"; }
  patiently 30 curl -fs -o /dev/null "$base$path"
}
healthy() { podman healthcheck run "$name" >"$scratch/health.log" 2>&1; }

part "run, and found healthy"
run /ready
patiently 30 healthy
[[ $(podman exec "$name" id -u) == 10001 ]] || fail "it runs as root"
json=(-H 'Content-Type: application/json')
token=$(curl -fsS "${json[@]}" "$base/v1/auth/sign-up" -d '{"email": "ada@example.com", "password": "correct horse battery", "name": "Ada", "workspace": "Engines"}' | jq -re .access_token)
curl -fsS "${json[@]}" -H "Authorization: Bearer $token" "$base/v1/projects" -d '{"name": "Kept", "code": "KEPT"}' >/dev/null
podman exec "$name" "$program" backup /data/backup.db

part "stopped in time, and run again on the same data"
podman stop -t 30 "$name" >/dev/null
[[ $(podman inspect "$name" --format '{{.State.ExitCode}}') == 0 ]] || fail "it did not end well"
podman rm "$name" >/dev/null
run /ready
curl -fsS -H "Authorization: Bearer $token" "$base/v1/projects" | jq -e '.items[0].name == "Kept"' >/dev/null || fail "the data is gone"

part "not healthy while it cannot serve: nothing is migrated"
podman rm -f -t 30 "$name" >/dev/null
podman volume rm "$name" >/dev/null
run /health serve
if healthy; then fail "the health check finds a service healthy that is not ready"; fi
part "done"
