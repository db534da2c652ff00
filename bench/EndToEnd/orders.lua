-- Limit orders by several users in turn, buys and sells, around one price: one in four reaches across and trades, the others rest within twenty
-- ticks, as in bench/Core. Every order has a client order id of its own. TOKENS signs the users in; without any the orders are sent unsigned. TARGET is the path.
local path = os.getenv("TARGET") or "/api/v1/orders"
local run = os.getenv("RUN") or tostring(os.time())
local headers = {}
for token in string.gmatch(os.getenv("TOKENS") or "", "%S+") do
  headers[#headers + 1] = { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. token }
end
if #headers == 0 then headers[1] = { ["Content-Type"] = "application/json" } end
local count = 0
math.randomseed(23)

request = function()
  count = count + 1
  local buys = math.random(2) == 1
  local ticks = math.random(4) == 1 and -2 or math.random(1, 20)
  local body = string.format(
    '{"symbol":"TEST","side":"%s","orderType":"LIMIT","quantity":%d,"price":%.2f,"timeInForce":"GTC","clientOrderId":"%s-%d"}',
    buys and "BUY" or "SELL", math.random(1, 100), 100 + (buys and -ticks or ticks) / 100, run, count)
  return wrk.format("POST", path, headers[count % #headers + 1], body)
end

done = function(summary, latency)
  io.write(string.format("RESULT %.0f %.0f %.0f %.0f %d %d\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(50), latency:percentile(99), latency.max,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout, summary.errors.status))
end
