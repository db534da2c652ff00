// Shows the market data hook until the input ends.
import { cleanups } from "./react.js";
import { useMarketDataRealtime } from "./marketDataHook.js";
import { getSocket } from "./socket.js";

useMarketDataRealtime("TEST");
process.stdin.resume().on("end", () => {
  cleanups.forEach((cleanup) => cleanup());
  getSocket().disconnect();
});
