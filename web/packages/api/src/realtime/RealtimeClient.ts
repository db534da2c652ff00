import type { ApiErrorBody, Heartbeat, RealtimeEvent, Topic } from '@mytradex/types';
import type { ApiClient } from '../client/ApiClient.js';
import { ApiError } from '../client/ApiError.js';
import { ConnectionStore } from './ConnectionStore.js';
import { Poller } from './Poller.js';
import { createSocket, type VenueSocket } from './socket.js';
import { TopicTable, type EventHandler, type Follower } from './TopicTable.js';
import { canonicalTopic } from './topics.js';

/** How a realtime client behaves. */
export interface RealtimeOptions {
  /** Makes the socket of each session; one of its own unless set. */
  socket?: () => VenueSocket;
  /** Milliseconds between the server's heartbeats; 15,000 unless set. Twice as long without a word is a lost connection. */
  heartbeatMs?: number;
  /** Failed attempts to connect after which polling begins; 3 unless set. */
  attemptsMax?: number;
}

interface Ack {
  success: boolean;
  error?: ApiErrorBody;
}

const ackMs = 10_000;

/**
 * Follows topics by socket, and by long polling while sockets fail. Each topic is asked for once however many follow it. After a cut it goes
 * on from where it was: every event comes once and in order, or a `gap` says that some are lost.
 */
export class RealtimeClient {
  /** How far what was heard can be trusted. */
  readonly connection = new ConnectionStore();
  readonly #client: ApiClient;
  readonly #makeSocket: () => VenueSocket;
  readonly #heartbeatMs: number;
  readonly #attemptsMax: number;
  readonly #table = new TopicTable();
  readonly #poller: Poller;
  readonly #endings: (() => void)[] = [];
  #socket: VenueSocket | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  // What the socket follows, which is behind what is wanted until the next sync.
  #onWire = new Set<string>();
  #isSyncing = false;
  // Events of a new connection, held back until those of the time between have been told.
  #held: RealtimeEvent[] | undefined;
  #owesCatchUp = false;
  #connections = 0;
  #failures = 0;
  #heardAt = 0;

