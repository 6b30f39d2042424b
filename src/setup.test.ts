import { expect, test } from 'vitest';
import { methods } from './descent/methods/index.ts';
import { uniform } from './descent/random.ts';
import {
  bounds,
  complete,
  coordinates,
  defaultSetup,
  fromLink,
  parametersOf,
  type Run,
  readNumber,
  type Setup,
  toLink,
} from './setup.ts';

const gd: Run = { method: 'gd', params: {} };

test('an empty link is the lesson, and the lesson is an empty short link', () => {
  expect(fromLink('')).toEqual({ setup: defaultSetup, step: 0, notes: [] });
  expect(fromLink('#')).toEqual({ setup: defaultSetup, step: 0, notes: [] });
  expect(toLink(defaultSetup, 0, 'short')).toBe('');
});

test('the link of the documentation is written as it is read', () => {
  const link = 'f=(1-x)^2+100(y-x^2)^2&start=-1.2,1&method=newton&steps=20&x=-2,2&y=-1,3&k=3';
  const { setup, step, notes } = fromLink(`#${link}`);
  const expected: Setup = {
    ...defaultSetup,
    formula: '(1-x)^2+100(y-x^2)^2',
    start: [-1.2, 1],
    runs: [{ method: 'newton', params: {} }],
    steps: 20,
    x: [-2, 2],
    y: [-1, 3],
  };
  expect({ setup, step, notes }).toEqual({ setup: expected, step: 3, notes: [] });
  expect(toLink(setup, step, 'short')).toBe(link);
});

test('a full link names every setting with its default', () => {
  const link = toLink(defaultSetup, 0);
  expect(link).toContain('f=w1^2%20+%20w2^2&method=gd&lr=0.1&');
  expect(link).toContain('&steps=50&tol=0.000001&view=contour&');
  for (const id of parametersOf('gd').keys()) expect(link).toMatch(new RegExp(`&${id}=`));
  expect(fromLink(link).setup).toEqual(complete(defaultSetup));
});

/** Links as they were written once: they open for ever. */
const oldLinks: readonly [link: string, meaning: Partial<Setup>, step?: number][] = [
  ['f=x^2', { formula: 'x^2' }],
  ['f=x%5E2+y%5E2', { formula: 'x^2+y^2' }],
  ['f=a%20=%202%0Aa%20x^2', { formula: 'a = 2\na x^2' }],
  ['f=x%26y%23z%25', { formula: 'x&y#z%' }],
  ['f=%CE%B8^2', { formula: 'θ^2' }],
  ['f=θ^2', { formula: 'θ^2' }],
  ['f=|x|+[1,2]*3;y', { formula: '|x|+[1,2]*3;y' }],
  ['f=y==x', { formula: 'y==x' }],
  ['start=5,3', { start: [5, 3] }],
  ['start=-1.2e-3,.5', { start: [-0.0012, 0.5] }],
  ['lr=0.2', { runs: [{ method: 'gd', params: { lr: 0.2 } }] }],
  [
    'method=momentum&lr=0.01&momentum=0.95',
    { runs: [{ method: 'momentum', params: { lr: 0.01, momentum: 0.95 } }] },
  ],
  ['lr=0.01&method=momentum', { runs: [{ method: 'momentum', params: { lr: 0.01 } }] }],
  [
    'start=1,1&method=gd&lr=0.1&method=momentum&lr=0.05&start=2,2',
    {
      start: [1, 1],
      runs: [
        { method: 'gd', params: { lr: 0.1 } },
        { method: 'momentum', params: { lr: 0.05 }, start: [2, 2] },
      ],
    },
  ],
  ['method=gd&schedule=cosine', { runs: [{ method: 'gd', params: { schedule: 'cosine' } }] }],
  ['steps=200&tol=0&k=150', { steps: 200, tol: 0 }, 150],
  ['tol=1e-9', { tol: 1e-9 }],
  ['x=-2,2&y=-1e3,1e3', { x: [-2, 2], y: [-1000, 1000] }],
  ['axes=w1,w3', { axes: ['w1', 'w3'] }],
  ['view=surface', { view: 'surface' }],
  ['clock=steps', { clock: 'steps' }],
  ['set.a=2.5&set.beta=-1', { sliders: { a: 2.5, beta: -1 } }],
  ['embed=1&hide=method,formula', { embed: true, hide: ['method', 'formula'] }],
  ['v=1&k=7', {}, 7],
];

