import { FakeSocket } from './FakeSocket.js';

/** The sockets that were made, in order. */
export const sockets: FakeSocket[] = [];

/** Stands in for `socket.io-client`: see the vitest.config.ts of api and hooks. */
export function io(): FakeSocket {
  const socket = new FakeSocket();
  sockets.push(socket);
  return socket;
}
