// Tells everybody messages at the pace that comes by the standard input, as the benchmark's own server does:
// "flood WINDOW SECONDS SUBSCRIBERS", "paced PER_SECOND SECONDS", "collect". A flood goes on as long as no socket has much waiting; its window is not used.
import { createInterface } from 'node:readline';

const FLOOD_WAITING_BYTES = 256 * 1024, FLOOD_AT_ONCE = 8;

let sequence = 0;

/** The next message, of the same members and lengths as the server's own. */
export function nextTrade() {
  const now = new Date().toISOString();
  return {
    meta: { topic: 'fanout', firstSequence: 1_763_734_980_000_000 + ++sequence, sequence: 1_763_734_980_000_000 + sequence, timestamp: now },
    cursor: String(1_763_734_980_000_000 + sequence),
    trade: { id: `trade-${process.hrtime.bigint()}`, symbol: 'NVDA', price: 167.52, quantity: 100, side: 'BUY', timestamp: now },
  };
}

/** @param {() => void} publish tells everybody the next message @param {() => number} waiting bytes that wait at the slowest socket */
export function serve(publish, waiting) {
  const answer = (text) => process.stdout.write(`${text}\n`);
  const flood = (seconds) => {
    const end = performance.now() + seconds * 1000;
    let published = 0;
    const turn = () => {
      if (performance.now() >= end) return answer(published);
      for (let i = 0; i < FLOOD_AT_ONCE && waiting() <= FLOOD_WAITING_BYTES; i++, published++) publish();
      setImmediate(turn);
    };
    turn();
  };
  const paced = (perSecond, seconds) => {
    const began = performance.now();
    let published = 0;
    const turn = () => {
      const elapsed = (performance.now() - began) / 1000;
      if (elapsed >= seconds) return answer(published);
      for (const due = Math.floor(elapsed * perSecond); published < due; published++) publish();
      setTimeout(turn, 1);
    };
    turn();
  };
  createInterface({ input: process.stdin }).on('line', (line) => {
    const [command, ...numbers] = line.split(' ');
    if (command === 'flood') flood(+numbers[1]);
    else if (command === 'paced') paced(+numbers[0], +numbers[1]);
    else if (command === 'collect') {
      globalThis.gc();
      answer(process.memoryUsage().heapUsed);
    }
  }).on('close', () => process.exit(0));
  answer('ready');
}
