// Numbers as people read them. Signs are real minus signs, so that columns line up.

const prices = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 8 });
const money = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const sizes = new Intl.NumberFormat("en-US", { maximumFractionDigits: 8 });
const millions = new Intl.NumberFormat("en-US", { notation: "compact", minimumFractionDigits: 2, maximumFractionDigits: 2 });
const wholeMax = 10_000_000;
const nothing = "–";

const minus = text => text.replace("-", "−");
const shown = format => value => value === undefined || value === null ? nothing : minus(format.format(value));
const signed = text => value => value === undefined || value === null ? nothing : (value > 0 ? "+" : "") + text(value);

export const price = shown(prices);
export const cash = shown(money);
export const size = shown(sizes);
export const volume = value => value < wholeMax ? size(value) : shown(millions)(value);
export const change = signed(price);
export const profit = signed(cash);
export const percent = value => value === undefined || value === null ? nothing : signed(cash)(value) + " %";

/** The class of a number's direction. */
export const direction = value => value > 0 ? "up" : value < 0 ? "down" : "";

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const minute = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

export const timeOfDay = instant => clock.format(new Date(instant));
export const label = (instant, interval) => (interval === "1d" ? day : minute).format(new Date(instant));
