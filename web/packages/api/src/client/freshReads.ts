const families = /^\/?(orders|accounts|transfers|instruments)(\/|\?|$)/;

/** Whether a read of this address takes `minSequence`, and so sees what was written just before. */
export function takesMinSequence(url: string): boolean {
  return families.test(url);
}
