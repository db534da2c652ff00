-- A cent at a time from each of several users to the next, each under an idempotency key of its own. TOKENS signs the users in, ACCOUNTS are theirs in the same order.
local path = os.getenv("TARGET") or "/api/v1/transfers"
local run = os.getenv("RUN") or tostring(os.time())
local tokens, accounts = {}, {}
for token in string.gmatch(os.getenv("TOKENS") or "", "%S+") do tokens[#tokens + 1] = token end
for account in string.gmatch(os.getenv("ACCOUNTS") or "", "%S+") do accounts[#accounts + 1] = account end
local count = 0

request = function()
  count = count + 1
  local from = count % #accounts + 1
  local to = (count + 1) % #accounts + 1
  local body = string.format('{"fromAccountId":"%s","toAccountId":"%s","amount":0.01,"memo":"a cent"}', accounts[from], accounts[to])
  return wrk.format("POST", path, { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. tokens[from], ["Idempotency-Key"] = run .. "-" .. count }, body)
end

done = function(summary, latency)
  io.write(string.format("RESULT %.0f %.0f %.0f %.0f %d %d\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(50), latency:percentile(99), latency.max,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout, summary.errors.status))
end
