// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import type { Formula } from '../descent/problem.ts';
import { Written } from './Written.tsx';

afterEach(cleanup);

test('of very long formulas the first are written, the others when they are asked for', async () => {
  const long = (name: string): Formula => ({ text: name, tex: `${name} + `.repeat(500) + name });
  const entries = ['a', 'b', 'c', 'd'].map((name) => [long(name)]);
  const lines = () => entries.map(([entry], i) => ({ left: `l_${i}`, entry: entry! }));
  const { container } = render(<Written head="g" entries={entries} lines={lines} />);
  const count = () => container.querySelectorAll('.tex').length;
  // 4 × 2001 characters and more, of which 6000 are written.
  expect(count()).toBe(2);
  await userEvent.click(screen.getByRole('button', { name: '2 more formulas' }));
  expect(count()).toBe(4);
});
