#!/usr/bin/env bash
# Quick checks of the packaging, without a build: maintainer scripts, completions, Dockerfile, and the hardening of the unit as the package installs it.
# packaging/check.sh FILE.deb also looks into a package. Exit status: 0 passed, 1 failed.
set -euo pipefail
package=${1:+$(realpath "$1")}
cd "$(dirname "$0")"
failed=0
complain() {
    printf '%s\n' "$*"
    failed=1
}

for script in debian/prerm debian/postinst debian/postrm; do
    sh -n "$script" || complain "$script is no shell script."
    [ -x "$script" ] || complain "$script is not executable."
    [ "$(sed -n 2p "$script")" = "set -e" ] || complain "$script goes on after an error."
done
bash -n completions/diarizer.bash || complain "completions/diarizer.bash is no bash script."
if command -v zsh >/dev/null; then zsh -n completions/_diarizer || complain "completions/_diarizer is no zsh script."; fi
if command -v fish >/dev/null; then fish -n completions/diarizer.fish || complain "completions/diarizer.fish is no fish script."; fi
if command -v shellcheck >/dev/null; then shellcheck --shell=sh debian/prerm debian/postinst debian/postrm || failed=1; fi
if command -v hadolint >/dev/null; then
    hadolint Dockerfile || failed=1
else
    # What a linter would ask first: a pinned base, no root, no package lists left behind, no shell form of the entry point.
    grep -E '^FROM [^ ]+:[^ ]+' Dockerfile | grep -qv ':latest' || complain "Dockerfile: the base image has no fixed tag."
    grep -q '^USER [^r]' Dockerfile || complain "Dockerfile: the program runs as root."
    grep -q '^ENTRYPOINT \[' Dockerfile || complain "Dockerfile: the entry point is in shell form."
    [ "$(grep -c 'apt-get install' Dockerfile)" = "$(grep -c 'rm -rf /var/lib/apt/lists' Dockerfile)" ] || complain "Dockerfile: an apt-get install leaves its package lists behind."
fi

if command -v systemd-analyze >/dev/null; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    ./unit.sh ../systemd/diarizer.service >"$work/diarizer.service"
    ! grep -E '/opt|nvidia|README' "$work/diarizer.service" || complain "The unit of the package names what the package does not have."
    exposure=$(systemd-analyze security --offline=true --no-pager "$work/diarizer.service" 2>/dev/null | sed -n 's/.*exposure level for [^:]*: \([0-9.]*\).*/\1/p')
    awk -v got="${exposure:-10}" 'BEGIN { exit !(got < 3) }' || complain "The exposure of the unit is ${exposure:-unknown}; it must be below 3."
fi

if [ -n "$package" ]; then
    contents=$(dpkg-deb --contents "$package" | awk '{ print $6 }')
    for path in ./usr/bin/diarizer ./usr/lib/diarizer/diarizer ./usr/lib/diarizer/libtorchbridge.so ./usr/lib/diarizer/models ./usr/share/diarizer/models/vad.safetensors \
        ./usr/share/diarizer/models/embedder.safetensors ./etc/diarizer/appsettings.json ./lib/systemd/system/diarizer.service ./usr/lib/systemd/user/diarizer.service \
        ./usr/share/man/man1/diarizer.1.gz ./usr/share/bash-completion/completions/diarizer ./usr/share/doc/diarizer/copyright; do
        grep -qx "$path" <<<"$contents" || complain "The package lacks $path."
    done
    [ "$(dpkg-deb --info "$package" conffiles)" = /etc/diarizer/appsettings.json ] || complain "The package's conffiles are not /etc/diarizer/appsettings.json alone."
    if command -v lintian >/dev/null; then lintian --fail-on error --suppress-tags bad-distribution-in-changes-file "$package" || failed=1; fi
fi
[ "$failed" != 0 ] || echo "The packaging passes its checks."
exit "$failed"
