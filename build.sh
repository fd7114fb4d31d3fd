#!/usr/bin/env bash
# Builds the programs: out/diarizer and out/diarizer-train, with the models beside them.
set -euo pipefail
cd "$(dirname "$0")"
./setup.sh

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 MSBUILDDISABLENODEREUSE=1
# Models that are gone from models/ must not stay beside the programs.
rm -rf out/models
for project in Service Training; do
    echo "build: Diarizer.$project"
    dotnet publish "src/Diarizer.$project" --configuration Release --output out --verbosity quiet -nodeReuse:false
done
touch out/.built
echo "build: out/diarizer and out/diarizer-train"
