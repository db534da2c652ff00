import type { Session } from '@mytradex/types';

/** Where a session's proof lives, and how a request carries it. */
export interface AuthStrategy {
  /** What `POST /auth/login` is to answer with. */
  readonly mode: 'token' | 'cookie';
  /** Whether requests go with the browser's cookies. */
  readonly withCredentials: boolean;
  /** Under which name the tabs of this browser share the session; undefined when each has its own. */
  readonly sharedAs: string | undefined;
  /** The access token that the next request would carry; undefined where it cannot be seen. */
  accessToken(): string | undefined;
  /** What a request carries. */
  headers(method: string): Record<string, string>;
  /** Whether there is anything to refresh by. */
  canRefresh(): boolean;
  /** The body of `POST /auth/refresh`. */
  refreshBody(): object;
  /** Keeps what signing in or refreshing answered. */
  keep(session: Session): void;
  /** Forgets the session. */
  forget(): void;
}
