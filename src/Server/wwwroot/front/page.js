// The front page: asks the API in turns and hands what it says to the views.

import { get, maybeSignedIn, Refused, signIn, signOut, SignedOut } from "./api.js";
import * as views from "./views.js";

const second = 1_000;
const intervals = ["1m", "5m", "15m", "1h", "1d"];
const sparklinesMax = 30;

const page = { user: null, symbol: null, interval: "1m", names: new Map(), candles: [] };
const $ = id => document.getElementById(id);

const allMarkets = turn(second, async () => {
  const list = await get("/market-data?size=100");
  page.symbol ??= wanted(list);
  views.markets(list, page.names, page.symbol, choose);
  views.panels(page.symbol !== null);
  page.symbols = list.map(market => market.symbol);
});

const oneMarket = turn(second, async () => {
  const symbol = page.symbol;
  if (!symbol) return;
  const path = encodeURIComponent(symbol);
  const [book, trades] = await Promise.all([get(`/orderbook/${path}?depth=12`), get(`/trades/${path}?cursor=&size=12`)]);
  if (symbol !== page.symbol) return;
  views.book(book);
  views.tape(trades);
});

const chart = turn(2 * second, async () => {
  const { symbol, interval } = page;
  if (!symbol) return;
  const candles = await get(`/market-data/${encodeURIComponent(symbol)}/candles?interval=${interval}&limit=90`);
  if (symbol !== page.symbol || interval !== page.interval) return;
  page.candles = candles;
  drawChart();
});

const sparklines = turn(15 * second, async () => {
  for (const symbol of (page.symbols ?? []).slice(0, sparklinesMax))
    views.lastHour(symbol, await get(`/market-data/${encodeURIComponent(symbol)}/candles?interval=1m&limit=60`));
});

const portfolio = turn(2 * second, async () => {
  const mayView = page.user.permissions.includes("VIEW_PORTFOLIO");
  views.portfolio(mayView ? await get("/portfolio/summary") : null);
});

const turns = [allMarkets, oneMarket, chart, sparklines, portfolio];

// Does something again and again, never twice at once, and not while nobody looks.
function turn(every, work) {
  let timer = null, running = false;
  async function run() {
    clearTimeout(timer);
    if (running || !page.user || document.hidden) return;
    running = true;
    try {
      await work();
      views.state("live", "live");
    } catch (failure) {
      failed(failure);
    } finally {
      running = false;
    }
    if (page.user && !document.hidden) timer = setTimeout(run, every);
  }
  return run;
}

function failed(failure) {
  if (failure instanceof SignedOut) leave("Your session has ended; sign in again.");
  else if (failure instanceof Refused) views.state("lost", failure.message);
  else views.state("lost", "The server does not answer; trying again…");
}

async function enter() {
  page.user = await get("/auth/me");
  views.signedIn(page.user);
  views.signInError("");
  await names();
  await allMarkets();
  turns.forEach(run => run());
}

// Names are a courtesy: without them the symbols stand alone.
async function names() {
  try {
    for (const instrument of await get("/instruments?size=100")) page.names.set(instrument.symbol, instrument.name);
  } catch (failure) {
    if (!(failure instanceof Refused)) throw failure;
  }
}

function leave(words) {
  page.user = null;
  views.signedIn(null);
  views.signInError(words);
  views.state("", "signed out");
}

async function signInWith(email, password) {
  const buttons = [...$("sign-in").querySelectorAll("button")];
  buttons.forEach(button => { button.disabled = true; });
  views.signInError("");
  try {
    await signIn(email, password);
    await enter();
    $("market").focus({ preventScroll: true });
  } catch (failure) {
    views.signInError(failure instanceof SignedOut
      ? "You are signed in, but the browser kept no session: outside Development this page needs https."
      : failure instanceof Refused ? failure.message : "The server does not answer; try again.");
  } finally {
    buttons.forEach(button => { button.disabled = false; });
  }
}

function wanted(list) {
  const named = decodeURIComponent(location.hash.slice(1));
  return (list.find(market => market.symbol === named) ?? list[0])?.symbol ?? null;
}

function choose(symbol) {
  if (symbol === page.symbol) return;
  page.symbol = symbol;
  history.replaceState(null, "", "#" + encodeURIComponent(symbol));
  allMarkets();
  oneMarket();
  chart();
}

function chooseInterval(interval) {
  page.interval = interval;
  views.intervals(intervals, interval, chooseInterval);
  $("intervals").querySelector('[aria-pressed="true"]').focus();
  chart();
}

function drawChart() {
  views.chart(page.symbol, page.names.get(page.symbol), page.interval, page.candles);
}

$("sign-in-form").addEventListener("submit", event => {
  event.preventDefault();
  signInWith($("email").value, $("password").value);
});
$("sign-out").addEventListener("click", async () => {
  await signOut().catch(failed);
  leave("");
});
document.addEventListener("visibilitychange", () => turns.forEach(run => run()));
addEventListener("hashchange", () => choose(decodeURIComponent(location.hash.slice(1))));
new ResizeObserver(() => page.user && page.symbol && drawChart()).observe($("chart"));
views.intervals(intervals, page.interval, chooseInterval);
// Where there is a terminal, it is what the address of the server shows.
$("no-terminal").hidden = location.pathname !== "/";

get("/about").then(server => views.about(server, signInWith)).catch(failed);
if (maybeSignedIn()) enter().catch(failure => failure instanceof SignedOut ? leave("") : failed(failure));
else leave("");
