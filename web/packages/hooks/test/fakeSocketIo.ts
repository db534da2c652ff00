import { FakeSocket } from '../../api/test/realtime/FakeSocket.js';

/** The sockets that were made, in order. */
export const sockets: FakeSocket[] = [];

/** Stands in for `socket.io-client`: see vitest.config.ts. */
export function io(): FakeSocket {
  const socket = new FakeSocket();
  sockets.push(socket);
  return socket;
}
