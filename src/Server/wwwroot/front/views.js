// What is on the page, from what the API said. Nothing here asks for anything.

import { candlestick, sparkline } from "./charts.js";
import { cash, change, direction, percent, price, profit, size, timeOfDay, volume } from "./numbers.js";

const bookLevels = 12;
const $ = id => document.getElementById(id);

function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

function show(cell, text, className) {
  if (cell.textContent !== text) cell.textContent = text;
  if (className !== undefined) cell.className = className;
}

const rows = new Map();

/** The table of markets; `choose` is called with the symbol that was clicked. */
export function markets(list, names, chosen, choose) {
  $("no-markets").hidden = list.length > 0;
  const body = $("markets").tBodies[0];
  for (const market of list) {
    let row = rows.get(market.symbol);
    if (!row) {
      row = marketRow(market.symbol, choose);
      rows.set(market.symbol, row);
      body.append(row.line);
    }
    fill(row, market, names.get(market.symbol));
    row.line.classList.toggle("chosen", market.symbol === chosen);
    if (market.symbol === chosen) row.link.setAttribute("aria-current", "true");
    else row.link.removeAttribute("aria-current");
  }
}

function marketRow(symbol, choose) {
  const link = element("a", "", symbol);
  link.href = "#" + encodeURIComponent(symbol);
  const name = element("small");
  const head = element("th", "", link);
  head.scope = "row";
  const cells = ["last n", "n narrow-not", "n", "n wide", "n narrow-not", "n narrow-not", "n wide", "n wide", "n wide", "n narrow-not", "spark"].map(kind => element("td", kind));
  const line = element("tr", "", head, ...cells);
  line.addEventListener("click", event => {
    event.preventDefault();
    choose(symbol);
  });
  return { line, link, name, cells, last: undefined, badge: element("span", "badge") };
}

function fill(row, market, name) {
  const [last, moved, rate, bidSize, bid, ask, askSize, low, high, traded] = row.cells;
  if (name && row.name.textContent !== name) {
    row.name.textContent = name;
    row.link.append(row.name);
  }
  if (market.status !== "OPEN") {
    row.badge.textContent = market.status.toLowerCase();
    row.link.firstChild.after(row.badge);
  } else {
    row.badge.remove();
  }
  show(last, price(market.lastPrice));
  if (row.last !== undefined && market.lastPrice !== row.last) flash(last, market.lastPrice > row.last);
  row.last = market.lastPrice;
  show(moved, change(market.change24h), "n narrow-not " + direction(market.change24h));
  show(rate, percent(market.changePercent24h), "n " + direction(market.change24h));
  show(bidSize, market.bidPrice === undefined ? "–" : size(market.bidQuantity));
  show(bid, price(market.bidPrice));
  show(ask, price(market.askPrice));
  show(askSize, market.askPrice === undefined ? "–" : size(market.askQuantity));
  show(low, price(market.low24h));
  show(high, price(market.high24h));
  show(traded, volume(market.volume));
}

function flash(cell, rose) {
  cell.classList.remove("rose", "fell");
  // Reading the layout in between starts the animation anew.
  void cell.offsetWidth;
  cell.classList.add(rose ? "rose" : "fell");
}

/** The last hour in a market's row. */
export function lastHour(symbol, candles) {
  const row = rows.get(symbol);
  if (row) sparkline(row.cells.at(-1), candles.map(candle => candle.close));
}

/** The chart, in a picture and in words. */
export function chart(symbol, name, interval, candles) {
  show($("chart-title"), name ? `${symbol} · ${name}` : symbol);
  candlestick($("chart"), candles, interval);
  const last = candles.at(-1);
  show($("chart-words"), last
    ? `Candles of ${interval} for ${symbol}: ${candles.length}, the last closing at ${price(last.close)}, between ${price(Math.min(...candles.map(c => c.low)))} and ${price(Math.max(...candles.map(c => c.high)))}.`
    : `${symbol} has not traded yet.`);
}

/** The order book; a bar is the sum up to its level, the longest fills its side. */
export function book(answer) {
  show($("book-sequence"), `#${size(answer.sequence)}`);
  const body = $("book");
  while (body.rows.length < bookLevels) body.append(element("tr", "", element("td", "n"), element("td", "n up"), element("td", "down"), element("td", "n")));
  const sums = [answer.bids, answer.asks].map(side => side.slice(0, bookLevels).reduce((sum, [, quantity]) => [...sum, (sum.at(-1) ?? 0) + quantity], []));
  const largest = Math.max(...sums.flat(), 1);
  for (let i = 0; i < bookLevels; i++) {
    const row = body.rows[i];
    const [bidSize, bid, ask, askSize] = row.cells;
    level(bid, bidSize, answer.bids[i]);
    level(ask, askSize, answer.asks[i]);
    row.style.setProperty("--bid", bar(sums[0][i]));
    row.style.setProperty("--ask", bar(sums[1][i]));
  }

  function level(priceCell, sizeCell, pair) {
    show(priceCell, pair ? price(pair[0]) : "");
    show(sizeCell, pair ? size(pair[1]) : "");
  }

  // Half of the row is the whole of a side.
  function bar(sum) {
    return `${((sum ?? 0) / largest * 50).toFixed(1)}%`;
  }
}

/** The latest trades. */
export function tape(trades) {
  $("tape").replaceChildren(...trades.map(trade => {
    const bought = trade.side === "BUY";
    return element("tr", "",
      element("td", "", timeOfDay(trade.timestamp)),
      element("td", bought ? "up" : "down", bought ? "buy" : "sell"),
      element("td", bought ? "n up" : "n down", price(trade.price)),
      element("td", "n", size(trade.quantity)));
  }));
}

/** What the user has. */
export function portfolio(summary) {
  $("portfolio").hidden = !summary;
  if (!summary) return;
  show($("total-value"), `${cash(summary.totalValue)} ${summary.currency}`);
  show($("cash"), cash(summary.cash));
  for (const [id, value] of [["day-pnl", summary.dayPnL], ["unrealized-pnl", summary.totalUnrealizedPnL], ["realized-pnl", summary.totalRealizedPnL]])
    show($(id), profit(value), direction(value));
}

/** Whether the page lives: "live", "lost" or "". */
export function state(kind, words) {
  show($("state"), words, "state " + kind);
}

/** Shows the market, or the way in. */
export function signedIn(user) {
  $("market").hidden = !user;
  $("sign-in").hidden = Boolean(user);
  $("who").hidden = !user;
  if (user) show($("who-name"), `${user.name} · ${user.role.toLowerCase()}`);
}

/** The chosen market's panels. */
export function panels(visible) {
  $("symbol").hidden = !visible;
}

export function signInError(words) {
  show($("sign-in-error"), words);
}

/** Version, and the logins of Development as buttons. */
export function about(server, enter) {
  show($("version"), server.version);
  $("known").hidden = !server.logins;
  $("sign-in-form").querySelector("button").classList.toggle("second", Boolean(server.logins));
  $("known-logins").replaceChildren(...(server.logins ?? []).map((login, i) => {
    const button = element("button", i > 0 ? "second" : "", `Enter as ${login.role.toLowerCase()}`, element("small", "", login.email));
    button.type = "button";
    button.addEventListener("click", () => enter(login.email, login.password));
    return button;
  }));
}

/** The buttons of the intervals. */
export function intervals(all, chosen, choose) {
  $("intervals").replaceChildren(...all.map(interval => {
    const button = element("button", "", interval);
    button.type = "button";
    button.setAttribute("aria-pressed", String(interval === chosen));
    button.addEventListener("click", () => choose(interval));
    return button;
  }));
}
