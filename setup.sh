#!/usr/bin/env bash
# Installs what is missing on this machine and chooses the package stack. Does nothing, quickly, when all is there.
set -euo pipefail
cd "$(dirname "$0")"

usage() {
    cat <<'TEXT'
usage: ./setup.sh [--stack auto|nuget|system] [--cuda | --cpu] [--bench] [--tests]

  --stack   nuget:  TorchSharp, MQTTnet and NAudio from the NuGet registry
            system: libtorch, libmosquitto and ALSA from Debian's packages
            auto:   nuget where the registry carries them, else system
  --cuda    use a CUDA GPU: with nuget the package TorchSharp-cuda-linux (about 6 GB), with system the PyTorch of python3, of $PYTHON or in $LIBTORCH
  --cpu     the opposite of --cuda
  --bench   also what ./bench.sh needs
  --tests   also what ./test.sh uses where it can be had: Chromium, and axe-core from npm

The choice is kept in Stack.props; without options an earlier choice stays.
TEXT
}

say() { printf 'setup: %s\n' "$*"; }
fail() {
    printf 'setup: %s\n' "$*" >&2
    exit 1
}
recorded() { [ ! -e Stack.props ] || sed -n "s|.*<$1>\(.*\)</$1>.*|\1|p" Stack.props; }
pinned() { sed -n "s|.*PackageVersion Include=\"$1\" Version=\"\([^\"]*\)\".*|\1|p" Directory.Packages.props; }

stack=$(recorded PackageStack)
cuda=$(recorded Cuda)
libtorch=${LIBTORCH:-$(recorded LIBTORCH)}
bench=false tests=false
while [ $# -gt 0 ]; do
    case $1 in
        --stack) stack=${2:-} && shift ;;
        --stack=*) stack=${1#*=} ;;
        --cuda) cuda=true ;;
        --bench) bench=true ;;
        --tests) tests=true ;;
        --cpu) cuda=false libtorch=${LIBTORCH:-} ;;
        -h | --help) usage && exit ;;
        *) usage >&2 && exit 2 ;;
    esac
    shift
done
cuda=${cuda:-false}
case ${stack:=auto} in auto | nuget | system) ;; *) fail "there is no package stack '$stack'; choose auto, nuget or system." ;; esac

# The SDK's own programs would ask for libicu, which nothing here needs.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
command -v dotnet >/dev/null || fail "the .NET 10 SDK is missing; install it from https://dotnet.microsoft.com/download and run this again."
# `dotnet --version` starts the whole command line; the list of SDK folders says the same at once.
sdks=$(dirname "$(readlink -f "$(command -v dotnet)")")/sdk
if [ -d "$sdks" ]; then newest=$(find "$sdks" -maxdepth 1 -name '[0-9]*' -printf '%f\n' | sort -V | tail -n 1); else newest=$(dotnet --version); fi
[ "${newest%%.*}" -ge 10 ] || fail "the .NET SDK here is $newest; version 10 is needed."

# Restores the packages of the nuget stack into a throw-away project.
nuget_carries_the_stack() {
    local probe
    probe=$(mktemp -d)
    {
        echo '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup>'
        for package in TorchSharp MQTTnet MQTTnet.Server NAudio; do
            echo "<PackageReference Include=\"$package\" Version=\"$(pinned "$package")\" />"
        done
        echo '</ItemGroup></Project>'
    } >"$probe/Probe.csproj"
    local answer=0
    timeout 180 dotnet restore "$probe/Probe.csproj" --verbosity quiet >/dev/null 2>&1 || answer=1
    rm -rf "$probe"
    return "$answer"
}

if [ "$stack" = auto ]; then
    say "asking the NuGet registry for TorchSharp, MQTTnet and NAudio"
    if nuget_carries_the_stack; then stack=nuget; else stack=system; fi
    say "package stack: $stack"
fi

