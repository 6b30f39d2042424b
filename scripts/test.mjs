/**
 * Everything that must hold, one after the other: format and lint, types, unit and component tests, the build, and
 * the end-to-end tests against the built page. Stops at the first step that fails. The last line is the sum of
 * all tests, `N passed, N failed`; a step that is no test counts only when it fails, as one.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { browserAdvice, findBrowser, installBrowser } from './browser.mjs';

const reports = 'test-results';
const counts = { passed: 0, failed: 0 };

function run(title, command, args, env = {}) {
  console.log(`\n── ${title}`);
  const started = Date.now();
  const { status } = spawnSync('npx', ['--no-install', command, ...args], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ...env },
  });
  console.log(
    `── ${title}: ${status === 0 ? 'done' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
  return status === 0;
}

function readReport(name) {
  try {
    return JSON.parse(readFileSync(`${reports}/${name}`, 'utf8'));
  } catch {
    return undefined;
  }
}

function add(passed, failed, isGood) {
  counts.passed += passed;
  counts.failed += isGood ? failed : Math.max(1, failed);
}

function finish(message) {
  if (message) console.error(`\n${message}`);
  console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
  process.exit(counts.failed === 0 && !message ? 0 : 1);
}

function mustHold(title, command, args, advice) {
  if (run(title, command, args)) return;
  add(0, 1, false);
  finish(`${title} failed. ${advice}`);
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

mustHold('Format and lint', 'biome', ['ci', '.'], 'What can be put right by itself: npm run format.');
mustHold('Types', 'tsc', ['--noEmit'], 'The places are listed above.');

const unit = run('Unit and component tests', 'vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${reports}/unit.json`,
]);
const unitReport = readReport('unit.json');
add(unitReport?.numPassedTests ?? 0, unitReport?.numFailedTests ?? 0, unit);
if (!unit) finish('A unit or component test failed; see above.');

mustHold('Build', 'vite', ['build'], 'The reason is above.');

let browser = findBrowser();
browser ??= installBrowser();
if (!browser) {
  add(0, 1, false);
  finish(browserAdvice);
}
console.log(`\nBrowser: ${browser}`);
const e2e = run('End-to-end tests', 'playwright', ['test', '--reporter=list,json'], {
  NABLA_CHROMIUM: browser,
  PLAYWRIGHT_JSON_OUTPUT_FILE: `${reports}/e2e.json`,
});
const { stats } = readReport('e2e.json') ?? {};
add((stats?.expected ?? 0) + (stats?.flaky ?? 0), stats?.unexpected ?? 0, e2e);
if (!e2e) finish('An end-to-end test failed; see above.');

finish();
