import { words } from '../models/format.js';

const good = new Set(['FILLED', 'ACTIVE', 'OPEN', 'completed', 'DELIVERED', 'COMPLETED', 'SOUND', 'LIVE']);
const bad = new Set(['REJECTED', 'failed', 'FAILED', 'HALTED', 'SUSPENDED', 'FAILING', 'UNSOUND']);
const wait = new Set(['NEW', 'PARTIAL', 'scheduled', 'pending', 'PENDING', 'QUEUED', 'RUNNING']);

/** A status in words; its colour adds nothing that the word does not say. */
export function Tag({ status }: { status: string | null | undefined }) {
  if (!status) return null;
  return <span className={`tag ${good.has(status) ? 'good' : bad.has(status) ? 'bad' : wait.has(status) ? 'wait' : ''}`}>{words(status)}</span>;
}
