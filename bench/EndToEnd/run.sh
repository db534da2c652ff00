#!/usr/bin/env bash
# Orders and reads through the whole server, beside a bare Kestrel echo in the same run. Servers run on processor 0, the load on processor 1.
#   bench/EndToEnd/run.sh [SECONDS] [EXPRESS_FOLDER]
# SECONDS a measurement, 6 unless given; ROUNDS of them, 3 unless given, in turn with the echo, since a shared machine changes its speed from one minute to the next. EXPRESS_FOLDER has an Express server (server.js listening on 5001, token.js printing a bearer token, POST /auth/echo).
# ONLY=orders leaves the rest out; ONLY=transfers compares money sent with orders placed.
# Needs wrk, curl and Linux's taskset.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-6}
rounds=${ROUNDS:-3}
express=${2:-}
port=${PORT:-4190}
echo_port=$((port + 1))
api=http://127.0.0.1:$port/api/v1
connections=${CONNECTIONS:-1 16 64}
only=${ONLY:-}

dotnet build src/Server -c Release --nologo -v q >/dev/null
dotnet build bench/EndToEnd/Echo -c Release --nologo -v q >/dev/null

data=$(mktemp -d)
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$data"
}
trap finish EXIT

post() { curl -sf "$api/$1" -H 'Content-Type: application/json' -H "Authorization: Bearer ${3:-}" -d "$2"; }
field() { sed "s/.*\"$1\":\"\([^\"]*\)\".*/\1/"; }
wait_for() { for _ in $(seq 100); do curl -s -o /dev/null "$1" && return; sleep 0.1; done; echo "$1 does not answer" >&2; exit 1; }

# As it is run in earnest, in Production; the limits on requests are there but high.
password="a long Passw0rd"
Auth__DefaultRole=Trader RateLimits__UserRequests=100000000 RateLimits__SignInRequests=1000 Transfers__MaximumPerDay=1000000000 taskset -c 0 dotnet artifacts/bin/Server/release/MyTradeX.Server.dll \
  --urls "http://127.0.0.1:$port" --data-dir "$data" --demo false --admin-email admin@example.com --admin-password "$password" >"$data/server.log" 2>&1 &
pids+=($!)
server=$!
taskset -c 0 dotnet artifacts/bin/Echo.Bench/release/MyTradeX.Echo.Bench.dll --urls "http://127.0.0.1:$echo_port" >/dev/null 2>&1 &
pids+=($!)
echo_server=$!
wait_for "http://127.0.0.1:$port/health/ready"
wait_for "http://127.0.0.1:$echo_port/echo"

admin=$(post auth/login "{\"email\":\"admin@example.com\",\"password\":\"$password\"}" | field token)
post instruments '{"symbol":"TEST","name":"Test Inc.","currency":"USD","priceScale":2,"quantityScale":0,"tickSize":0.01,"lotSize":1,"makerFeePercent":0.01,"takerFeePercent":0.02}' "$admin" >/dev/null
sign_up() {
  post auth/register "{\"email\":\"$1@example.com\",\"password\":\"$password\",\"name\":\"$1\",\"firstName\":\"$1\",\"lastName\":\"Bench\"}" >/dev/null
  local token account
  token=$(post auth/login "{\"email\":\"$1@example.com\",\"password\":\"$password\"}" | field token)
  account=$(curl -sf "$api/accounts" -H "Authorization: Bearer $token" | grep -o '"id":"account-[0-9]*"' | head -1 | cut -d'"' -f4)
  for _ in $(seq 50); do
    post "accounts/$account/deposits" '{"amount":1000000}' "$admin" >/dev/null
    post "accounts/$account/positions" '{"symbol":"TEST","quantity":100000,"unitCost":100}' "$admin" >/dev/null
  done
  echo "$token $account"
}
export TOKENS= ACCOUNTS=
for user in $(seq 16); do
  read -r token account < <(sign_up "user$user")
  TOKENS="$TOKENS $token" ACCOUNTS="$ACCOUNTS $account"
done

ticks() { awk '{print $14 + $15}' "/proc/$1/stat"; }
measure() { # name, process, connections, script, target, base
  local line before after
  before=$(ticks "$2")
  line=$(RUN="r$RANDOM$RANDOM" TARGET=$5 taskset -c 1 wrk -t1 -c"$3" -d"${seconds}s" --latency -s "bench/EndToEnd/$4" "$6" | grep ^RESULT)
  after=$(ticks "$2")
  set -- "$1" "$3" $line
  printf '%-30s %4s connections %8s requests/s  p50 %6s µs  p99 %7s µs  longest %8s µs  processor %5.1f µs/request  errors %s  not 2xx %s\n' \
    "$1" "$2" "$4" "$5" "$6" "$7" "$(awk "BEGIN { print ($after - $before) * 1e6 / $(getconf CLK_TCK) / ($4 * $seconds) }")" "$8" "$9"
}

