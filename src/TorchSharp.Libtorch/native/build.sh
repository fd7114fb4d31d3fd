#!/usr/bin/env bash
# Compiles bridge.cpp against the libtorch of this machine: native/build.sh OUTPUT.so
# LIBTORCH names an unpacked libtorch or a PyTorch package folder (with include/ and lib/); PYTHON a python whose torch is to be used.
# Without either, Debian's libtorch-dev is used where installed, else the torch of python3.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
output=${1:?usage: native/build.sh OUTPUT.so}

if [ -z "${LIBTORCH:-}" ]; then
    if [ -z "${PYTHON:-}" ] && [ -e /usr/include/torch/csrc/api/include/torch/torch.h ]; then
        LIBTORCH=/usr
    else
        LIBTORCH=$("${PYTHON:-python3}" -c 'import os, torch; print(os.path.dirname(torch.__file__))' 2>/dev/null) || {
            echo "libtorch was not found: run ./setup.sh, or set LIBTORCH to an unpacked libtorch or PyTorch folder." >&2
            exit 2
        }
    fi
fi

if [ "$LIBTORCH" = /usr ]; then
    lib=/usr/lib/$(uname -m)-linux-gnu
    includes=(-I/usr/include/torch/csrc/api/include)
else
    lib=$LIBTORCH/lib
    includes=("-I$LIBTORCH/include" "-I$LIBTORCH/include/torch/csrc/api/include")
fi

abi=()
[ "$LIBTORCH" = /usr ] || abi=("-D_GLIBCXX_USE_CXX11_ABI=$(nm -DC "$lib/libc10.so" | grep -q 'std::__cxx11' && echo 1 || echo 0)")
cuda=()
[ -e "$lib/libtorch_cuda.so" ] && cuda=("-Wl,--no-as-needed" -ltorch_cuda "-Wl,--as-needed")

# Torch headers of 2.x need C++17; 2.11 and later C++20 in places.
standard=c++17
grep -qs 'C++20\|cplusplus < 202002L' "${includes[0]#-I}/c10/util/Exception.h" && standard=c++20

mkdir -p "$(dirname "$output")"
partial=$output.$$
trap 'rm -f "$partial"' EXIT
"${CXX:-g++}" -shared -fPIC -O2 -std=$standard -fvisibility=hidden -Wall -Wextra -Wno-unused-parameter -Wno-deprecated-declarations \
    ${abi[@]+"${abi[@]}"} "${includes[@]/#-I/-isystem}" "$here/bridge.cpp" -o "$partial" \
    "-L$lib" "-Wl,-rpath,$lib" ${cuda[@]+"${cuda[@]}"} -ltorch -ltorch_cpu -lc10
mv "$partial" "$output"
