// A mail server: node smtp.js. Prints {"listening":port}, then a line of JSON for each mail that it has taken. Ends with its input.
// KEY and CERT (files) let it speak TLS and ask for LOGIN_USER and LOGIN_PASSWORD. SLOW_MS is how long it takes to take a mail.
// Nobody reads gone@…; later@… is not read twice, then is; a mail to broken@… is taken and the connection cut before it says so, once.
import { readFileSync } from "node:fs";
import { SMTPServer } from "smtp-server";
import { simpleParser } from "mailparser";

const { KEY, CERT, LOGIN_USER, LOGIN_PASSWORD, SLOW_MS } = process.env;
const print = (what) => console.log(JSON.stringify(what));
const failure = (code, text) => Object.assign(new Error(text), { responseCode: code });
const seen = new Map();
const times = (what) => seen.set(what, (seen.get(what) ?? 0) + 1).get(what);

const server = new SMTPServer({
  ...(KEY ? { key: readFileSync(KEY), cert: readFileSync(CERT) } : { disabledCommands: ["STARTTLS", "AUTH"] }),
  authOptional: !KEY,
  onAuth: (auth, session, done) =>
    auth.username === LOGIN_USER && auth.password === LOGIN_PASSWORD ? done(null, { user: auth.username }) : done(failure(535, "who are you?")),
  onRcptTo: ({ address }, session, done) => {
    if (address.startsWith("gone@")) return done(failure(550, "no such mailbox here"));
    if (address.startsWith("later@") && times(address) <= 2) return done(failure(451, "not now"));
    done();
  },
  onData: (stream, session, done) => {
    const chunks = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    stream.on("end", async () => {
      const raw = Buffer.concat(chunks);
      const mail = await simpleParser(raw);
      const to = session.envelope.rcptTo[0].address;
      const tell = () =>
        print({
          mail: {
            to, subject: mail.subject, messageId: mail.messageId, text: mail.text, html: mail.html, from: mail.from.text, toText: mail.to.text, type: mail.headers.get("content-type").value,
            auto: mail.headers.get("auto-submitted"), bcc: mail.bcc?.text ?? null, headers: mail.headerLines.map((line) => line.key), secure: session.secure, user: session.user ?? null,
          },
        });
      if (to.startsWith("broken@") && times(to) === 1) {
        tell();
        // Taken, and nobody will ever know.
        return session.connection?.close?.() ?? server.connections.forEach((connection) => connection._socket.destroy());
      }
      setTimeout(() => {
        tell();
        done(null, "taken");
      }, Number(SLOW_MS ?? 0));
    });
  },
});
server.on("error", (error) => console.error(error.message));
server.listen(0, "127.0.0.1", () => print({ listening: server.server.address().port }));
process.stdin.on("end", () => process.exit(0)).resume();
