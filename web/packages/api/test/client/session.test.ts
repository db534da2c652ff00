import type { Session } from '@mytradex/types';
import { HttpResponse } from 'msw';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ApiClient, AuthService, cookieAuth, memoryTokenStore, tokenAuth, type TokenStore, type Tokens } from '../../src/index.js';
import { handlerFor } from '../../src/msw/index.js';
import { eventually, failureOf, impatientClient, mockVenue } from '../venue.js';

const server = mockVenue();
const refusal = { status: 401, error: { code: 'UNAUTHORIZED', message: 'The token has expired.' } };
const tokens = (accessToken: string): Tokens => ({ accessToken, refreshToken: `refresh of ${accessToken}` });

/** A server at which access tokens are good, or not, and a refresh token is good once. */
function serverWith(good: string) {
  const seen = { good, refreshes: [] as (string | undefined)[], asked: [] as (string | null)[] };
  let spent = '';
  server.use(
    handlerFor('me', ({ request }) => {
      const sent = request.headers.get('Authorization');
      seen.asked.push(sent);
      return sent === `Bearer ${seen.good}` ? {} : refusal;
    }),
    handlerFor('refresh', async ({ request }) => {
      const { refreshToken } = (await request.json()) as { refreshToken: string };
      seen.refreshes.push(refreshToken);
      if (refreshToken === spent) return refusal;
      spent = refreshToken;
      const session: Session = { accessToken: seen.good, refreshToken: `refresh of ${seen.good}`, expiresIn: 3600 };
      return { data: session };
    }),
  );
  return seen;
}

describe('requests that find the token expired', () => {
  it('have it renewed once for all and are each sent again once', async () => {
    const seen = serverWith('new');
    const client = impatientClient({ auth: tokenAuth(memoryTokenStore(tokens('old'))) });

    await Promise.all(Array.from({ length: 8 }, () => client.get('/auth/me')));
    await client.get('/auth/me');

    expect(seen.refreshes).toEqual(['refresh of old']);
    expect(seen.asked.filter((sent) => sent === 'Bearer old')).toHaveLength(8);
    expect(seen.asked.filter((sent) => sent === 'Bearer new')).toHaveLength(9);
  });

  it('late take the one that others have had renewed', async () => {
    const seen = serverWith('new');
    const store = memoryTokenStore(tokens('old'));
    const client = impatientClient({ auth: tokenAuth(store) });
    // Renewed while the request was on its way with the old one.
    server.use(
      handlerFor(
        'me',
        () => {
          store.set(tokens('new'));
          return refusal;
        },
        { once: true },
      ),
    );

    await client.get('/auth/me');

    expect(seen.refreshes).toEqual([]);
    expect(seen.asked).toEqual(['Bearer new']);
  });

  it('are sent again only once', async () => {
    const seen = serverWith('new');
    seen.good = 'newer than what refreshing gives';
    server.use(handlerFor('refresh', () => ({ data: { accessToken: 'new', refreshToken: 'r', expiresIn: 1 } })));

    const error = await failureOf(impatientClient({ auth: tokenAuth(memoryTokenStore(tokens('old'))) }).get('/auth/me'));

    expect(error).toMatchObject({ type: 'UNAUTHORIZED' });
    expect(seen.asked).toEqual(['Bearer old', 'Bearer new']);
  });

  it('end the session when it cannot be renewed', async () => {
    serverWith('new');
    server.use(handlerFor('refresh', () => refusal));
    const store = memoryTokenStore(tokens('old'));
    const client = impatientClient({ auth: tokenAuth(store) });
    const ended = vi.fn();
    client.session.on('signedOut', ended);

    expect(await failureOf(client.get('/auth/me'))).toMatchObject({ status: 401 });

    expect(ended).toHaveBeenCalledExactlyOnceWith({ elsewhere: false });
    expect(store.get()).toBeUndefined();
  });

  it('keep the session when the server is not reached', async () => {
    serverWith('new');
    server.use(handlerFor('refresh', () => HttpResponse.error()));
    const store = memoryTokenStore(tokens('old'));

    expect(await failureOf(impatientClient({ auth: tokenAuth(store) }).get('/auth/me'))).toMatchObject({ type: 'NETWORK_ERROR' });

    expect(store.get()).toEqual(tokens('old'));
  });
});

describe('signing out while the token is being renewed', () => {
  it('is not undone by the answer', async () => {
    serverWith('new');
    const store = memoryTokenStore(tokens('old'));
    const client = impatientClient({ auth: tokenAuth(store) });
    server.use(
      handlerFor('refresh', () => {
        client.session.signedOut();
        return { data: { accessToken: 'new', refreshToken: 'r', expiresIn: 1 } };
      }),
    );

    await failureOf(client.get('/auth/me'));

    expect(store.get()).toBeUndefined();
  });
});

describe('tabs that share their tokens', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('renew them once for all', async () => {
    vi.stubGlobal('navigator', Object.create(navigator, { locks: { value: fakeLocks() } }));
    const seen = serverWith('new');
    const store: TokenStore = { ...memoryTokenStore(tokens('old')), sharedAs: 'tests' };
    const tabs = [1, 2, 3].map(() => impatientClient({ auth: tokenAuth(store) }));

    await Promise.all(tabs.flatMap((tab) => [tab.get('/auth/me'), tab.get('/auth/me')]));

    expect(seen.refreshes).toEqual(['refresh of old']);
    for (const tab of tabs) tab.session.close();
  });

  it('hear of each others signing in and out', async () => {
    const store: TokenStore = { ...memoryTokenStore(tokens('old')), sharedAs: 'tests' };
    const here: ApiClient = impatientClient({ auth: tokenAuth(store) });
    const there = impatientClient({ auth: tokenAuth(store) });
    const heard: string[] = [];
    there.session.on('signedOut', ({ elsewhere }) => heard.push(`out, elsewhere: ${elsewhere}`));
    there.session.on('signedIn', ({ elsewhere }) => heard.push(`in, elsewhere: ${elsewhere}`));

    await new AuthService(here).login({ email: 'user@example.com', password: 'password123' });
    await new AuthService(here).logout();

    await eventually(() => expect(heard).toEqual(['in, elsewhere: true', 'out, elsewhere: true']));
    here.session.close();
    there.session.close();
  });
});

