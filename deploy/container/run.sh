#!/usr/bin/env bash
# Starts the folder that rootfs.sh has made, as a container engine would: deploy/container/run.sh native|jvm DIR [command]
# It uses the Dockerfile's user and entry point, a read-only root, an empty /tmp, no capabilities, and at most MEMORY bytes of
# memory (128 MiB). Settings come from the environment. Needs root and unshare; uses the machine's network. The service
# replaces this process: same pid, signals, exit code.
set -euo pipefail

[[ $# -ge 2 && $1 =~ ^(native|jvm)$ && -d $2/opt/importonce ]] || { echo "usage: $0 native|jvm DIR [command]" >&2; exit 2; }
kind=$1
root=$(cd "$2" && pwd)
shift 2
dockerfile=$(dirname "$0")/../../src/main/docker/Dockerfile.$kind
user=$(sed -n 's/^USER //p' "$dockerfile" | tail -n 1)
IFS=, read -ra entry < <(sed -n 's/^ENTRYPOINT \[\(.*\)\]$/\1/p' "$dockerfile" | tr -d '" ')
memory=${MEMORY:-134217728}

settings=(PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/)
while read -r name; do
    [[ ! $name =~ ^((QUARKUS|IMPORTONCE|SUPABASE|OTEL)_.*|CRON_SECRET|JAVA_TOOL_OPTIONS)$ ]] || settings+=("$name=${!name}")
done < <(compgen -e)

# Limits the memory of this process: by control groups version 2, otherwise version 1, otherwise only the heap.
group=importonce-run-$$
if grep -qw memory /sys/fs/cgroup/cgroup.controllers 2>/dev/null && mkdir "/sys/fs/cgroup/$group" 2>/dev/null; then
    echo "$memory" >"/sys/fs/cgroup/$group/memory.max"
    echo $$ >"/sys/fs/cgroup/$group/cgroup.procs"
elif mkdir "/sys/fs/cgroup/memory/$group" 2>/dev/null; then
    rmdir /sys/fs/cgroup/memory/importonce-run-* 2>/dev/null || true
    mkdir -p "/sys/fs/cgroup/memory/$group"
    echo "$memory" >"/sys/fs/cgroup/memory/$group/memory.limit_in_bytes"
    echo $$ >"/sys/fs/cgroup/memory/$group/cgroup.procs"
else
    echo "No control group can be made here: only the heap is limited, to half of $memory bytes." >&2
    if [[ $kind == native ]]; then entry+=("-Xmx$((memory / 2))"); else settings+=("JAVA_TOOL_OPTIONS=-Xmx$((memory / 2))"); fi
fi

# Files that container engines add to every container.
mkdir -p "$root"/{proc,dev,sys/fs/cgroup}
for device in null zero random urandom; do : >>"$root/dev/$device"; done

exec env -i "${settings[@]}" unshare --mount --propagation private bash -euc '
    root=$1
    user=$2
    shift 2
    mount --bind "$root" "$root"
    mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
    for device in null zero random urandom; do mount --bind /dev/$device "$root/dev/$device"; done
    [[ ! -d /sys/fs/cgroup ]] || mount --rbind /sys/fs/cgroup "$root/sys/fs/cgroup"
    mount -t tmpfs -o nosuid,nodev,noexec,mode=1777,size=64m tmpfs "$root/tmp"
    mount -o remount,bind,ro "$root"
    exec setpriv --no-new-privs --inh-caps=-all --ambient-caps=-all chroot --userspec="$user" --groups= "$root" "$@"
' run.sh "$root" "$user" "${entry[@]}" "$@"
