/** Where the tests and the picture scripts find a Chromium. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

/** Names under which systems install it, in the order of preference. */
const commands = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const folder = process.env[name];
    return folder ? [join(folder, 'Google/Chrome/Application/chrome.exe')] : [];
  }),
];

/** NABLA_CHROMIUM, then Playwright's own, then the system's; undefined if there is none. */
export function findBrowser() {
  const named = process.env.NABLA_CHROMIUM;
  if (named) {
    if (!existsSync(named)) throw new Error(`NABLA_CHROMIUM names ${named}, which does not exist.`);
    return named;
  }
  const own = chromium.executablePath();
  if (existsSync(own)) return own;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return [...commands.flatMap((name) => folders.map((folder) => join(folder, name))), ...places].find(
    (path) => existsSync(path),
  );
}

const isRoot = process.getuid?.() === 0;

/** Installs a browser where none is found; returns its path, or undefined if that was not possible. */
export function installBrowser() {
  const run = (command, args) =>
    spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;
  console.log('No Chromium was found; installing one.');
  if (!run('npx', ['playwright', 'install', '--with-deps', 'chromium']) && isRoot && hasApt()) {
    console.log("That download is not possible here; installing the system's package.");
    run('apt-get', ['update']) && run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
  }
  return findBrowser();
}

function hasApt() {
  try {
    execFileSync('apt-get', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** What to say when there is no browser and none can be installed. */
export const browserAdvice =
  'No Chromium was found and none could be installed: install Chrome or Chromium, or set NABLA_CHROMIUM to the path of one.';

/** Launch options for Playwright: the browser found, no calls home, and no sandbox where root forbids one. */
export function browserOptions() {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(browserAdvice);
  return {
    executablePath,
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--no-first-run',
      ...(isRoot ? ['--no-sandbox'] : []),
    ],
  };
}
