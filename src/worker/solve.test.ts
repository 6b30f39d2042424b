import { expect, test } from 'vitest';
import { defaultSetup, fromLink } from '../setup.ts';
import type { Answer, Request, Result } from './protocol.ts';
import { createSolver } from './solve.ts';

type Asked = Exclude<Request, { kind: 'study' | 'cancel' | 'stop' }>;

const resolution = { columns: 21, rows: 11, arrows: 5 };

function finish(request: Asked, solver = createSolver()): Answer {
  const steps = solver.answer(request);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** The answer to what a link says. */
function answerTo(link: string, solver = createSolver()): Answer {
  return finish({ kind: 'solve', id: 1, setup: fromLink(link).setup, resolution }, solver);
}

function resultOf(link: string, solver = createSolver()): Result {
  const answer = answerTo(link, solver);
  if (answer.kind !== 'result') throw new Error(JSON.stringify(answer));
  return answer.result;
}

test('the lesson ends at (5·0.8⁵⁰, 3·0.8⁵⁰)', () => {
  const { setup, start, paths, variables, axes } = resultOf('');
  expect(variables).toEqual(['w1', 'w2']);
  expect(axes).toEqual([0, 1]);
  expect([...start]).toEqual([5, 3]);
  expect(setup.start).toEqual([5, 3]);
  const [path] = paths;
  expect(path?.length).toBe(51);
  expect(path?.outcome).toBe('step limit');
  expect(path?.x.at(-2)).toBeCloseTo(5 * 0.8 ** 50, 12);
  expect(path?.x.at(-1)).toBeCloseTo(3 * 0.8 ** 50, 12);
});

test('the field is the function on its lattice, both ends included', () => {
  const { field } = resultOf('f=x^2+3y&start=1,1&x=-2,2&y=0,1');
  expect([field.x, field.y, field.columns, field.rows]).toEqual([[-2, 2], [0, 1], 21, 11]);
  for (let row = 0; row < 11; row++) {
    for (let column = 0; column < 21; column++) {
      const [x, y] = [-2 + (4 * column) / 20, row / 10];
      expect(field.values[row * 21 + column]).toBeCloseTo(x * x + 3 * y, 12);
    }
  }
});

test('the arrows stand at the centres of their cells, and are missing where there is no value', () => {
  const { arrows } = resultOf('f=sqrt(x)+y^2&start=1,1&x=-2,2&y=-1,1').field;
  expect([arrows.columns, arrows.rows]).toEqual([5, 3]);
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 5; column++) {
      const [x, y] = [-2 + (4 * (column + 0.5)) / 5, -1 + (2 * (row + 0.5)) / 3];
      const index = row * 5 + column;
      if (x < 0) expect([arrows.u[index], arrows.v[index]]).toEqual([Number.NaN, Number.NaN]);
      if (x > 0) expect(arrows.u[index]).toBeCloseTo(0.5 / Math.sqrt(x), 12);
      if (x > 0) expect(arrows.v[index]).toBeCloseTo(2 * y, 12);
    }
  }
});

test('the other variables of the field stand where the start has them', () => {
  const { field, axes, setup } = resultOf('f=a+10b+100c&start=1,2,3&axes=a,c&x=0,1&y=0,1');
  expect(axes).toEqual([0, 2]);
  expect(setup.axes).toEqual(['a', 'c']);
  expect(field.values[0]).toBe(20);
  expect(field.values.at(-1)).toBe(121);
});

test('axes that are no variables are replaced, and a note says so', () => {
  const { axes, notes } = resultOf('f=a+b&axes=a,q');
  expect(axes).toEqual([0, 1]);
  expect(notes).toHaveLength(1);
  expect(notes[0]).toMatch(/^axes: "a, q"/);
});

test('a function of one variable is a curve with slopes', () => {
  const { field, axes, setup } = resultOf('f=x^2&start=1.5&x=-2,2');
  expect(axes).toEqual([0, 0]);
  expect(field.rows).toBe(1);
  expect(field.values).toHaveLength(21);
  expect(field.values[0]).toBe(4);
  expect(field.arrows.u[0]).toBeCloseTo(-3.2, 12);
  expect(field.y[0]).toBeLessThan(0);
  expect(field.y[1]).toBeGreaterThan(4);
  expect(setup.axes).toBeUndefined();
});

test('the vertical range of a curve does not follow a pole', () => {
  const { field } = resultOf('f=1/x^2+x^2&start=1.5&x=-2,2');
  expect(Math.max(...field.values)).toBe(Number.POSITIVE_INFINITY);
  expect(field.y[1]).toBeLessThan(1000);
});

test('a constant is answered too', () => {
  const { variables, paths, field } = resultOf('f=3');
  expect(variables).toEqual([]);
  expect(paths[0]?.f[0]).toBe(3);
  expect([...field.values]).toEqual([3]);
});

test('a mistake in the text says where', () => {
  const answer = answerTo('f=x^2+sine(y)');
  expect(answer).toMatchObject({ kind: 'mistake', id: 1, where: 'formula', mistake: { from: 4 } });
});

