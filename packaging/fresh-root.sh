# A fresh Debian 12 root that boots systemd, for the scripts beside this one. To be sourced after `work` is set to a folder that exists.
# shellcheck shell=bash
[ "$(id -u)" = 0 ] || { echo "run it as root, for debootstrap and systemd-nspawn." >&2 && exit 2; }
for tool in debootstrap systemd-nspawn; do
    command -v "$tool" >/dev/null || { echo "$tool is missing; install debootstrap and systemd-container." >&2 && exit 2; }
done
mirror=${MIRROR:-http://deb.debian.org/debian}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/diarizer-test
root=${work:?}/root
nspawn='' leader='' passed=0

# Ends the root and removes it, or says where it is: finish KEEP
finish() {
    if [ -n "$nspawn" ]; then
        kill "$nspawn" 2>/dev/null || true
        wait "$nspawn" 2>/dev/null || true
    fi
    if "$1"; then echo "the root is $root"; else rm -rf "$work"; fi
}

fail() {
    printf '  FAIL  %s\n' "$*" >&2
    if [ -n "$leader" ]; then inside journalctl -u diarizer --no-pager -n 30 >&2 || true; fi
    exit 1
}

# expect WHAT COMMAND...: passes when the command succeeds.
expect() {
    local what=$1
    shift
    "$@" >"$work/said" 2>&1 || { tail -n 30 "$work/said" >&2 && fail "$what"; }
    passed=$((passed + 1))
    printf '  ok    %s\n' "$what"
}

not() { ! "$@"; }

# tell_time WHAT BEGAN: the seconds since.
tell_time() { printf '  time  %-58s %6.1f s\n' "$1" "$(awk -v a="$2" -v b="$(date +%s.%N)" 'BEGIN { print b - a }')"; }

# timed WHAT COMMAND...: runs it and tells the seconds.
timed() {
    local what=$1 began
    shift
    began=$(date +%s.%N)
    "$@" >"$work/said" 2>&1 || { tail -n 30 "$work/said" >&2 && fail "$what"; }
    tell_time "$what" "$began"
}

# wait_for SECONDS COMMAND...: until it succeeds.
wait_for() {
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.2
    done
}

make_root() {
    mkdir -p "$cache"
    if [ ! -e "$cache/bookworm.tar" ]; then
        timed "debootstrap" debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus bookworm "$work/base" "$mirror"
        tar -C "$work/base" -cf "$cache/bookworm.tar" . && rm -rf "$work/base"
    fi
    mkdir "$root" && tar -C "$root" -xf "$cache/bookworm.tar"
    printf 'deb %s bookworm main\n' "$mirror" >"$root/etc/apt/sources.list"
    # Debian's installer writes this file, debootstrap does not.
    printf '127.0.0.1 localhost\n::1 localhost\n' >"$root/etc/hosts"
}

# A command in the root before it boots.
in_root() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

# A command in the booted root.
inside() { nsenter --target "$leader" --mount --uts --ipc --net --pid --root --wd env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

# boot [OPTION...]: options of systemd-nspawn.
boot() {
    systemd-nspawn --directory="$root" --boot --register=no --keep-unit --quiet "$@" >"$work/console" 2>&1 </dev/null &
    nspawn=$!
    for _ in $(seq 240); do
        leader=$(pgrep -P "$nspawn" | head -n 1) || true
        # Units that a container cannot have may leave it degraded; it is up all the same.
        if [ -n "$leader" ]; then
            case $(inside systemctl is-system-running 2>/dev/null) in running | degraded) return ;; esac
        fi
        sleep 0.5
    done
    tail -n 20 "$work/console" >&2
    leader='' && fail "systemd boots in the root"
}
