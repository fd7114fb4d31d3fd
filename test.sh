#!/usr/bin/env bash
# Builds everything and runs the tests: ./test.sh [PROJECT...], where PROJECT is a part of a test project's name, such as Audio.
# The last line is the count; the exit status is 0 when nothing failed.
set -euo pipefail
cd "$(dirname "$0")"
./setup.sh --tests

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 MSBUILDDISABLENODEREUSE=1
longest=900 # seconds that one test project may take

echo "test: building"
dotnet build Diarizer.sln --configuration Release --verbosity quiet -nodeReuse:false || {
    echo "The build failed."
    echo "0 passed, 1 failed"
    exit 1
}

passed=0 failed=0 skipped=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

wanted() {
    local name=$1 part
    shift
    [ $# -gt 0 ] || return 0
    for part in "$@"; do case $name in *"$part"*) return 0 ;; esac; done
    return 1
}

# count NAME PASSED FAILED SKIPPED NOTE
count() {
    printf '%-28s %4d passed, %d failed, %d skipped  %s\n' "$1" "$2" "$3" "$4" "$5"
    passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
}

run_project() {
    local name=$1 status=0 started=$SECONDS
    timeout --kill-after=10 "$longest" "tests/$name/bin/Release/net10.0/$name" -noLogo -noColor >"$log" 2>&1 </dev/null || status=$?
    # The runner's summary: "   NAME  Total: 12, Errors: 0, Failed: 1, Skipped: 2, Not Run: 0, Time: 0.345s"
    local total errors broken omitted unrun summary
    summary=$(sed -nE -e 's/.* Total: 0$/0 0 0 0 0/p' \
        -e 's/.* Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+), Not Run: ([0-9]+),.*/\1 \2 \3 \4 \5/p' "$log" | tail -n 1)
    read -r total errors broken omitted unrun <<<"$summary"
    local took=$((SECONDS - started))s
    if [ -z "$total" ]; then
        tail -n 60 "$log"
        case $status in
            124 | 137) count "$name" 0 1 0 "$took, stopped after $longest s" ;;
            *) count "$name" 0 1 0 "$took, ended with status $status before its summary" ;;
        esac
        return
    fi

    broken=$((broken + errors))
    # A runner that reports success and yet exits with an error has lost something after its summary.
    if [ "$broken" = 0 ] && [ "$status" != 0 ]; then
        tail -n 60 "$log"
        broken=1 total=$((total + 1))
    elif [ "$broken" != 0 ]; then
        grep -vE '^ *(Discover|Starting|Finished)' "$log" | tail -n 200
    fi
    count "$name" "$((total - (broken - errors) - omitted - unrun))" "$broken" "$omitted" "$took"
}

# check NAME COMMAND...: exit status 0 passes, 77 skips.
check() {
    local name=$1 status=0
    shift
    "$@" >"$log" 2>&1 || status=$?
    case $status in
        0) count "$name" 1 0 0 "" ;;
        77) count "$name" 0 0 1 "$(tail -n 1 "$log")" ;;
        *) cat "$log" && count "$name" 0 1 0 "status $status" ;;
    esac
}

shell_scripts() {
    command -v shellcheck >/dev/null || { echo "shellcheck is not installed" && return 77; }
    find . -name '*.sh' -not -path '*/obj/*' -not -path '*/bin/*' -print0 | xargs -0 shellcheck .ci/run
}

echo "test: running"
for project in tests/*/*.csproj; do
    name=$(basename "$project" .csproj)
    wanted "$name" "$@" || continue
    if [ "$name" = TorchSharp.Libtorch.Tests ] && grep -q '<PackageStack>nuget<' Stack.props; then
        count "$name" 0 0 1 "belongs to the system stack"
    else
        run_project "$name"
    fi
done
if wanted "systemd units" "$@"; then check "systemd units" systemd/check.sh; fi
if wanted "packaging" "$@"; then check "packaging" packaging/check.sh; fi
if wanted "shell scripts" "$@"; then check "shell scripts" shell_scripts; fi

if [ "$skipped" -gt 0 ]; then
    echo "$passed passed, $failed failed, $skipped skipped"
else
    echo "$passed passed, $failed failed"
fi
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
