-- Limit orders by two users, one buying and one selling in turn, within ten ticks of one price: nearly every order trades or is traded with,
-- and the book stays shallow. Every order has a client order id of its own. TOKEN_BUYER and TOKEN_SELLER sign them in; TARGET is the path.
local path = os.getenv("TARGET") or "/api/v1/orders"
local tokens = { os.getenv("TOKEN_BUYER") or "", os.getenv("TOKEN_SELLER") or "" }
local sides = { "BUY", "SELL" }
local run = os.getenv("RUN") or tostring(os.time())
local headers = {}
for i = 1, 2 do
  headers[i] = { ["Content-Type"] = "application/json" }
  if #tokens[i] > 0 then headers[i]["Authorization"] = "Bearer " .. tokens[i] end
end
local count = 0
math.randomseed(23)

request = function()
  count = count + 1
  local who = count % 2 + 1
  local body = string.format(
    '{"symbol":"TEST","side":"%s","orderType":"LIMIT","quantity":%d,"price":%.2f,"timeInForce":"GTC","clientOrderId":"%s-%d"}',
    sides[who], math.random(1, 10), 100 + math.random(-10, 10) / 100, run, count)
  return wrk.format("POST", path, headers[who], body)
end

done = function(summary, latency)
  io.write(string.format("RESULT %.0f %.0f %.0f %.0f %d %d\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(50), latency:percentile(99), latency.max,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout, summary.errors.status))
end
