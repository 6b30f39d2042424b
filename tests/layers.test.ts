import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { expect, test } from 'vitest';

/** A room: the files whose path begins with `at` (the first that fits), and what they may load. */
interface Room {
  readonly at: string;
  /** Beginnings of paths that may be imported as values. */
  readonly values: readonly string[];
  /** Further ones, of which only types may be imported. */
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
}

const rooms: readonly Room[] = [
  { at: 'math/linear.ts', values: ['math/'], packages: ['ml-matrix'] },
  // Of the contract of a problem only the plain types of mistakes and formulas.
  { at: 'math/', values: ['math/'] },
  { at: 'descent/', values: ['descent/', 'math/'] },
  { at: 'engine.ts', values: ['descent/', 'math/'] },
  { at: 'studies/', values: ['studies/', 'descent/', 'math/'], types: ['setup.ts'] },
  { at: 'setup.ts', values: ['descent/'] },
  { at: 'race.ts', values: [], types: ['setup.ts', 'worker/protocol.ts'] },
  { at: 'presets.ts', values: [], types: ['setup.ts'] },
  {
    at: 'store.ts',
    values: ['setup.ts', 'race.ts', 'presets.ts'],
    types: ['descent/', 'studies/', 'worker/protocol.ts'],
    packages: ['zustand'],
  },
  { at: 'inquiries.ts', values: ['store.ts'], types: ['setup.ts', 'studies/', 'worker/protocol.ts'] },
  {
    at: 'worker/',
    values: ['worker/', 'engine.ts', 'studies/', 'descent/', 'math/', 'presets.ts'],
    types: ['setup.ts'],
  },
  {
    at: 'plots/',
    values: ['plots/', 'race.ts'],
    types: ['setup.ts', 'descent/', 'studies/', 'worker/protocol.ts'],
  },
  {
    at: 'ui/',
    values: [
      'ui/',
      'plots/',
      'store.ts',
      'setup.ts',
      'race.ts',
      'presets.ts',
      'descent/methods/',
      'descent/settings.ts',
      'descent/rate.ts',
    ],
    types: ['descent/', 'studies/', 'worker/protocol.ts'],
    packages: ['react', 'react-dom'],
  },
  { at: 'App.tsx', values: ['App.tsx', 'ui/', 'styles.css', 'store.ts', 'setup.ts'], packages: ['react'] },
  {
    at: 'main.tsx',
    values: ['App.tsx', 'setup.ts', 'store.ts', 'inquiries.ts', 'worker/client.ts'],
    packages: ['react', 'react-dom/client'],
  },
];

/** A third-party library that exactly one file may load. */
const doors = new Map([
  ['plotly.js', 'ui/PlotlyChart.tsx'],
  ['katex', 'ui/tex.tsx'],
  ['ml-matrix', 'math/linear.ts'],
  ['zustand', 'store.ts'],
]);

const root = new URL('../src/', import.meta.url).pathname;
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|\btesting\.tsx?$|\.d\.ts$/.test(path));

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isType: boolean;
  readonly isLocal: boolean;
}

const named = /^(?:import|export)\s+(type\s)?([\w$*{},\s]*?)\s*from\s*['"]([^'"]+)['"]/gm;
const bare = /^import\s*['"]([^'"]+)['"]/gm;
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const one = (target: string, isType: boolean): Import => {
    const isLocal = target.startsWith('.');
    return { from: file, to: isLocal ? posix.join(dirname(file), target) : target, isType, isLocal };
  };
  const values = [...text.matchAll(bare), ...text.matchAll(dynamic)].map(([, target = '']) =>
    one(target, false),
  );
  const lists = [...text.matchAll(named)].map(([, type, names = '', target = '']) => {
    const parts = names
      .replace(/[{}]/g, '')
      .split(',')
      .filter((part) => part.trim() !== '');
    return one(target, type !== undefined || parts.every((part) => /^\s*type\s/.test(part)));
  });
  return [...lists, ...values];
}

const imports = files.flatMap(importsOf);
const packageOf = (to: string) =>
  to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/');

test('every file stands in a room', () => {
  expect(files.filter((file) => !rooms.some(({ at }) => file.startsWith(at)))).toEqual([]);
  expect(files.length).toBeGreaterThan(20);
});

test('each room loads only what it may', () => {
  const trespasses = imports.filter((one) => {
    const room = rooms.find(({ at }) => one.from.startsWith(at));
    if (!room) return true;
    const { values, types = [], packages = [] } = room;
    if (!one.isLocal) return doors.get(packageOf(one.to)) !== one.from && !packages.includes(one.to);
    return ![...values, ...(one.isType ? types : [])].some((beginning) => one.to.startsWith(beginning));
  });
  expect(trespasses.map(({ from, to }) => `${from} loads ${to}`)).toEqual([]);
});

test('a library stands behind one file', () => {
  const others = imports.filter(({ from, to }) => {
    const door = doors.get(packageOf(to));
    return door !== undefined && door !== from;
  });
  expect(others.map(({ from, to }) => `${from} loads ${to}`)).toEqual([]);
});

test('no file needs itself', () => {
  const needs = new Map(
    files.map((file) => [
      file,
      imports.filter((one) => one.from === file && !one.isType && one.isLocal).map(({ to }) => to),
    ]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    else if (!done.has(file)) {
      for (const next of needs.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    }
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

test('there is no eval and no Function constructor', () => {
  const texts = files.map((file) => [file, readFileSync(join(root, file), 'utf8')] as const);
  const evals = texts.filter(([, text]) => /\beval\s*\(|new\s+Function\b/.test(text));
  expect(evals.map(([file]) => file)).toEqual([]);
});