test.each([
  ['f=x+y&start=1', 'The start has 1 number, but the function has 2 variables: x, y.'],
  ['f=x&start=1,2,3', 'The start has 3 numbers, but the function has 1 variable: x.'],
  ['f=3&start=1', 'The start has 1 number, but the function has 0 variables.'],
])('a start of the wrong length gets its sentence: %s', (link, message) => {
  expect(answerTo(link)).toMatchObject({ kind: 'mistake', where: 'start', mistake: { message } });
});

test('a run that makes no sense for the function is named', () => {
  const answer = answerTo('f=x^2+y^2&method=gd&method=gauss-newton');
  expect(answer).toMatchObject({ kind: 'mistake', where: 'run', run: 1 });
});

test('steps that would not fit in memory are refused', () => {
  const answer = answerTo('f=sum(x[i]^2, i=1..200)&steps=100000');
  expect(answer).toMatchObject({ kind: 'mistake', where: 'run' });
});

test('an inspection holds the derivatives at its point', () => {
  const { setup } = fromLink('f=[x y, x + y^2]');
  const answer = finish({ kind: 'inspect', id: 7, of: 3, setup, run: 0, at: Float64Array.of(2, 1) });
  if (answer.kind !== 'inspection') throw new Error(JSON.stringify(answer));
  const { inspection } = answer;
  expect([inspection.id, inspection.of, inspection.f]).toEqual([7, 3, 6.5]);
  expect([...inspection.residual]).toEqual([2, 3]);
  expect([...inspection.jacobian]).toEqual([1, 2, 1, 2]);
  // Jᵀ·F, and JᵀJ + Σ Fₖ·∇²Fₖ with ∇²F₁ = [[0, 1], [1, 0]], ∇²F₂ = [[0, 0], [0, 2]].
  expect([...inspection.gradient]).toEqual([5, 10]);
  expect([...inspection.hessian]).toEqual([2, 6, 6, 14]);
});

test('an answer does not depend on what was asked before, and its arrays are its own', () => {
  const solver = createSolver();
  const links = ['f=x^2+y^2&start=1,2', 'f=x^2+y^2&start=2,1', 'f=x^4+y^2', 'f=x^2+y^2&start=1,2'];
  const answers = links.map((link) => resultOf(link, solver));
  expect(answers).toEqual(links.map((link) => resultOf(link)));
  expect(answers[0]?.field.values).not.toBe(answers[3]?.field.values);
  expect(answers[0]?.paths[0]?.x).not.toBe(answers[3]?.paths[0]?.x);
});

test('moving the start leaves the field as it was drawn, by its key', () => {
  const solver = createSolver();
  const keys = ['start=1,2', 'start=2,1', 'start=2,1&lr=0.3'].map(
    (link) => resultOf(`f=x^2+y^2&x=-3,3&y=-3,3&${link}`, solver).field.key,
  );
  expect(new Set(keys).size).toBe(1);
  expect(resultOf('f=x^2+y^2&x=-3,4&y=-3,3', solver).field.key).not.toBe(keys[0]);
});

test('long work can be left at many places', () => {
  const { setup } = fromLink('f=x^2+y^2&lr=1e-7&steps=500&tol=0');
  const steps = createSolver().answer({ kind: 'solve', id: 1, setup, resolution }, () => true);
  let pauses = 0;
  let step = steps.next();
  for (; !step.done; step = steps.next()) pauses++;
  expect(pauses).toBeGreaterThan(500);
  expect(step.value.kind).toBe('result');
});

test('each run of a comparison has its path, from its own start if it has one', () => {
  const { paths } = resultOf('f=x^2+y^2&start=1,1&method=gd&method=momentum&start=2,3');
  expect(paths.map(({ x }) => [x[0], x[1]])).toEqual([
    [1, 1],
    [2, 3],
  ]);
});

test('an empty setting is the lesson', () => {
  const answer = finish({ kind: 'solve', id: 1, setup: defaultSetup, resolution });
  expect(answer.kind).toBe('result');
});

test('runs that are stopped keep the path so far, which looking elsewhere does not begin again', () => {
  const solver = createSolver();
  const { setup } = fromLink('f=x^2+y^2&start=5,3&lr=1e-6&steps=100000');
  const ask = (look: typeof setup, id: number, stopped: boolean) => {
    const steps = solver.answer(
      { kind: 'solve', id, setup: look, resolution },
      () => true,
      () => stopped,
    );
    let step = steps.next();
    while (!step.done) step = steps.next();
    if (step.value.kind !== 'result') throw new Error('no result');
    return step.value.result.paths[0]!;
  };
  const path = ask(setup, 1, true);
  expect(path.length).toBeLessThan(100);
  expect(path.reason).toMatch(/^Stopped after \d+ steps?\.$/);
  expect(ask({ ...setup, x: [-1, 1], y: [-1, 1] }, 2, false).length).toBe(path.length);
});
