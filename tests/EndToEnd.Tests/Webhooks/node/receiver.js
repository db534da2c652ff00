// Receives webhooks and has the library of Standard Webhooks verify them. In, a line each: a secret that counts from then on, or {"status": 503} to answer otherwise.
// Out: {"listening": port}, then a line for each request: {"id", "type", "verified", "body"}, where verified counts the secrets that fit.
import http from 'node:http';
import readline from 'node:readline';
import { Webhook } from 'standardwebhooks';

const secrets = [];
let status = 200;
const server = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString('utf8');
    const verified = secrets.filter((secret) => {
      try { new Webhook(secret).verify(body, request.headers); return true; } catch { return false; }
    }).length;
    console.log(JSON.stringify({ id: request.headers['webhook-id'], type: JSON.parse(body).type, verified, body }));
    response.statusCode = status;
    response.end('ok');
  });
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ listening: server.address().port })));
readline.createInterface({ input: process.stdin }).on('line', (line) => {
  if (line.startsWith('{')) status = JSON.parse(line).status;
  else secrets.push(line);
  console.log(JSON.stringify({ told: line }));
});
