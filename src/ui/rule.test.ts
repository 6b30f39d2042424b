import { expect, test } from 'vitest';
import { methods } from '../descent/methods/index.ts';
import { resolveParams } from '../descent/settings.ts';
import { plainStep, symbolicLine } from './rule.ts';

test('gradient descent is written as in the lesson', () => {
  const gd = methods.find(({ id }) => id === 'gd')!;
  const lines = gd.rule.lines(resolveParams(gd, {}));
  expect(plainStep(lines)).toBe('lr');
  expect(symbolicLine(gd, lines[0]!, 'w', 'f').replaceAll(' ', '')).toBe(
    'w_{t}=w_{t-1}-\\eta\\,\\htmlClass{gradient}{\\nablaf(w_{t-1})}',
  );
});

test.each(methods.map((method) => [method.id, method] as const))(
  'every name in the rule of %s has a symbol',
  (_, method) => {
    for (const line of method.rule.lines(resolveParams(method, {}))) {
      const tex = symbolicLine(method, line, 'w', 'f');
      expect(tex).not.toContain('@');
      for (const [, name = ''] of line.matchAll(/@([A-Za-z][A-Za-z0-9]*)/g)) {
        const known = [
          'next',
          'x',
          'g',
          't',
          ...Object.keys(method.params),
          ...Object.keys(method.rule.state ?? {}),
        ];
        expect([...known, ...Object.keys(method.rule.also ?? {})]).toContain(name);
      }
    }
  },
);
