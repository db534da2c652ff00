// Builds the terminal for the server: node build-terminal.js <folder of outputs>. Installs what package-lock.json names if that has changed since, builds beside
// the last result and swaps the two, and leaves a stamp. Several at once take turns.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const output = process.argv[2];
if (!output) throw new Error('usage: node build-terminal.js <folder of outputs>');
const web = import.meta.dirname;
const lock = join(output, 'building.lock');
const asked = new Date();

mkdirSync(output, { recursive: true });
await takeTurn();
try {
  build();
} finally {
  rmSync(lock, { force: true });
}

function build() {
  install();
  const fresh = join(output, 'terminal.new');
  rmSync(fresh, { recursive: true, force: true });
  run('npm', ['run', 'build', '--silent'], { TERMINAL_OUT: fresh });
  const old = join(output, 'terminal.old');
  rmSync(old, { recursive: true, force: true });
  if (existsSync(join(output, 'terminal'))) renameSync(join(output, 'terminal'), old);
  renameSync(fresh, join(output, 'terminal'));
  rmSync(old, { recursive: true, force: true });
  // Dated from before: what is edited during a build is newer than its result.
  const stamp = join(output, 'built.stamp');
  writeFileSync(stamp, '');
  utimesSync(stamp, asked, asked);
}

function install() {
  const wanted = createHash('sha256').update(readFileSync(join(web, 'package-lock.json'))).digest('hex');
  const stamp = join(web, 'node_modules', '.installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error'], {});
  writeFileSync(stamp, wanted);
}

/** Waits until nobody else builds; the lock names its process, so that one left by a kill is seen through. */
async function takeTurn() {
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch (failure) {
      if (failure.code !== 'EEXIST') throw failure;
    }
    const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
    if (holder > 0 && !isAlive(holder)) rmSync(lock, { force: true });
    else await sleep(200);
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (failure) {
    return failure.code === 'EPERM';
  }
}

/** Runs a program; what it says is of interest where it fails. */
function run(command, args, environment) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd: web, encoding: 'utf8', maxBuffer: 64 << 20, env: { ...process.env, ...environment }, shell: process.platform === 'win32' });
  if (status === 0) return;
  console.error(error ? `${command} could not be started: ${error.message}` : `${command} ${args.join(' ')} failed:\n${stdout}${stderr}`);
  rmSync(lock, { force: true });
  process.exit(status ?? 1);
}
