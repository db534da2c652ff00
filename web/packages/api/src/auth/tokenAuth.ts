import type { Session } from '@mytradex/types';
import type { AuthStrategy } from './AuthStrategy.js';

/** The tokens of a session. */
export interface Tokens {
  accessToken: string;
  refreshToken: string | undefined;
}

/** Where tokens are kept. */
export interface TokenStore {
  /** Set when other tabs or programs use the same tokens: a name that they all know it by. Refreshing is then done by one for all. */
  readonly sharedAs?: string;
  get(): Tokens | undefined;
  set(tokens: Tokens | undefined): void;
}

/** Keeps tokens in this page's memory alone: nothing else can read them, and they are gone with the page. */
export function memoryTokenStore(initial?: Tokens): TokenStore {
  let tokens = initial;
  return {
    get: () => tokens,
    set: (next) => {
      tokens = next;
    },
  };
}

/** Sends the access token as `Authorization: Bearer …`. For programs, and for pages of another origin than the server's. */
export function tokenAuth(store: TokenStore = memoryTokenStore()): AuthStrategy {
  return {
    mode: 'token',
    withCredentials: false,
    sharedAs: store.sharedAs,
    accessToken: () => store.get()?.accessToken,
    headers: (): Record<string, string> => {
      const token = store.get()?.accessToken;
      return token ? { Authorization: `Bearer ${token}` } : {};
    },
    canRefresh: () => store.get()?.refreshToken !== undefined,
    refreshBody: () => ({ refreshToken: store.get()?.refreshToken }),
    keep: (session: Session) => {
      const accessToken = session.accessToken ?? session.token;
      if (accessToken) store.set({ accessToken, refreshToken: session.refreshToken ?? store.get()?.refreshToken });
    },
    forget: () => store.set(undefined),
  };
}
