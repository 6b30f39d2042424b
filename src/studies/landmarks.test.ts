import { expect, test } from 'vitest';
import criticals from '../../tests/oracle/criticals.json' with { type: 'json' };
import { answerOf, asked } from './asked.testing.ts';
import { landmarks } from './landmarks.ts';

const study = (link: string, axes?: [number, number]) =>
  answerOf(landmarks.run(asked(link, axes && { axes }), {}));

test('Himmelblau: four minima, four saddles, one maximum, known to be all', () => {
  const { points, complete } = study('f=(x^2+y-11)^2+(x+y^2-7)^2&start=0,0&x=-6,6&y=-6,6');
  const count = (kind: string) => points.filter((point) => point.kind === kind).length;
  expect([count('minimum'), count('saddle'), count('maximum')]).toEqual([4, 4, 1]);
  expect(complete).toBe(true);
  const [last] = points.slice(-1);
  expect([last!.x[0], last!.x[1]]).toEqual([
    expect.closeTo(3.58442834033, 10),
    expect.closeTo(-1.848126526964, 10),
  ]);
});

test('with the axes exchanged the window is the other way round, and the points stay as they are', () => {
  const link = 'f=(x-1)^2+(y+2)^2&start=0,0';
  expect(study(`${link}&x=0,2&y=-3,-1`).points).toHaveLength(1);
  const turned = study(`${link}&x=-3,-1&y=0,2`, [1, 0]);
  expect([...turned.points[0]!.x]).toEqual([expect.closeTo(1, 12), expect.closeTo(-2, 12)]);
  expect([turned.x, turned.y]).toEqual([
    [0, 2],
    [-3, -1],
  ]);
});

test('the boxes of the oracle have as many points as were proved', () => {
  for (const { text, vars, box, points } of criticals.cases.slice(0, 6)) {
    const formula = encodeURIComponent(`f(${vars.join(', ')}) = ${text}`);
    const [x, y] = box as unknown as [number[], number[]];
    const found = study(`f=${formula}&start=0.5,0.5&steps=0&x=${x.join(',')}&y=${y.join(',')}`);
    expect([text, found.points.length]).toEqual([text, points.length]);
  }
});

test('three variables are refused with the reason, and the search can be left often', () => {
  expect(landmarks.unfit?.(asked('f=x^2+y^2+z^2&start=1,1,1&x=-1,1&y=-1,1'))).toContain('has 3');
  let pauses = 0;
  const work = landmarks.run(asked('f=sin(x)*sin(y)&start=1,1&x=-9,9&y=-9,9'), {});
  while (!work.next().done) pauses++;
  expect(pauses).toBeGreaterThan(100);
});