# Both are compiled as they run; what is measured is how they go on, not how they begin. On one processor, under load, the compiler has done with the server
# after some 35 seconds; until then every fifth microsecond is its own, and a tenth goes into counting for it. WARM is for how many seconds.
TOKENS= TARGET=/echo taskset -c 1 wrk -t1 -c64 -d5s -s bench/EndToEnd/orders.lua "http://127.0.0.1:$echo_port" >/dev/null
RUN=warm TARGET=/api/v1/orders taskset -c 1 wrk -t1 -c64 -d"${WARM:-45}s" -s bench/EndToEnd/orders.lua "http://127.0.0.1:$port" >/dev/null

# What rests is cancelled between the rounds: an account has room for 50,000 open orders.
cancel_all() { for token in $TOKENS; do curl -sf -o /dev/null -X DELETE "$api/orders?all=true" -H "Authorization: Bearer $token"; done; settle; }
# Until the server has written all that to its history, or it would be measured with what is to be measured next.
settle() {
  local before
  for _ in $(seq 120); do
    before=$(ticks "$server")
    sleep 0.5
    (($(ticks "$server") - before < 5)) && return
  done
  echo "the server does not come to rest" >&2
}
cancel_all

# Money sent in turn with orders placed: ONLY=transfers.
median() { sort -n | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }
if [ "$only" = transfers ]; then
  : >"$data/rates"
  RUN=warm TARGET=/api/v1/transfers taskset -c 1 wrk -t1 -c64 -d5s -s bench/EndToEnd/transfers.lua "http://127.0.0.1:$port" >/dev/null
  for _ in $(seq "$rounds"); do
    orders=$(measure "POST /orders" $server 64 orders.lua /api/v1/orders "http://127.0.0.1:$port")
    cancel_all
    sent=$(measure "POST /transfers" $server 64 transfers.lua /api/v1/transfers "http://127.0.0.1:$port")
    printf '%s\n%s\n' "$orders" "$sent"
    awk '{ for (i = 1; i < NF; i++) if ($(i + 1) == "requests/s") print $i }' <<<"$orders"$'\n'"$sent" | paste -sd' ' | awk '{ print $2 / $1 }' >>"$data/rates"
  done
  printf '%.2f times as many transfers a second as orders (median of %s rounds)\n' "$(median <"$data/rates")" "$rounds"
  exit 0
fi
for count in $connections; do
  : >"$data/rates" >"$data/slowest"
  for _ in $(seq "$rounds"); do
    plain=$(TOKENS= measure "bare Kestrel echo" $echo_server "$count" orders.lua /echo "http://127.0.0.1:$echo_port")
    orders=$(measure "POST /orders" $server "$count" orders.lua /api/v1/orders "http://127.0.0.1:$port")
    printf '%s\n%s\n' "$plain" "$orders"
    both=$(awk '{ for (i = 1; i < NF; i++) { if ($(i + 1) == "requests/s") rate = $i; if ($i == "p99") slow = $(i + 1) } print rate, slow }' <<<"$plain"$'\n'"$orders" | tr '\n' ' ')
    awk '{ print $3 / $1 }' <<<"$both" >>"$data/rates"
    awk '{ print $4 / $2 }' <<<"$both" >>"$data/slowest"
    cancel_all
  done
  printf '%s connections: %.2f times the echo'"'"'s requests a second, p99 %.1f times the echo'"'"'s (medians of %s rounds)\n' "$count" "$(median <"$data/rates")" "$(median <"$data/slowest")" "$rounds"
done
[ "$only" = orders ] && exit 0

if [ -n "$express" ]; then
  PORT=5001 taskset -c 0 node "$express/server.js" >/dev/null &
  pids+=($!)
  express_server=$!
  wait_for http://127.0.0.1:5001/auth/echo
  token=$(node "$express/token.js")
  TOKENS=$token measure "Express echo, token checked" $express_server 64 orders.lua /auth/echo http://127.0.0.1:5001
fi

order=$(post orders '{"symbol":"TEST","side":"BUY","orderType":"LIMIT","quantity":1,"price":90,"timeInForce":"GTC"}' "${TOKENS##* }" | grep -o '"order-[0-9]*"' | head -1 | tr -d '"')
measure "GET /orders/{id}" $server 64 reads.lua "/api/v1/orders/$order" "http://127.0.0.1:$port"
measure "GET /orderbook/TEST" $server 64 reads.lua /api/v1/orderbook/TEST "http://127.0.0.1:$port"
measure "GET /market-data/TEST" $server 64 reads.lua /api/v1/market-data/TEST "http://127.0.0.1:$port"
grep -E '"LogLevel":"(Error|Critical)"' "$data/server.log" || true