describe('signing in', () => {
  it('with tokens sends them from then on', async () => {
    const seen: (string | null)[] = [];
    server.use(
      handlerFor('login', async ({ request }) => {
        expect(await request.json()).toEqual({ email: 'user@example.com', password: 'password123', mode: 'token' });
        return { data: { accessToken: 'a', refreshToken: 'r', expiresIn: 3600 } };
      }),
      handlerFor('me', ({ request }) => {
        seen.push(request.headers.get('Authorization'));
        return {};
      }),
    );
    const auth = new AuthService(impatientClient());

    expect(await auth.me()).toBeNull();
    await auth.login({ email: 'user@example.com', password: 'password123' });
    expect((await auth.me())?.email).toBe('user@example.com');
    await auth.logout();
    expect(await auth.me()).toBeNull();

    expect(seen).toEqual(['Bearer a']);
  });

  it('is not tried again by renewing', async () => {
    const seen = serverWith('new');
    server.use(handlerFor('login', () => refusal));

    await failureOf(new AuthService(impatientClient({ auth: tokenAuth(memoryTokenStore(tokens('old'))) })).login({ email: 'a', password: 'b' }));

    expect(seen.refreshes).toEqual([]);
  });

  it('by cookies proves writes by the token of the cookie', async () => {
    const proofs: Record<string, string | null> = {};
    const note = (name: string) => ({ request }: { request: Request }) => {
      proofs[name] = request.headers.get('X-CSRF-Token');
      return {};
    };
    server.use(
      handlerFor('login', async ({ request }) => {
        expect(await request.json()).toMatchObject({ mode: 'cookie' });
        document.cookie = 'mtx_csrf=proof';
        return { data: { csrfToken: 'proof', expiresIn: 3600 } };
      }),
      handlerFor('placeOrder', note('write')),
      handlerFor('listOrders', note('read')),
    );
    const client = impatientClient({ auth: cookieAuth() });

    await new AuthService(client).login({ email: 'user@example.com', password: 'password123' });
    await client.post('/orders', {});
    const read = await client.get('/orders');

    expect(proofs).toEqual({ write: 'proof', read: null });
    expect(read.config.withCredentials).toBe(true);
    document.cookie = 'mtx_csrf=; max-age=0';
    client.session.close();
  });
});

describe('signing out of a server that is not reached', () => {
  it('forgets tokens', async () => {
    server.use(handlerFor('logout', () => HttpResponse.error()));
    const store = memoryTokenStore(tokens('a'));

    expect(await failureOf(new AuthService(impatientClient({ auth: tokenAuth(store) })).logout())).toMatchObject({ type: 'NETWORK_ERROR' });

    expect(store.get()).toBeUndefined();
  });

  it('does not claim that cookies are gone', async () => {
    server.use(handlerFor('logout', () => HttpResponse.error()));
    const client = impatientClient({ auth: cookieAuth() });
    const ended = vi.fn();
    client.session.on('signedOut', ended);

    expect(await failureOf(new AuthService(client).logout())).toMatchObject({ type: 'NETWORK_ERROR' });

    expect(ended).not.toHaveBeenCalled();
    client.session.close();
  });
});

describe('tabs with the same cookies', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    document.cookie = 'mtx_csrf=; max-age=0';
  });

  it('renew the session one after another never at the same time', async () => {
    vi.stubGlobal('navigator', Object.create(navigator, { locks: { value: fakeLocks() } }));
    document.cookie = 'mtx_csrf=proof';
    let isGood = false;
    let [atOnce, most, refreshes] = [0, 0, 0];
    server.use(
      handlerFor('me', () => (isGood ? {} : refusal)),
      handlerFor('refresh', async ({ request }) => {
        refreshes++;
        most = Math.max(most, ++atOnce);
        expect(request.headers.get('X-CSRF-Token')).toBe('proof');
        await new Promise((resolve) => setTimeout(resolve, 5));
        atOnce--;
        isGood = true;
        return { data: { csrfToken: 'proof', expiresIn: 3600 } };
      }),
    );
    const tabs = [1, 2, 3].map(() => impatientClient({ auth: cookieAuth() }));

    await Promise.all(tabs.map((tab) => tab.get('/auth/me')));

    expect(most).toBe(1);
    expect(refreshes).toBe(1);
    for (const tab of tabs) tab.session.close();
  });
});

/** Locks as a browser has them, as far as they are used. */
function fakeLocks() {
  const tails = new Map<string, Promise<unknown>>();
  return {
    async request(name: string, ...rest: [unknown, (lock: unknown) => unknown] | [(lock: unknown) => unknown]) {
      const [options, act] = rest.length === 2 ? rest : [{}, rest[0]];
      const before = tails.get(name);
      if (before && (options as { ifAvailable?: boolean }).ifAvailable) return act(null);
      const turn = (async () => {
        await before;
        return act({ name });
      })();
      const tail = turn.then(
        () => undefined,
        () => undefined,
      );
      tails.set(name, tail);
      void tail.then(() => tails.get(name) === tail && tails.delete(name));
      return turn;
    },
  };
}
