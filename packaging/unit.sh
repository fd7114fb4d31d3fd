#!/usr/bin/env bash
# Prints a unit as the package installs it: packaging/unit.sh systemd/diarizer.service
# The package's libtorch is Debian's and knows no GPU, so the service is given none; on a machine without one its groups need not even exist.
set -euo pipefail
sed -e 's|/opt/diarizer/diarizer|/usr/bin/diarizer|' \
    -e 's|^Documentation=.*|Documentation=man:diarizer(1)|' \
    -e 's|Install: see "As a service" in README.md.|Installed by the package diarizer.|' \
    -e 's|^# Microphones and GPU, no other device.|# Microphones, no other device.|' \
    -e 's|^SupplementaryGroups=.*|SupplementaryGroups=audio|' \
    -e '/^DeviceAllow=char-\(nvidia\|drm\)/d' \
    -e 's|^Environment=CUDA_CACHE_PATH=%C/diarizer |Environment=|' \
    -e 's|hide the sound cards and the GPU|hide the sound cards|' \
    "$1"
