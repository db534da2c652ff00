// The API as this page uses it: sessions in cookies that no script can read, one renewal when a session has run out.

const base = "/api/v1";

/** A refusal, with the server's own words. */
export class Refused extends Error {
  constructor(status, error) {
    super(error?.message ?? `The server answered ${status}.`);
    this.status = status;
    this.code = error?.code;
  }
}

/** Nobody is signed in, or no longer. */
export class SignedOut extends Error {}

let renewal = null;

/** Whether there may be a session: its own cookies are out of sight, but the one against forged requests comes and goes with them. */
export const maybeSignedIn = () => csrf() !== "";

/** The `data` of an answer. */
export async function get(path) {
  let response = await send("GET", path);
  if (response.status === 401 && await renew()) response = await send("GET", path);
  if (response.status === 401) throw new SignedOut();
  return (await opened(response)).data;
}

export async function signIn(email, password) {
  const { data } = await opened(await send("POST", "/auth/login", { email, password, mode: "cookie" }));
  return data.user;
}

/** Posts what needs no session and gives back the server's sentence. */
export async function tell(path, body) {
  return (await opened(await send("POST", path, body))).message;
}

export async function signOut() {
  await send("POST", "/auth/logout");
}

// Several reads may find at once that the session has run out; one renews it for all.
function renew() {
  if (!csrf()) return false;
  renewal ??= send("POST", "/auth/refresh").then(response => response.ok).finally(() => { renewal = null; });
  return renewal;
}

function send(method, path, body) {
  const headers = { Accept: "application/json" };
  if (method !== "GET") headers["X-CSRF-Token"] = csrf();
  if (body) headers["Content-Type"] = "application/json";
  return fetch(base + path, { method, headers, body: body && JSON.stringify(body), credentials: "same-origin", signal: AbortSignal.timeout(10_000) });
}

async function opened(response) {
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, answer.error);
  return answer;
}

function csrf() {
  return document.cookie.split("; ").find(cookie => cookie.startsWith("mtx_csrf="))?.slice("mtx_csrf=".length) ?? "";
}
