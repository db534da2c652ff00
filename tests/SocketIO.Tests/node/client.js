// Plays one scenario with the protocol's own client: node client.js URL SCENARIO. Prints one line of JSON and ends; ends with code 1 when it takes too long.
import { io } from "socket.io-client";

const [url, scenario] = process.argv.slice(2);
const done = (result) => {
  console.log(JSON.stringify(result));
  process.exit(0);
};
setTimeout(() => {
  console.error("nothing came of it in 20 s");
  process.exit(1);
}, 20_000);

const once = (socket, event) => new Promise((resolve) => socket.once(event, (...args) => resolve(args)));
const connected = async (options, ns = "/") => {
  const socket = io(url + ns, { forceNew: true, reconnection: false, ...options });
  socket.once("connect_error", (error) => {
    console.error("connect_error", error.message);
    process.exit(1);
  });
  await once(socket, "connect");
  return socket;
};
const websocket = { transports: ["websocket"] };
const polling = { transports: ["polling"] };

// The engine is cut under the socket, as a lost network does it. Not while events are handled, nor by an engine that puts its closing off until it has upgraded or written, and then closes amid what it handles: the client
// would keep the events that it has decoded in the same breath and raise them again, twice, once it is back.
const cut = (manager) => setTimeout(() => (manager.engine.upgrading || manager.engine.writeBuffer.length ? cut(manager) : manager.engine.close()));

const scenarios = {
  async upgrade() {
    const socket = io(url, { reconnection: false });
    await once(socket.io, "open");
    const before = socket.io.engine.transport.name;
    const sent = [];
    const echoes = [];
    socket.on("echo", (n) => echoes.push(n));
    let over = false;
    socket.io.engine.once("upgrade", () => (over = true));
    // Events go on while the transport changes; none may be lost or change places.
    for (let n = 0; n < 300 || !over; n++) {
      socket.emit("echo", n);
      sent.push(n);
      if (n % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const answer = await socket.emitWithAck("last", "x");
    done({ before, after: socket.io.engine.transport.name, same: JSON.stringify(sent) === JSON.stringify(echoes), answer });
  },
  async acks() {
    const results = {};
    for (const [name, options] of [["websocket", websocket], ["polling", polling]]) {
      const socket = await connected(options);
      socket.on("question", (a, b, reply) => reply(a + b, Buffer.from([a, b])));
      results[name] = await socket.emitWithAck("ask", { x: 1 });
    }
    done(results);
  },
  async binary() {
    const results = {};
    for (const [name, options] of [["websocket", websocket], ["polling", polling]]) {
      const socket = await connected(options);
      const back = once(socket, "echo");
      socket.emit("echo", { bytes: Buffer.from([1, 2, 3]), deep: [{ more: Buffer.alloc(50_000, 7) }] }, Buffer.from([9]));
      const [value, last] = await back;
      results[name] = [[...value.bytes], value.deep[0].more.length, value.deep[0].more[49_999], [...last]];
    }
    done(results);
  },
  async namespaces() {
    const main = io(url, { reconnection: false, ...websocket });
    await once(main, "connect");
    const chat = main.io.socket("/chat", { auth: { token: "good" } });
    chat.connect();
    await once(chat, "connect");
    const refused = main.io.socket("/chat2", {});
    refused.connect();
    const [unknown] = await once(refused, "connect_error");
    const bad = io(url + "/chat", { forceNew: true, reconnection: false, auth: { token: "bad" }, ...polling });
    const [error] = await once(bad, "connect_error");
    const greeting = await chat.emitWithAck("hello", "Ada");
    const gone = once(chat, "disconnect");
    chat.emit("leave");
    const [reason] = await gone;
    done({ unknown: unknown.message, error: [error.message, error.data], greeting, reason, mainStays: main.connected, shared: main.io.engine.id !== undefined });
  },
  async rooms() {
    const [a, b, c] = [await connected(websocket), await connected(polling), await connected({})];
    const heard = { a: [], b: [], c: [] };
    for (const [name, socket] of Object.entries({ a, b, c })) socket.onAny((event) => heard[name].push(event));
    await a.emitWithAck("join", "r1");
    await b.emitWithAck("join", "r1");
    await a.emitWithAck("tell", "r1", "to the room");
    await c.emitWithAck("tell", "r1", "from outside");
    await Promise.all([a, b, c].map((socket) => socket.emitWithAck("last", "")));
    done(heard);
  },
  async recovery() {
    const socket = io(url, { reconnectionDelay: 10, reconnectionDelayMax: 20, ...(process.argv[4] === "polling" ? {} : websocket) });
    await once(socket, "connect");
    const id = socket.id;
    const seen = [];
    let cuts = 0, isCut = false;
    const recovered = [];
    const finish = () => done({ inOrder: seen.every((value, i) => value === i), jumps: seen.filter((value, i) => i > 0 && value !== seen[i - 1] + 1), count: seen.length, cuts, recovered: recovered.every(Boolean) && recovered.length });
    socket.on("connect", () => {
      recovered.push(socket.recovered && socket.id === id);
      isCut = false;
      if (seen.at(-1) === 499) finish();
    });
    socket.on("n", (n) => {
      seen.push(n);
      // The last may have come in one payload with the one that it was cut at: then it comes back once more.
      if (n === 499 && !isCut) finish();
      if (n % 50 === 25 && cuts < 8 && !isCut) {
        isCut = true;
        cuts++;
        cut(socket.io);
      }
    });
    socket.emit("start");
  },
  async shutdown() {
    const socket = await connected(websocket);
    const gone = once(socket, "disconnect");
    socket.emit("stop");
    done({ reason: (await gone)[0] });
  },
};
await scenarios[scenario]();