if [ "$cuda" = true ] && [ "$stack" = system ] && [ -z "$libtorch" ]; then
    libtorch=$("${PYTHON:-python3}" -c 'import os, torch; assert torch.version.cuda; print(os.path.dirname(torch.__file__))' 2>/dev/null) ||
        fail "no PyTorch with CUDA was found; install one for python3 (pip install torch), name its python in PYTHON, or name an unpacked libtorch in LIBTORCH."
fi
[ -z "$libtorch" ] || [ -d "$libtorch/include" ] || fail "LIBTORCH is '$libtorch', which has no folder include; name an unpacked libtorch or PyTorch's package folder."

# One line a need; where distributions name a package differently the names stand side by side.
needs=(libsndfile1 libsoxr0 libopus0 libsqlite3-0 'libasound2 libasound2t64' mosquitto mosquitto-clients ffmpeg)
if [ "$stack" = system ]; then
    needs+=(g++ libmosquitto1)
    [ -n "$libtorch" ] || needs+=(libtorch-dev libopenblas0-pthread)
fi

[ "$bench" = false ] || needs+=(python3 sox libsox-fmt-base)

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
missing=()
if command -v dpkg-query >/dev/null; then
    for need in "${needs[@]}"; do
        for package in $need; do is_installed "$package" && continue 2; done
        missing+=("$need")
    done
else
    say "this is no Debian or Ubuntu; please see yourself that the equivalents of these are installed: ${needs[*]}"
fi

as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)
log=$(mktemp)
apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@" >>"$log" 2>&1; }

if [ ${#missing[@]} -gt 0 ]; then
    [ "$(id -u)" = 0 ] || command -v sudo >/dev/null || fail "these Debian packages are missing: ${missing[*]}; install them as root (apt-get install) and run this again."
    give_up() {
        tail -n 15 "$log" >&2
        fail "$* The whole output is in $log."
    }

    say "reading the package lists"
    apt update || give_up "apt-get update failed."
    packages=()
    for need in "${missing[@]}"; do
        for package in $need; do
            apt-cache show "$package" >/dev/null 2>&1 && packages+=("$package") && continue 2
        done
        fail "this distribution has no package $need."
    done
    say "installing ${packages[*]}"
    apt install --yes --no-install-recommends "${packages[@]}" &
    installing=$!
    started=$SECONDS
    while kill -0 "$installing" 2>/dev/null; do
        sleep 1
        [ -t 1 ] && printf '\rsetup: %d s' $((SECONDS - started))
    done
    [ -t 1 ] && printf '\r'
    wait "$installing" || give_up "apt-get install failed."
fi

# The tests of the page skip what cannot be had here.
if [ "$tests" = true ]; then
    if ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null; then
        say "installing chromium, for the tests of the page"
        { { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; } && apt update && apt install --yes --no-install-recommends chromium; } || say "chromium cannot be installed here; the tests of the page will be skipped."
    fi
    if [ ! -e cache/npm/node_modules/axe-core/axe.min.js ] && command -v npm >/dev/null; then
        say "asking npm for axe-core, for the tests of the page"
        mkdir -p cache/npm
        timeout 120 npm install --prefix cache/npm --no-audit --no-fund --ignore-scripts --silent axe-core@4.14.1 >>"$log" 2>&1 ||
            say "axe-core cannot be had; accessibility is tested without it."
    fi
fi
rm -f "$log"

props="<Project>
  <!-- Written by setup.sh, whose help says how to change it. -->
  <PropertyGroup>
    <PackageStack>$stack</PackageStack>
    <Cuda>$cuda</Cuda>${libtorch:+
    <LIBTORCH>$libtorch</LIBTORCH>}
  </PropertyGroup>
</Project>"
# Rewritten only when it differs: builds depend on its date.
[ "$props" = "$(cat Stack.props 2>/dev/null)" ] || printf '%s\n' "$props" >Stack.props
