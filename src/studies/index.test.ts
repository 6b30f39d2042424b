import { expect, test } from 'vitest';
import { asked } from './asked.testing.ts';
import { descriptions, findStudy, type StudyId, type StudyOptions, studies } from './index.ts';

/** Something to ask of each; the compiler knows when one is missing. */
const options: StudyOptions = {
  curvature: {},
  jacobian: {},
  landmarks: {},
  step: {},
  lineSearch: {},
  selfCheck: {},
  map: {},
  preimage: { target: [0.5, 0.5], from: [0.2, 0.3] },
  taylor: { lattice: { columns: 7, rows: 5 }, errors: true },
  sweep: { first: { param: 'lr', count: 5 }, steps: 30 },
  cost: { budget: 0 },
  chain: {},
  point: {},
};
const link =
  'f=h = [x^2 - y, x*y]; F = [h[1] + h[2], sin(h[2])]&start=1.2,0.7&x=-2,2&y=-2,2&method=gd&lr=0.01&k=3';

/** The arrays of an answer, as they are moved to the page. */
function arraysOf(value: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) found.add(value.buffer as ArrayBuffer);
  else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) arraysOf(inner, found);
  }
  return found;
}

test.each(studies.map(({ id }) => id))(
  '%s: what is moved to the page was its own, so that a second answer is the same',
  (id) => {
    let clock = 0;
    const context = asked(encodeURI(link), { now: () => (clock += 400) });
    const study = findStudy(id)!;
    expect(study.unfit?.(context)).toBeUndefined();
    const answer = () => {
      clock = 0;
      const work = study.run(context, options[id] as never);
      let step = work.next();
      let last = 0;
      while (!step.done) {
        if (step.value) {
          expect(step.value.done).toBeGreaterThanOrEqual(last);
          expect(step.value.done).toBeLessThanOrEqual(1);
          last = step.value.done;
          // A partial answer is copied while the study goes on.
          structuredClone(step.value);
        }
        step = work.next();
      }
      return structuredClone(step.value, { transfer: [...arraysOf(step.value)] });
    };
    const first = answer();
    expect(context.path.x.length).toBeGreaterThan(0);
    expect(context.at.length).toBe(2);
    expect(answer()).toEqual(first);
  },
);

test('ids are unique, and what the page is told is what each study says', () => {
  const told = descriptions();
  expect(new Set(told.map(({ id }) => id)).size).toBe(studies.length);
  for (const { id, dependsOn, usesWindow } of told) {
    expect(findStudy(id)).toMatchObject({ id: id as StudyId, dependsOn });
    expect(findStudy(id)?.usesWindow ?? false).toBe(usesWindow);
  }
  expect(findStudy('constructor')).toBeUndefined();
});
