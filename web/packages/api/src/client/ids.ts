/** A new id that nobody else has: for requests and for idempotency keys. */
export function newId(prefix: string): string {
  // crypto.randomUUID is there in secure contexts only; a venue in one's own network may be reached by plain HTTP.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `${prefix}-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
