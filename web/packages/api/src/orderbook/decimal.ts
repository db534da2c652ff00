/**
 * A number as a whole number of its smallest unit, exactly: 150.2 at scale 2 is 15020. Numbers of the wire have at most fifteen digits, which
 * a double brings back unchanged, so that its shortest text is what was sent.
 * @param scale Decimals; what has more is refused.
 */
export function toScaled(number: number, scale: number): number {
  const text = plain(number);
  const decimals = decimalsOf(text);
  if (decimals > scale) throw new RangeError(`${text} has more than ${scale} decimals.`);
  const scaled = Number(text.replace('.', '') + '0'.repeat(scale - decimals));
  if (!Number.isSafeInteger(scaled)) throw new RangeError(`${text} is too large for ${scale} decimals.`);
  return scaled;
}

/** The exact sum of two numbers: of 0.1 and 0.2 it is 0.3. */
export function addExactly(left: number, right: number): number {
  const scale = Math.max(decimalsOf(plain(left)), decimalsOf(plain(right)));
  return fromScaled(toScaled(left, scale) + toScaled(right, scale), scale);
}

/** The number that {@link toScaled} made whole. */
export function fromScaled(scaled: number, scale: number): number {
  return Number(scaledText(scaled, scale));
}

/** A scaled number as text with all of its decimals: 15020 at scale 2 is `150.20`. */
export function scaledText(scaled: number, scale: number): string {
  const digits = String(Math.abs(scaled)).padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return scaled < 0 ? `-${text}` : text;
}

function decimalsOf(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

/** A number as the wire writes it: a point only before decimals, no zeros at their end, no exponent. */
export function plain(number: number): string {
  const text = String(number);
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) return text;
  const [, sign = '', first = '', rest = '', exponent = '0'] = match;
  const power = Number(exponent);
  return power < 0 ? `${sign}0.${'0'.repeat(-power - 1)}${first}${rest}` : `${sign}${first}${rest.padEnd(power, '0')}`;
}
