/** Measurements run in processes of their own: what one formula does to the compiler never helps or hurts the next. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { folder } from './engine.ts';

export interface Answer {
  readonly lines: readonly string[];
  /** Stopped because it took too long. */
  readonly stopped: boolean;
}

export function runChild(
  script: string,
  args: readonly (string | number)[],
  { limit = 600, flags = [] as readonly string[] } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...flags, `${folder}/bench/${script}.mjs`, ...args.map(String)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // Large arrays come from one heap: whether glibc maps fresh pages for one would otherwise be a toss-up.
      env: { ...process.env, MALLOC_MMAP_THRESHOLD_: '1073741824', MALLOC_TRIM_THRESHOLD_: '1073741824' },
    });
    const lines: string[] = [];
    let complaint = '';
    let stopped = false;
    const watchdog = setTimeout(() => {
      stopped = true;
      child.kill('SIGKILL');
    }, limit * 1000);
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk;
    });
    child.on('close', (code) => {
      clearTimeout(watchdog);
      if (code === 0 || stopped) resolve({ lines, stopped });
      else reject(new Error(`${script} ${args.join(' ')} failed:\n${complaint}`));
    });
  });
}

/** The one line of JSON that a script prints; its shape is what that script says. */
export async function ask<T>(
  script: string,
  args: readonly (string | number)[],
  flags: readonly string[] = [],
): Promise<T> {
  const { lines } = await runChild(script, args, { flags });
  return JSON.parse(lines.at(-1) ?? 'null') as T;
}