test.each(oldLinks)('the old link #%s still opens', (link, meaning, step = 0) => {
  expect(fromLink(`#${link}`)).toEqual({ setup: { ...defaultSetup, ...meaning }, step, notes: [] });
});

/** Links full of nonsense: what is kept, and the key that the note names. */
const hostileLinks: readonly [link: string, key: string | undefined, meaning?: Partial<Setup>][] = [
  ['nonsense', undefined],
  ['&&&=&=1', undefined],
  ['unknown=1&lr2=3', undefined],
  ['__proto__=1&constructor=2&toString=3&hasOwnProperty=4', undefined],
  ['set.__proto__=1', 'set.__proto__'],
  ['set.=1', 'set.'],
  ['set.a=b', 'set.a'],
  ['set.<script>=1', 'set.'],
  ['start=a,b', 'start'],
  ['start=1,,2', 'start'],
  ['start=', 'start'],
  ['start=NaN,Infinity', 'start'],
  ['start=1e999,0', 'start'],
  ['start=0x10,1', 'start'],
  ['steps=-1', 'steps'],
  ['steps=1.5', 'steps'],
  ['steps=1e3', 'steps'],
  ['steps=1000000000', 'steps'],
  ['tol=-1', 'tol'],
  ['tol=tiny', 'tol'],
  ['k=-3', 'k'],
  ['k=NaN', 'k'],
  ['x=2,-2', 'x'],
  ['x=1', 'x'],
  ['x=0,0', 'x'],
  ['y=1e16,10000000000000001', 'y'],
  ['y=1,2,3', 'y'],
  ['axes=w1', 'axes'],
  ['axes=w1,w1', 'axes'],
  ['axes=<b>,w2', 'axes'],
  ['view=constructor', 'view'],
  ['embed=yes', 'embed'],
  ['hide=<script>', 'hide'],
  ['method=constructor', 'method'],
  ['method=__proto__&lr=0.3', 'method', { runs: [{ method: 'gd', params: { lr: 0.3 } }] }],
  ['lr=fast', 'lr'],
  ['lr=-1', 'lr'],
  ['lr=Infinity', 'lr'],
  ['schedule=constructor', 'schedule'],
  ['v=99', 'v'],
  ['f=%E0%A4%A', undefined, { formula: '%E0%A4%A' }],
  ['f=<img src=x onerror=alert(1)>', undefined, { formula: '<img src=x onerror=alert(1)>' }],
];

