// Keeps the app's shell for when there is no network, and what may be old: the rules of the instruments and candles. Never money: whatever else is
// under /api goes to the network alone, as if there were no worker.
const version = '__VERSION__';
const shell = ['__SHELL__'];
const shellCache = `shell-${version}`;
const dataCache = 'data';

const instruments = /^\/api(\/v\d+)?\/instruments$/;
const candles = /^\/api(\/v\d+)?\/market-data\/[^/]+\/candles$/;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(shellCache).then((cache) => cache.addAll(shell)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(removeOthers().then(() => self.clients.claim()));
});

self.addEventListener('message', (event) => {
  if (event.data === 'forget') event.waitUntil(caches.delete(dataCache));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/assets/') || url.pathname === '/favicon.svg') event.respondWith(keptFirst(request, shellCache));
  else if (instruments.test(url.pathname)) event.respondWith(staleWhileRevalidate(event, request, url));
  else if (candles.test(url.pathname)) event.respondWith(networkFirst(request, dataCache, request));
  else if (request.mode === 'navigate' && isScreen(url.pathname)) event.respondWith(networkFirst(request, shellCache, '/'));
});

// The other pages of the server are its own.
function isScreen(path) {
  return !/\.[a-z]+$|^\/(api|docs|openapi|asyncapi|health|dev)(\/|$)/.test(path);
}

async function keptFirst(request, name) {
  const cache = await caches.open(name);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

async function networkFirst(request, name, key) {
  const cache = await caches.open(name);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(key, answer.clone());
    return answer;
  } catch (failure) {
    const kept = await cache.match(key);
    if (kept) return kept;
    throw failure;
  }
}

// What is kept is answered at once; when the network then says something else, the pages are told and ask again.
async function staleWhileRevalidate(event, request, url) {
  const cache = await caches.open(dataCache);
  const kept = await cache.match(request);
  const fresh = fetch(request).then(async (answer) => {
    if (!answer.ok) return answer;
    const changed = kept !== undefined && (await dataOf(kept.clone())) !== (await dataOf(answer.clone()));
    await cache.put(request, answer.clone());
    if (changed) for (const client of await self.clients.matchAll()) client.postMessage({ changed: url.pathname });
    return answer;
  });
  if (!kept) return fresh;
  event.waitUntil(fresh.catch(() => undefined));
  return kept;
}

// The envelope around it has a time and an id of each answer.
async function dataOf(answer) {
  return JSON.stringify((await answer.json()).data);
}

async function removeOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== shellCache && name !== dataCache).map((name) => caches.delete(name)));
}
