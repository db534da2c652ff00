// A Socket.IO server that tells everybody everything, with the protocol's own implementation.
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { nextTrade, serve } from './publisher.js';

const PACKET_BYTES = 256;

const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, httpCompression: false, serveClient: false });

function publish() {
  const { meta, cursor, trade } = nextTrade();
  io.emit('trade:new', trade, meta, cursor);
}

function waiting() {
  let most = 0;
  for (const { conn } of io.of('/').sockets.values()) most = Math.max(most, (conn.transport.socket?.bufferedAmount ?? 0) + conn.writeBuffer.length * PACKET_BYTES);
  return most;
}

http.listen(+process.argv[2], '127.0.0.1', () => serve(publish, waiting));
