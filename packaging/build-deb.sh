#!/usr/bin/env bash
# Builds artifacts/diarizer_VERSION_ARCH.deb: packaging/build-deb.sh [--version VERSION] [--fast] [--tree FOLDER]
# Self-contained: the .NET runtime travels in the package, since Debian has none; libtorch and the other native libraries are Debian's.
# --fast compresses little, to try the package at once. --tree FOLDER leaves what goes into the package in FOLDER and packs nothing (packaging/check.sh looks at it).
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
    printf 'build-deb: %s\n' "$*" >&2
    exit 1
}
version=$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' Directory.Build.props)
tree='' level=6
while [ $# -gt 0 ]; do
    case $1 in
        --version) version=${2:?a version is missing} && shift ;;
        --fast) level=0 ;;
        --tree) tree=$(realpath -m "${2:?a folder is missing}") && shift ;;
        *) sed -n '2,4s/^# //p' "$0" >&2 && exit 2 ;;
    esac
    shift
done
for tool in dpkg-deb dpkg-shlibdeps; do command -v "$tool" >/dev/null || fail "$tool is missing; install dpkg-dev."; done
./setup.sh
if ! grep -q '<PackageStack>system<' Stack.props || grep -q '<LIBTORCH>' Stack.props; then
    fail "the package is built on Debian's libtorch; choose it with: ./setup.sh --stack system --cpu"
fi

architecture=$(dpkg --print-architecture)
case $architecture in
    amd64) runtime=linux-x64 ;;
    arm64) runtime=linux-arm64 ;;
    *) fail "there is no .NET runtime for $architecture." ;;
esac
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || date +%s)
export SOURCE_DATE_EPOCH DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 MSBUILDDISABLENODEREUSE=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=${tree:-$work/diarizer}
lib=usr/lib/diarizer doc=usr/share/doc/diarizer
rm -rf "$root" && mkdir -p "$root"

echo "build-deb: publishing diarizer $version for $runtime"
# The same settings as in build.sh: what an ordinary build has compiled is not compiled again.
dotnet publish src/Diarizer.Service --configuration Release --runtime "$runtime" --self-contained --output "$root/$lib" --verbosity quiet -nodeReuse:false
# Tracing with LTTng would be the only use of its libraries; models and configuration have their own places.
rm -rf "$root/$lib/libcoreclrtraceptprovider.so" "$root/$lib/models" "$root/$lib/appsettings.json"
find "$root/$lib" -name '*.xml' -delete

place() { install -D -m "$1" "$2" "$root/$3"; }
for model in models/*.safetensors models/*.json; do place 644 "$model" "usr/share/diarizer/$model"; done
ln -s ../../share/diarizer/models "$root/$lib/models"
mkdir -p "$root/usr/bin" && ln -s ../lib/diarizer/diarizer "$root/usr/bin/diarizer"
place 644 packaging/debian/appsettings.json etc/diarizer/appsettings.json
for unit in system user; do
    from=systemd/diarizer.service && [ "$unit" = system ] || from=systemd/user/diarizer.service
    packaging/unit.sh "$from" >"$work/unit"
    target=lib/systemd/system && [ "$unit" = system ] || target=usr/lib/systemd/user
    place 644 "$work/unit" "$target/diarizer.service"
done

for page in packaging/man/*.1; do place 644 "$page" "usr/share/man/man1/$(basename "$page")"; done
place 644 packaging/completions/diarizer.bash usr/share/bash-completion/completions/diarizer
place 644 packaging/completions/_diarizer usr/share/zsh/vendor-completions/_diarizer
place 644 packaging/completions/diarizer.fish usr/share/fish/vendor_completions.d/diarizer.fish
place 644 packaging/debian/lintian-overrides usr/share/lintian/overrides/diarizer
place 644 packaging/debian/copyright "$doc/copyright"
place 644 README.md "$doc/README.md"
for page in docs/*.md docs/asyncapi.yaml; do place 644 "$page" "$doc/docs/$(basename "$page")"; done
place 644 CHANGELOG.md "$doc/changelog"
for file in conversation.flac conversation.rttm; do place 644 "samples/$file" "$doc/examples/$file"; done
gzip -9n "$root"/usr/share/man/man1/*.1 "$root/$doc/changelog"
printf 'diarizer (%s) stable; urgency=medium\n\n  * See changelog.gz.\n\n -- The Diarizer authors <diarizer@localhost>  %s\n' "$version" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" |
    gzip -9n >"$root/$doc/changelog.Debian.gz"
find "$root" -type d -exec chmod 755 {} +
find "$root/$lib" -type f -exec chmod 644 {} +
chmod 755 "$root/$lib/diarizer" "$root/$lib/createdump"

echo "build-deb: working out the dependencies"
mkdir -p "$work/shlibs/debian" "$root/DEBIAN"
printf 'Source: diarizer\n\nPackage: diarizer\nArchitecture: any\n' >"$work/shlibs/debian/control"
mapfile -t binaries < <(find "$root/$lib" -type f \( -name '*.so' -o -name diarizer -o -name createdump \))
linked=$(cd "$work/shlibs" && dpkg-shlibdeps -O --ignore-missing-info "${binaries[@]}" 2>/dev/null | sed 's/^shlibs:Depends=//')
case $linked in *libtorch*) ;; *) fail "the bridge is not linked to Debian's libtorch: $linked" ;; esac
size=$(du -sk --exclude=DEBIAN "$root" | cut -f1)
sed -e "s|@VERSION@|$version|; s|@ARCHITECTURE@|$architecture|; s|@SIZE@|$size|; s|@LINKED@|$linked|" packaging/debian/control.in >"$root/DEBIAN/control"
echo /etc/diarizer/appsettings.json >"$root/DEBIAN/conffiles"
for script in prerm postinst postrm; do place 755 "packaging/debian/$script" "DEBIAN/$script"; done
(cd "$root" && find . -type f -not -path './DEBIAN/*' -not -path './etc/*' -printf '%P\0' | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
chmod 644 "$root"/DEBIAN/{control,conffiles,md5sums}
[ -z "$tree" ] || { echo "build-deb: $tree" && exit; }

package=diarizer_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz -z"$level" --build "$root" "$work/$package" >/dev/null
mkdir -p artifacts && mv "$work/$package" artifacts/
echo "build-deb: artifacts/$package ($(du -h "artifacts/$package" | cut -f1))"
