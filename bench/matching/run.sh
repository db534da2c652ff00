#!/usr/bin/env bash
# Runs the public matching benchmark on MyTradeX's book: first conformance, then speed, interleaved with other engines.
#
# usage: run.sh HARNESS_FOLDER OTHER_ADAPTER...
#   HARNESS_FOLDER   a checkout of the benchmark, built: harness and generator lie in it
#   OTHER_ADAPTER    adapters built there to compare with; the first one must conform, and is what seeds without a published hash are checked against
# environment:
#   ROUNDS    timed runs of each engine and scenario (5)          SEEDS     generator seeds to check (23 1 7 4242)
#   MATCHER, DRAINER   cores of the matching and the draining thread (0, 1)
#   GATE      the benchmark's edge-case script, when its oracles are built      PINGPONG   prints the cores' round trip; called before each timed run
set -euo pipefail
[ $# -ge 2 ] || { sed -n '2,11p' "$0" | sed 's/^# \{0,1\}//'; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
harness=$(cd "$1" && pwd)
shift
others=()
for adapter in "$@"; do others+=("$(cd "$(dirname "$adapter")" && pwd)/$(basename "$adapter")"); done
rounds=${ROUNDS:-5} seeds=${SEEDS:-23 1 7 4242} matcher=${MATCHER:-0} drainer=${DRAINER:-1}
scenarios=(static normal swing-25 swing-40 flash-crash)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

"$here/build.sh" "$out" >/dev/null
ours=$out/mytradex_adapter.so
cd "$harness"

run() { # run ADAPTER SCENARIO SEED: the harness's report
  ./harness --engine "$1" --scenario "$2" --seed "$3" --mode perf --matcher-core "$matcher" --drainer-core "$drainer" 2>&1 || true
}
field() { awk -v name="$1" 'index($0, name) { sub(".*" name " *", ""); print $1; exit }'; }
name() { basename "$1" _adapter.so; }

echo "== Conformance: hash of every report"
wrong=0
for seed in $seeds; do
  for scenario in "${scenarios[@]}"; do
    mine=$(run "$ours" "$scenario" "$seed")
    got=$(field "Computed hash:" <<<"$mine") wanted=$(field "Expected hash:" <<<"$mine")
    source=published
    if [ -z "$wanted" ]; then
      source=$(name "${others[0]}")
      wanted=$(run "${others[0]}" "$scenario" "$seed" | field "Computed hash:")
    fi
    verdict=same
    if [ -z "$got" ] || [ "$got" != "$wanted" ]; then verdict=DIFFERENT; wrong=$((wrong + 1)); fi
    printf 'seed %-6s %-12s %s as %s\n' "$seed" "$scenario" "$verdict" "$source"
    if [ "$seed" != 23 ]; then rm -f "orders_${scenario}_s${seed}_n1000000.bin"; fi
  done
done
[ -z "${GATE:-}" ] || python3 "$GATE" "$ours" | tail -n 1
[ "$wrong" -eq 0 ] || { echo "$wrong runs differ"; exit 1; }

echo "== Speed: million messages a second, the harness's own queue, median of $rounds interleaved rounds"
for ((round = 1; round <= rounds; round++)); do
  for scenario in "${scenarios[@]}"; do
    for adapter in "$ours" "${others[@]}"; do
      [ -z "${PINGPONG:-}" ] || echo "cores $($PINGPONG | tr '\n' ' ')" >>"$out/cores"
      report=$(run "$adapter" "$scenario" 23)
      if [ "$(field "Verdict:" <<<"$report")" != VALID ]; then echo "$(name "$adapter") $scenario: not valid"; continue; fi
      echo "$(name "$adapter") $scenario $(field "Throughput:" <<<"$report")" >>"$out/speeds"
    done
  done
done
sort -k1,1 -k2,2 -k3,3n "$out/speeds" | awk -v ours=mytradex '
  { key = $1 " " $2; value[key, ++count[key]] = $3; engines[$1]; scenarios[$2] }
  END {
    for (e in engines) {
      worst = ""
      for (s in scenarios) {
        n = count[e " " s]
        if (!n) continue
        median = (value[e " " s, int((n + 1) / 2)] + value[e " " s, int(n / 2) + 1]) / 2
        at[e, s] = median
        if (worst == "" || median < worst) { worst = median; where[e] = s }
      }
      low[e] = worst
    }
    for (e in engines) for (s in scenarios) printf "%-16s %-12s %6.2f   ours is %.2f times it\n", e, s, at[e, s], at[ours, s] / at[e, s] | "sort"
    close("sort")
    for (e in engines) printf "%-16s worst case %6.2f (%s)   ours is %.2f times it\n", e, low[e], where[e], low[ours] / low[e]
  }'
[ -z "${PINGPONG:-}" ] || tr ' ' '\n' <"$out/cores" | grep -E '^[0-9]+$' | sort -n |
  awk '{ v[NR] = $1 } END { printf "cores: %d to %d ns round trip, median %d\n", v[1], v[NR], v[int((NR + 1) / 2)] }'
