/**
 * Exact decimals: a number of the API as a whole number of its smallest steps, so that nothing shown or sent went through
 * binary fractions. `scale` is the count of decimals: 309.85 at scale 4 is 3098500n.
 */

const plain = /^([+-]?)(\d*)(?:\.(\d*))?$/;

/**
 * The text of a decimal as a whole number of steps. Undefined when it is no plain decimal, or has more decimals than `scale`.
 */
export function parseDecimal(text: string, scale: number): bigint | undefined {
  const match = plain.exec(text.trim());
  if (!match) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const kept = fraction.slice(0, scale);
  if (/[1-9]/.test(fraction.slice(scale))) return undefined;
  const steps = BigInt(whole + kept.padEnd(scale, '0') || '0');
  return sign === '-' ? -steps : steps;
}

/** A number of the API as a whole number of steps. Decimals beyond `scale` are dropped: there are none where the scale is right. */
export function fromNumber(value: number, scale: number): bigint {
  const text = String(value);
  const exact = parseDecimal(text, scale);
  if (exact !== undefined) return exact;
  return parseDecimal(value.toFixed(scale), scale) ?? 0n;
}

/** The steps as a plain decimal, with exactly `decimals` decimals if given, else as few as it needs. */
export function toText(steps: bigint, scale: number, decimals?: number): string {
  const negative = steps < 0n;
  const digits = (negative ? -steps : steps).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  let fraction = scale === 0 ? '' : digits.slice(-scale);
  if (decimals === undefined) fraction = fraction.replace(/0+$/, '');
  else fraction = fraction.slice(0, decimals).padEnd(decimals, '0');
  return (negative ? '-' : '') + whole + (fraction ? `.${fraction}` : '');
}

/** The steps as a number for the wire: the nearest one to the exact decimal, which JSON writes as that decimal again. */
export function toNumber(steps: bigint, scale: number): number {
  return Number(toText(steps, scale));
}

/** How many decimals a number has when written plainly: 0.01 has two. */
export function decimalsOf(value: number): number {
  const text = String(value);
  const [mantissa = '', exponent] = text.split('e-');
  const fraction = mantissa.split('.')[1]?.length ?? 0;
  return exponent ? fraction + Number(exponent) : fraction;
}

/** The multiple of `step` at or below. Toward minus infinity. */
export function floorTo(value: bigint, step: bigint): bigint {
  const rest = ((value % step) + step) % step;
  return value - rest;
}

/** The multiple of `step` at or above. */
export function ceilTo(value: bigint, step: bigint): bigint {
  return -floorTo(-value, step);
}

/** Sums numbers of the API exactly, at `scale` decimals. */
export function sumExact(values: Iterable<number | null | undefined>, scale: number): bigint {
  let sum = 0n;
  for (const value of values) sum += fromNumber(value ?? 0, scale);
  return sum;
}
