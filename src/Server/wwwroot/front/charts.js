// Charts as plain SVG.

import { label, price } from "./numbers.js";

const svgSpace = "http://www.w3.org/2000/svg";
const axisWidth = 64, axisHeight = 22, volumeShare = 0.18, candlesMax = 90;

function shape(name, attributes, text) {
  const element = document.createElementNS(svgSpace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

/** A line of closing prices in a cell, coloured by its direction. */
export function sparkline(cell, closes) {
  const [width, height, edge] = [120, 26, 2];
  const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  if (closes.length > 1) {
    const low = Math.min(...closes), span = Math.max(...closes) - low || 1;
    const points = closes.map((close, i) =>
      `${(i * width / (closes.length - 1)).toFixed(1)} ${(height - edge - (close - low) / span * (height - 2 * edge)).toFixed(1)}`);
    svg.append(shape("path", { d: "M" + points.join("L") }));
  }
  const rise = closes.length > 1 ? closes.at(-1) - closes[0] : 0;
  cell.className = "spark" + (rise > 0 ? " up" : rise < 0 ? " down" : "");
  cell.replaceChildren(svg);
}

/** Candles with volume, prices on the right, times below. */
export function candlestick(svg, candles, interval) {
  const { width, height } = svg.getBoundingClientRect();
  if (width === 0) return;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.replaceChildren();
  const shown = candles.slice(-candlesMax);
  if (shown.length === 0) {
    svg.append(shape("text", { x: width / 2, y: height / 2, "text-anchor": "middle" }, "Nothing has traded yet"));
    return;
  }
  const low = Math.min(...shown.map(candle => candle.low)), high = Math.max(...shown.map(candle => candle.high));
  const span = high - low || high * 0.01 || 1;
  const plotWidth = width - axisWidth, plotHeight = height - axisHeight;
  const room = plotHeight * (1 - volumeShare);
  const y = value => 10 + (high - value) / span * (room - 20);
  const step = plotWidth / Math.max(shown.length, 24);
  const x = i => plotWidth - (shown.length - i - 0.5) * step;
  const volumeMax = Math.max(...shown.map(candle => candle.volume)) || 1;

  for (const value of ticks(low, high)) {
    svg.append(shape("line", { x1: 0, x2: plotWidth, y1: y(value), y2: y(value) }));
    svg.append(shape("text", { x: plotWidth + 8, y: y(value) + 4 }, price(value)));
  }
  const every = Math.max(1, Math.ceil(72 / step));
  for (let i = shown.length - 1; i >= 0; i -= every) {
    if (x(i) > 18 && x(i) < plotWidth - 12)
      svg.append(shape("text", { x: x(i), y: height - 7, "text-anchor": "middle" }, label(shown[i].timestamp, interval)));
  }
  const body = Math.max(1, Math.min(11, step * 0.64));
  shown.forEach((candle, i) => {
    const group = shape("g", { class: candle.close >= candle.open ? "up" : "down" });
    const volumeHeight = candle.volume / volumeMax * plotHeight * volumeShare;
    const [top, bottom] = [y(Math.max(candle.open, candle.close)), y(Math.min(candle.open, candle.close))];
    group.append(
      shape("rect", { class: "volume", x: x(i) - body / 2, y: plotHeight - volumeHeight, width: body, height: volumeHeight }),
      shape("line", { class: "wick", x1: x(i), x2: x(i), y1: y(candle.high), y2: y(candle.low) }),
      shape("rect", { x: x(i) - body / 2, y: top, width: body, height: Math.max(1, bottom - top) }));
    svg.append(group);
  });
  const last = shown.at(-1).close;
  const mark = shape("g", { class: "last" });
  mark.append(
    shape("line", { x1: 0, x2: plotWidth, y1: y(last), y2: y(last) }),
    shape("rect", { x: plotWidth, y: y(last) - 9, width: axisWidth, height: 18, rx: 2 }),
    shape("text", { x: plotWidth + 8, y: y(last) + 4 }, price(last)));
  svg.append(mark);
}

// Some five round values between two others.
function ticks(low, high) {
  const rough = (high - low) / 5 || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map(factor => factor * power).find(size => size >= rough);
  const values = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++) values.push(Number((i * step).toPrecision(12)));
  return values;
}
