#!/usr/bin/env bash
# Runs the public matching benchmark on MyTradeX's book: first conformance, then speed, interleaved with other engines.
#
# usage: run.sh HARNESS_FOLDER OTHER_ADAPTER...
#   HARNESS_FOLDER   a checkout of the benchmark, built: harness and generator lie in it
#   OTHER_ADAPTER    adapters built there to compare with; the first one must conform, and is what seeds without a published hash are checked against
# environment:
#   ROUNDS    timed runs of each engine and scenario (5)          SEEDS   generator seeds to check (23 1 7 4242); none skips conformance
#   MATCHER, DRAINER   cores of the matching and the draining thread (0, 1)
#   GATE      the benchmark's edge-case script, when its oracles are built
#   PINGPONG  command that prints the cores' round trip in ns; called around each timed run. Runs with the cores near each other (under NEAR, 150 ns)
#             and far apart are then told separately, and those during which they moved are not counted
set -euo pipefail
[ $# -ge 2 ] || { sed -n '2,14p' "$0" | sed 's/^# \{0,1\}//'; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
harness=$(cd "$1" && pwd)
shift
others=()
for adapter in "$@"; do others+=("$(cd "$(dirname "$adapter")" && pwd)/$(basename "$adapter")"); done
rounds=${ROUNDS:-5} seeds=${SEEDS-23 1 7 4242} matcher=${MATCHER:-0} drainer=${DRAINER:-1}
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

echo "== Speed: million messages a second, the harness's own queue, of $rounds interleaved rounds the median and the fastest (noise only ever slows)"
distance() { # near or far
  [ -n "${PINGPONG:-}" ] || { echo any; return; }
  $PINGPONG | tr ' ' '\n' | grep -E '^[0-9]+$' | sort -n | awk -v near="${NEAR:-150}" '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] < near ? "near" : "far" }'
}
touch "$out/speeds"
for ((round = 1; round <= rounds; round++)); do
  for scenario in "${scenarios[@]}"; do
    for adapter in "$ours" "${others[@]}"; do
      before=$(distance)
      report=$(run "$adapter" "$scenario" 23)
      if [ "$(field "Verdict:" <<<"$report")" != VALID ]; then echo "$(name "$adapter") $scenario: not valid"; continue; fi
      [ "$before" = "$(distance)" ] || continue
      echo "$before $(name "$adapter") $scenario $(field "Throughput:" <<<"$report")" >>"$out/speeds"
    done
  done
done
sort -k1,1 -k2,2 -k3,3 -k4,4n "$out/speeds" | awk -v ours=mytradex '
  { key = $1 SUBSEP $2 SUBSEP $3; value[key, ++count[key]] = $4; engines[$2]; scenarios[$3]; places[$1] }
  END {
    for (p in places) for (e in engines) for (s in scenarios) {
      n = count[p, e, s]
      if (!n) continue
      median[p, e, s] = (value[p, e, s, int((n + 1) / 2)] + value[p, e, s, int(n / 2) + 1]) / 2
      fastest[p, e, s] = value[p, e, s, n]
      if (!((p, e) in lowMedian) || median[p, e, s] < lowMedian[p, e]) lowMedian[p, e] = median[p, e, s]
      if (!((p, e) in lowFastest) || fastest[p, e, s] < lowFastest[p, e]) lowFastest[p, e] = fastest[p, e, s]
    }
    for (p in places) for (e in engines) {
      for (s in scenarios)
        if ((p, e, s) in median && (p, ours, s) in median)
          printf "%-5s %-16s %-12s median %6.2f  fastest %6.2f  (%2d runs)  ours is %.2f and %.2f times it\n", p, e, s, median[p, e, s], fastest[p, e, s], count[p, e, s], median[p, ours, s] / median[p, e, s], fastest[p, ours, s] / fastest[p, e, s] | "sort"
      if ((p, e) in lowMedian && (p, ours) in lowMedian)
        printf "%-5s %-16s ~ worst      median %6.2f  fastest %6.2f             ours is %.2f and %.2f times it\n", p, e, lowMedian[p, e], lowFastest[p, e], lowMedian[p, ours] / lowMedian[p, e], lowFastest[p, ours] / lowFastest[p, e] | "sort"
    }
  }'
