import { apiClient } from '../client/defaultClient.js';
import { RealtimeClient } from './RealtimeClient.js';
import { getSocket } from './socket.js';

/** The page's realtime client, on the page's one socket. */
export const realtime = new RealtimeClient(apiClient, { socket: getSocket });