  constructor(client: ApiClient, { socket, heartbeatMs = 15_000, attemptsMax = 3 }: RealtimeOptions = {}) {
    this.#client = client;
    this.#makeSocket = socket ?? (() => createSocket(client));
    this.#heartbeatMs = heartbeatMs;
    this.#attemptsMax = attemptsMax;
    this.#poller = new Poller(client, this.#table, {
      onAlive: () => this.connection.set('polling'),
      onFailed: () => this.connection.set('offline'),
    });
    this.#endings.push(
      client.session.on('signedOut', () => this.#leave()),
      client.session.on('signedIn', () => {
        this.#leave();
        if (this.#table.names.length > 0) this.#open();
      }),
    );
    if (typeof window !== 'undefined') {
      const online = () => this.#online();
      const offline = () => this.#offline();
      window.addEventListener('online', online);
      window.addEventListener('offline', offline);
      this.#endings.push(() => {
        window.removeEventListener('online', online);
        window.removeEventListener('offline', offline);
      });
    }
  }

  /**
   * Follows a topic until the answer is called.
   * @param onRefused Hears when the topic cannot be followed, for example since there is no such instrument.
   */
  subscribe(topic: Topic, onEvent: EventHandler, onRefused?: (error: ApiError) => void): () => void {
    const name = canonicalTopic(topic);
    const follower: Follower = { onEvent, onRefused };
    this.#table.add(name, follower);
    this.#open();
    this.#sync();
    return () => {
      this.#table.remove(name, follower);
      this.#sync();
    };
  }

  /** Asks for a topic's whole state anew: a book that does not fit is replaced. */
  resync(topic: Topic): void {
    const name = canonicalTopic(topic);
    if (!this.#socket?.connected) this.#poller.restate([name]);
    else if (this.#onWire.has(name)) {
      this.#socket.emit('unsubscribe', [name]);
      void this.#ask([name]);
    }
  }

  /** Ends it for good. */
  close(): void {
    this.#leave();
    for (const end of this.#endings.splice(0)) end();
  }

  #open(): void {
    if (this.#socket) return;
    const socket = (this.#socket = this.#makeSocket());
    this.connection.set('connecting');
    socket.on('connect', this.#onConnect);
    socket.on('connect_error', this.#onConnectError);
    socket.on('disconnect', this.#onDisconnect);
    socket.onAny(this.#onAny);
    this.#watch = setInterval(() => this.#checkHeartbeat(), this.#heartbeatMs / 3);
    (this.#watch as { unref?: () => void }).unref?.();
    if (socket.connected) this.#onConnect();
    else if (!socket.active) socket.connect();
  }

  #leave(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#connections++;
    clearInterval(this.#watch);
    socket?.off('connect', this.#onConnect);
    socket?.off('connect_error', this.#onConnectError);
    socket?.off('disconnect', this.#onDisconnect);
    socket?.offAny(this.#onAny);
    socket?.disconnect();
    this.#poller.stop();
    this.#table.forget();
    this.#onWire.clear();
    this.#held = undefined;
    this.#owesCatchUp = false;
    this.#failures = 0;
    this.connection.set('offline');
  }

  readonly #onConnect = (): void => {
    const connection = ++this.#connections;
    this.#failures = 0;
    this.#heardAt = Date.now();
    const wasPolling = this.#poller.isRunning;
    this.#poller.stop();
    if (!this.#socket?.recovered) this.#onWire.clear();
    const missed = this.#socket?.recovered && !this.#owesCatchUp && !wasPolling ? [] : this.#table.joined;
    if (missed.length === 0) {
      this.#sync();
      this.connection.set('live');
      return;
    }
    this.#owesCatchUp = true;
    this.#held = [];
    void this.#catchUp(missed).then(() => {
      if (connection !== this.#connections) return;
      const held = this.#held ?? [];
      this.#held = undefined;
      this.#owesCatchUp = false;
      for (const event of held) this.#table.tell(event);
      this.#sync();
      this.connection.set('live');
    });
  };

  // First followed, then asked what happened before: so nothing falls in between.
  async #catchUp(missed: string[]): Promise<void> {
    await this.#ask(this.#table.names.filter((name) => !this.#onWire.has(name)));
    const connection = this.#connections;
    if (this.#table.cursor !== undefined) {
      try {
        await this.#poller.catchUp(missed);
        return;
      } catch (thrown) {
        if (connection !== this.#connections) return;
        console.warn('What happened meanwhile could not be read:', ApiError.from(thrown).message);
      }
    }
    this.#table.tellGaps(missed);
  }

  readonly #onConnectError = (): void => {
    if (++this.#failures >= this.#attemptsMax && this.#isOnline() && this.#hasSession()) this.#poller.start();
    if (!this.#hasSession()) this.connection.set('offline');
  };

  readonly #onDisconnect = (): void => {
    this.#connections++;
    this.#held = undefined;
    if (this.connection.getSnapshot().status === 'live') this.connection.set(this.#isOnline() ? 'connecting' : 'offline');
  };

  readonly #onAny = (name: string, payload: unknown, ...rest: unknown[]): void => {
    this.#heardAt = Date.now();
    const cursor = rest.at(-1);
    if (name === 'heartbeat') {
      // While something is held back, less has been told than has come.
      if (this.#held) return;
      if (typeof cursor === 'string') this.#table.cursor = cursor;
      this.#table.compare((payload as Heartbeat).sequences);
    } else if (typeof cursor === 'string' && rest.length > 1) {
      const place = rest[0] as { topic: string; firstSequence?: number; sequence: number; timestamp: string };
      const event = { type: name, payload, cursor, ...place } as RealtimeEvent;
      if (this.#held) this.#held.push(event);
      else this.#table.tell(event);
    }
  };

  #checkHeartbeat(): void {
    if (!this.#socket?.connected || Date.now() - this.#heardAt < 2 * this.#heartbeatMs) return;
    this.#heardAt = Date.now();
    this.connection.set('stale');
    // What is dead may take minutes to say so; the socket connects anew by itself.
    this.#socket.io.engine.close();
  }

  /** Brings what is followed on the wire to what is wanted, once for all that happens in one turn. */
  #sync(): void {
    if (this.#isSyncing) return;
    this.#isSyncing = true;
    queueMicrotask(() => {
      this.#isSyncing = false;
      this.#table.prune();
      const wanted = this.#table.names;
      if (this.#socket?.connected) {
        const gone = [...this.#onWire].filter((name) => !this.#table.has(name));
        for (const name of gone) this.#onWire.delete(name);
        if (gone.length > 0) this.#socket.emit('unsubscribe', gone);
        void this.#ask(wanted.filter((name) => !this.#onWire.has(name)));
      } else if (this.#poller.isRunning) {
        const joined = new Set(this.#table.joined);
        const added = wanted.filter((name) => !joined.has(name));
        if (added.length > 0) this.#poller.restate(added);
      }
    });
  }

  async #ask(names: string[]): Promise<void> {
    const socket = this.#socket;
    if (!socket?.connected || names.length === 0) return;
    const connection = this.#connections;
    for (const name of names) this.#onWire.add(name);
    let ack: Ack;
    try {
      ack = (await socket.timeout(ackMs).emitWithAck('subscribe', names)) as Ack;
    } catch {
      // Not answered: the connection has ended or will, and the next one asks again.
      if (connection === this.#connections) socket.io.engine?.close();
      return;
    }
    if (connection !== this.#connections) return;
    const refused = ack.success ? undefined : ack.error;
    this.#table.join(names.filter((name) => name !== refused?.details?.observed));
    const topic = refused?.details?.observed;
    if (!refused || typeof topic !== 'string') return;
    this.#onWire.delete(topic);
    this.#table.refuse(topic, ApiError.ofBody(refused));
    // Of several refusals the answer tells the first: what is followed already does not mind being asked for again.
    await this.#ask(names.filter((name) => name !== topic && this.#table.has(name)));
  }

  #online(): void {
    if (!this.#socket || this.#socket.connected) return;
    this.connection.set('connecting');
    this.#failures = 0;
    // At once, rather than when the next attempt is due.
    this.#socket.disconnect().connect();
  }

  #offline(): void {
    this.#poller.stop();
    if (this.#socket) this.connection.set('offline');
  }

  #isOnline(): boolean {
    return typeof navigator === 'undefined' || navigator.onLine !== false;
  }

  #hasSession(): boolean {
    return this.#client.auth.accessToken() !== undefined || this.#client.auth.canRefresh();
  }
}
