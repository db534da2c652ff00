#!/usr/bin/env bash
# Builds the adapter: mytradex_adapter.so, and beside it what it loads. Needs the .NET 10 SDK and gcc.
# usage: build.sh OUT_FOLDER
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: $0 OUT_FOLDER" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)

dotnet build "$here/Matching.Bench.csproj" -c Release -m:1 --nologo -v quiet -o "$out"

# The SDK carries the headers and the small static library that finds an installed runtime.
sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
host=$(ls -d "$sdk"/packs/Microsoft.NETCore.App.Host.*/10.*/runtimes/*/native 2>/dev/null | sort -V | tail -n 1)
[ -n "$host" ] || { echo "no Microsoft.NETCore.App.Host pack under $sdk/packs" >&2; exit 1; }
gcc -std=c11 -O2 -Wall -Wextra -Werror -fPIC -shared -fvisibility=hidden -I"$host" \
  "$here/adapter.c" "$host/libnethost.a" -o "$out/mytradex_adapter.so" -lstdc++ -ldl -Wl,-z,nodelete
echo "$out/mytradex_adapter.so"