test.each(hostileLinks)('of #%s only what makes sense is taken', (link, key, meaning = {}) => {
  const { setup, step, notes } = fromLink(link);
  expect(setup).toEqual({ ...defaultSetup, ...meaning });
  expect(step).toBe(0);
  expect(notes).toHaveLength(key === undefined ? 0 : 1);
  if (key !== undefined) expect(notes[0]).toMatch(new RegExp(`^${key.replace(/[.<]/g, '\\$&')}`));
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('of many methods six are taken, and one sentence says so per further one, up to ten', () => {
  const { setup, notes } = fromLink('method=gd&'.repeat(9999));
  expect(setup.runs).toHaveLength(bounds.runs);
  expect(notes.length).toBeLessThanOrEqual(10);
  expect(notes[0]).toContain('at most 6 methods');
});

test('a link that is too long is not read', () => {
  const { setup, notes } = fromLink(`#f=${'x'.repeat(bounds.link)}`);
  expect(setup).toEqual(defaultSetup);
  expect(notes).toHaveLength(1);
});

test('what a formula is made of stays readable in a link', () => {
  const formula = '(x^2+y)*[1,2]/3;a=-1.5:{z}|w|';
  expect(toLink({ ...defaultSetup, formula }, 0, 'short')).toBe(`f=${formula}`);
});

test('separators, blanks and letters beyond ASCII are percent-encoded', () => {
  const formula = 'a & b # c\n"θ" <é> 100% √2 🙂';
  const link = toLink({ ...defaultSetup, formula }, 0, 'short');
  expect(link).toMatch(/^f=[!-~]*$/);
  expect(link).not.toMatch(/[&#<>"\s]/);
  expect(link).toContain('%0A');
  expect(fromLink(link).setup.formula).toBe(formula);
});

test('a fragment keeps its meaning on its way through an address', () => {
  const formula = 'x^2 + |y| - θ² {a} [b] "c" `d` \\e';
  const { hash } = new URL(`https://example.org/#${toLink({ ...defaultSetup, formula }, 4)}`);
  expect(fromLink(hash)).toMatchObject({ setup: { formula }, step: 4 });
});

test('half a surrogate pair does not stop a link from being written', () => {
  expect(toLink({ ...defaultSetup, formula: 'x\uD800y' }, 0, 'short')).toBe('f=x%EF%BF%BDy');
});

test('fromLink(toLink(s)) = s for 2,000 drawn settings, in both forms', () => {
  const next = uniform(20260);
  const below = (n: number) => Math.floor(next() * n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const number = () =>
    pick([0, 1, -1, next(), -next() * 10, next() * 1e-9, next() * 1e40, below(100), 0.1, 1e21]);
  const list = (n: number) => Array.from({ length: n }, number);
  const range = () => {
    const from = pick([0, -1, next() * 10, -1e6]);
    return [from, from + pick([1, 0.001, 12.5, 1e7])] as const;
  };
  const characters = [...'abxyzθw01289+-*/^()[],;=|{}&#%<>"\'`\\ \n.!√²🙂_:@?'];
  const text = () => Array.from({ length: below(30) }, () => pick(characters)).join('');
  const maybe = <T>(make: () => T): T | undefined => (next() < 0.5 ? make() : undefined);
  const drawnRun = (): Run => {
    const { id } = pick(methods);
    const params: Record<string, number | string> = {};
    for (const [name, { choices, limits, scale }] of parametersOf(id)) {
      if (next() < 0.5) continue;
      const [lowest, highest] = limits;
      const entire = scale === 'integer' || scale === 'switch';
      const value = lowest + next() * Math.min(1, highest - lowest);
      params[name] = choices ? pick(choices) : entire ? Math.round(value) : value;
    }
    const start = maybe(() => list(1 + below(4)));
    return { method: id, params, ...(start && { start }) };
  };

  for (let i = 0; i < 2000; i++) {
    const start = maybe(() => list(1 + below(5)));
    const x = maybe(range);
    const y = maybe(range);
    const axes = maybe(() =>
      pick([
        ['x', 'y'],
        ['w1', 'w3'],
        ['theta', 'x_2'],
      ] as const),
    );
    const setup: Setup = {
      formula: text(),
      runs: Array.from({ length: 1 + below(bounds.runs) }, drawnRun),
      steps: below(bounds.steps + 1),
      tol: pick([0, 1e-6, next()]),
      view: pick(['contour', 'surface'] as const),
      clock: pick(['evaluations', 'steps'] as const),
      sliders: Object.fromEntries(
        ['a', 'b', 'theta'].filter(() => next() < 0.3).map((name) => [name, number()]),
      ),
      embed: next() < 0.5,
      hide: next() < 0.5 ? [] : ['method', 'formula'],
      ...(start && { start }),
      ...(x && { x }),
      ...(y && { y }),
      ...(axes && { axes }),
    };
    const step = below(1000);
    expect(fromLink(toLink(setup, step, 'short'))).toEqual({ setup, step, notes: [] });
    expect(fromLink(toLink(setup, step))).toEqual({ setup: complete(setup), step, notes: [] });
  }
});

test('numbers are read as people write them, and nothing else is', () => {
  expect(['5', ' -1.5 ', '.5', '5.', '1e-3', '+2', '−3'].map(readNumber)).toEqual([
    5, -1.5, 0.5, 5, 0.001, 2, -3,
  ]);
  expect(['', ' ', '1,5', 'e', '1e', '0x1', 'NaN', 'Infinity', '1e400', '--1'].map(readNumber)).toEqual(
    Array.from({ length: 10 }, () => undefined),
  );
});

test('a start is read with and without brackets', () => {
  for (const text of ['5, 3', '(5, 3)', '[5,3]', '5 3', '5; 3', ' 5 ,3 '])
    expect(coordinates(text)).toEqual([5, 3]);
  for (const text of ['', '5,', '5, three', '(5, 3', '5,,3']) expect(coordinates(text)).toBeUndefined();
});

test('settings that are at their defaults are not in a short link', () => {
  expect(toLink({ ...defaultSetup, formula: 'x^2', runs: [gd, gd] }, 0, 'short')).toBe(
    'f=x^2&method=gd&method=gd',
  );
});
