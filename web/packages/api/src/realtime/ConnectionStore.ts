/**
 * How far what is on the screen can be trusted: `live` by socket, `polling` where that fails, `connecting` at first and after a cut, `stale`
 * when the connection seems to be there but nothing comes, `offline` without a network or a session.
 */
export type ConnectionStatus = 'connecting' | 'live' | 'polling' | 'offline' | 'stale';

/** How the connection is, and since when. */
export interface ConnectionState {
  readonly status: ConnectionStatus;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** The state of the connection, made for React's `useSyncExternalStore`. */
export class ConnectionStore {
  #state: ConnectionState = { status: 'offline', since: Date.now() };
  readonly #listeners = new Set<() => void>();

  /** Hears of every change; the answer ends it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The state, the same object until it changes. */
  readonly getSnapshot = (): ConnectionState => this.#state;

  /** Changes the status; the same one again is no change. */
  set(status: ConnectionStatus): void {
    if (status === this.#state.status) return;
    this.#state = { status, since: Date.now() };
    for (const listener of [...this.#listeners]) listener();
  }
}
