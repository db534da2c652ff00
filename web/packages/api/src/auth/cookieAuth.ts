import type { Session } from '@mytradex/types';
import type { AuthStrategy } from './AuthStrategy.js';

const csrfCookie = 'mtx_csrf';
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Leaves the tokens to httpOnly cookies, which no script can read, and proves with `X-CSRF-Token` that a write is this page's own. For browsers. */
export function cookieAuth(): AuthStrategy {
  // A page of another origin cannot read the cookie; it has the token from the answer.
  let told: string | undefined;
  const csrf = () => readCookie(csrfCookie) ?? told;
  return {
    mode: 'cookie',
    withCredentials: true,
    sharedAs: 'mytradex-session',
    accessToken: () => undefined,
    headers: (method): Record<string, string> => {
      const token = safeMethods.has(method.toUpperCase()) ? undefined : csrf();
      return token ? { 'X-CSRF-Token': token } : {};
    },
    canRefresh: () => csrf() !== undefined,
    refreshBody: () => ({}),
    keep: (session: Session) => {
      told = session.csrfToken ?? told;
    },
    forget: () => {
      told = undefined;
    },
  };
}

function readCookie(name: string): string | undefined {
  if (typeof document === 'undefined') return undefined;
  const value = document.cookie
    .split('; ')
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.slice(name.length + 1);
  return value || undefined;
}
