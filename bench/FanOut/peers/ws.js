// A WebSocket server that tells everybody everything, with the package that most servers in Node use.
import { WebSocketServer } from 'ws';
import { nextTrade, serve } from './publisher.js';

const server = new WebSocketServer({ host: '127.0.0.1', port: +process.argv[2], perMessageDeflate: false, clientTracking: true });

function publish() {
  const { meta, cursor, trade } = nextTrade();
  const message = Buffer.from(JSON.stringify({ type: 'trade:new', topic: meta.topic, sequence: meta.sequence, cursor, timestamp: meta.timestamp, payload: trade }));
  for (const client of server.clients) client.send(message, { binary: false });
}

function waiting() {
  let most = 0;
  for (const client of server.clients) most = Math.max(most, client.bufferedAmount);
  return most;
}

server.on('listening', () => serve(publish, waiting));
