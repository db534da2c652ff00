import type { Session } from '@mytradex/types';
import { ApiError } from '../client/ApiError.js';
import { Emitter } from '../client/Emitter.js';
import type { AuthStrategy } from './AuthStrategy.js';

/** What becomes of the session, here or in another tab that shares it. */
export interface SessionEvents {
  /** Someone signed in. */
  signedIn: { elsewhere: boolean };
  /** The access token was renewed. */
  refreshed: undefined;
  /** The session is over: signed out, expired, or ended by the server. */
  signedOut: { elsewhere: boolean };
}

/**
 * Renews the session, once for however many requests found that it has run out. A refresh token is good once and a second use
 * ends the session, so tabs that share one take turns.
 */
export class SessionKeeper extends Emitter<SessionEvents> {
  #auth: AuthStrategy;
  #channel: BroadcastChannel | undefined;
  #refreshing: Promise<boolean> | undefined;
  // Counts what ends or begins a session, so that a refresh under way does not bring back one that has been ended.
  #epoch = 0;

  constructor(auth: AuthStrategy) {
    super();
    this.#auth = auth;
    this.#listen();
  }

  get auth(): AuthStrategy {
    return this.#auth;
  }

  /** Uses another strategy from now on. */
  use(auth: AuthStrategy): void {
    this.#auth = auth;
    this.#listen();
  }

  /** Keeps a new session. */
  signedIn(session: Session): void {
    this.#epoch++;
    this.#auth.keep(session);
    this.emit('signedIn', { elsewhere: false });
    this.#channel?.postMessage('signed-in');
  }

  /** Forgets the session. */
  signedOut(): void {
    this.#end(false);
    this.#channel?.postMessage('signed-out');
  }

  /**
   * Renews the session.
   * @param refused The access token that was refused, where it can be seen: has it been renewed since, there is nothing to do.
   * @returns Whether there is a session to go on with.
   */
  refresh(post: (body: object) => Promise<Session>, refused: string | undefined): Promise<boolean> {
    if (this.#wasRenewed(refused)) return Promise.resolve(true);
    if (!this.#auth.canRefresh()) return Promise.resolve(false);
    this.#refreshing ??= this.#taken(post, refused).finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** Stops listening to other tabs. */
  close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }

  async #taken(post: (body: object) => Promise<Session>, refused: string | undefined): Promise<boolean> {
    const name = this.#auth.sharedAs;
    if (name === undefined || typeof navigator === 'undefined' || !navigator.locks) return this.#renew(post);
    const isFirst = await navigator.locks.request(name, { ifAvailable: true }, async (lock) => (lock ? { is: await this.#renew(post) } : undefined));
    if (isFirst) return isFirst.is;
    // Another tab is at it. Afterwards the cookies, or the tokens of a shared store, are the new ones.
    return navigator.locks.request(name, async () => this.#auth.mode === 'cookie' || this.#wasRenewed(refused) || this.#renew(post));
  }

  async #renew(post: (body: object) => Promise<Session>): Promise<boolean> {
    const epoch = this.#epoch;
    try {
      const session = await post(this.#auth.refreshBody());
      if (epoch !== this.#epoch) return this.#auth.accessToken() !== undefined || this.#auth.mode === 'cookie';
      this.#auth.keep(session);
      this.emit('refreshed', undefined);
      return true;
    } catch (thrown) {
      const error = ApiError.from(thrown);
      // What the server refuses has ended; when it is not reached, nobody knows.
      if (error.status === undefined || error.status >= 429) throw error;
      if (epoch === this.#epoch) this.signedOut();
      return false;
    }
  }

  #wasRenewed(refused: string | undefined): boolean {
    const current = this.#auth.accessToken();
    return refused !== undefined && current !== undefined && current !== refused;
  }

  #end(elsewhere: boolean): void {
    this.#epoch++;
    this.#auth.forget();
    this.emit('signedOut', { elsewhere });
  }

  #listen(): void {
    this.close();
    if (this.#auth.sharedAs === undefined || typeof BroadcastChannel === 'undefined') return;
    this.#channel = new BroadcastChannel(this.#auth.sharedAs);
    // In Node a channel would keep the program from ending.
    (this.#channel as { unref?: () => void }).unref?.();
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data === 'signed-out') this.#end(true);
      if (data === 'signed-in') this.emit('signedIn', { elsewhere: true });
    };
  }
}
