-- Reads one path again and again, signed in.
wrk.path = os.getenv("TARGET")
wrk.headers["Authorization"] = "Bearer " .. string.match(os.getenv("TOKENS"), "%S+$")

done = function(summary, latency)
  io.write(string.format("RESULT %.0f %.0f %.0f %.0f %d %d\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(50), latency:percentile(99), latency.max,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout, summary.errors.status))
end
