// Follows trades and orders, is cut at random, and prints every event: node resume.js TRANSPORTS CUTS SEED. Ends when the last order is over.
import { io } from "socket.io-client";

const [, , transports, cuts, seed] = process.argv;
const print = (what) => console.log(JSON.stringify(what));
// mulberry32: small, and the same everywhere.
let state = Number(seed);
const random = (below) => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
};

const socket = io(process.env.REACT_APP_SOCKET_URL, {
  auth: { token: process.env.TOKEN },
  reconnectionDelay: 5,
  reconnectionDelayMax: 10,
  ...(transports === "any" ? {} : { transports: [transports] }),
});
let made = 0;
let untilCut = Infinity;
let isOver = false;

// Never in an event's handler: the client would keep what it has decoded in the same breath and raise it again, twice, once it is back.
const cut = () =>
  setTimeout(() => {
    if (isOver || !socket.connected) return;
    print({ cut: ++made });
    const { transport, upgrading } = socket.io.engine;
    // Now in good order, now as a network does it: the socket goes without a word, a request fails. While the client changes transports it is always the latter:
    // it would put its closing off until a poll's answer is decoded, which is that same breath again.
    if (transport.name === "websocket" && random(2)) transport.ws.terminate();
    else if (upgrading || random(2)) transport.onError("cut");
    else socket.io.engine.close();
  });

socket.on("connect", async () => {
  if (made > 0) print({ recovered: socket.recovered });
  else print({ ready: await socket.emitWithAck("subscribe", ["trades:TEST", "orders"]) });
  // Zero: before a single event.
  untilCut = made < Number(cuts) ? random(40) : Infinity;
  if (untilCut === 0) cut();
});
socket.on("connect_error", (error) => console.error(error.message));
socket.onAny((name, payload, place, cursor) => {
  if (name === "heartbeat") return;
  print({ type: name, topic: place?.topic, sequence: place?.sequence, cursor, payload });
  if (name === "order:update" && payload.clientOrderId === "the last one" && payload.status !== "NEW" && payload.status !== "PARTIAL") {
    isOver = true;
    socket.disconnect();
  } else if (--untilCut === 0) cut();
});
