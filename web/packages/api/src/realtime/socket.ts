import { io, type Socket } from 'socket.io-client';
import type { ApiClient } from '../client/ApiClient.js';
import { apiClient } from '../client/defaultClient.js';

/** A socket of the venue's server. */
export type VenueSocket = Socket;

const unauthorized = 'UNAUTHORIZED';
const crowded = 'RATE_LIMIT_EXCEEDED';
/** Milliseconds to wait where the user has too many connections. */
const crowdedMs = 30_000;

/**
 * Makes a socket to the client's server. Each attempt to connect takes the newest token, a renewed one is brought to the server, and a
 * session that has run out is renewed.
 */
export function createSocket(client: ApiClient, options: { reconnectionDelay?: number; reconnectionDelayMax?: number } = {}): VenueSocket {
  const origin = new URL(client.baseURL, typeof location === 'undefined' ? undefined : location.href).origin;
  const socket: Socket = io(origin, {
    autoConnect: false,
    forceNew: true,
    // Where WebSockets do not come through, long polling of our own takes over; it resumes by the same cursor.
    transports: ['websocket'],
    withCredentials: client.auth.withCredentials,
    auth: (send) => {
      const token = client.auth.accessToken();
      send(token ? { token } : {});
    },
    reconnectionDelay: 500,
    reconnectionDelayMax: 10_000,
    ...options,
  });
  let closedBecause: string | undefined;
  let isRenewed = false;
  const renew = () => {
    // Once for each connection: a renewed token that is refused, too, will not get better.
    if (isRenewed) return;
    isRenewed = true;
    client.renewSession().then(
      (goesOn) => goesOn && socket.connect(),
      () => {
        // The server is not reached. Connecting fails as well, and goes on trying.
        isRenewed = false;
        socket.connect();
      },
    );
  };

  socket.on('connect', () => {
    closedBecause = undefined;
    isRenewed = false;
  });
  socket.on('closed', ({ code }: { code: string }) => (closedBecause = code));
  socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
    if (error.data?.code === unauthorized) renew();
  });
  socket.on('disconnect', (reason) => {
    if (reason !== 'io server disconnect') return;
    if (closedBecause === unauthorized) renew();
    else setTimeout(() => socket.connect(), closedBecause === crowded ? crowdedMs : 0);
  });
  const offRefreshed = client.session.on('refreshed', () => {
    const token = client.auth.accessToken();
    if (socket.connected && token) socket.emit('authenticate', { token });
  });
  const offSignedOut = client.session.on('signedOut', () => {
    offRefreshed();
    offSignedOut();
    // Of two users' sessions none may go on where the other was: the next one has a socket of its own.
    isRenewed = true;
    socket.disconnect();
  });
  return socket;
}

let current: VenueSocket | undefined;

/** The page's one socket, made and connected when it is first asked for, and a new one after each sign-out. */
export function getSocket(): VenueSocket {
  if (!current) {
    current = createSocket(apiClient);
    const off = apiClient.session.on('signedOut', () => {
      current = undefined;
      off();
    });
  }
  if (!current.active) current.connect();
  return current;
}
