// Follows accounts and transactions with a front end's socket service until the input ends. What the service logs goes to the error output.
const print = console.log;
console.log = console.error;
const { default: service } = await import("./socketService.js");

service.connect(process.env.TOKEN);
service.on("connect", () => print(JSON.stringify({ connected: service.socket.io.engine.transport.name })));
service.on("disconnect", (reason) => print(JSON.stringify({ disconnected: reason })));
for (const name of ["balanceUpdate", "newTransaction", "systemAlert"]) service.subscribe(name, (data) => print(JSON.stringify({ [name]: data })));
process.stdin.resume().on("end", () => service.disconnect());
