// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { show } from '../../tests/show.tsx';
import { useStore } from '../store.ts';
import { heatOf, Numbers } from './Numbers.tsx';
import { StartField } from './StartField.tsx';

afterEach(cleanup);

const names = (n: number) => Array.from({ length: n }, (_, i) => `n${i + 1}`);
const matrix = (n: number) => Float64Array.from({ length: n * n }, (_, k) => k);

test('a matrix of 50 rows is there as a whole, with its headings', () => {
  const { container } = render(
    <Numbers caption="H" columns={names(50)} rows={names(50)} values={matrix(50)} />,
  );
  const rows = container.querySelectorAll('tbody tr');
  expect(rows).toHaveLength(50);
  expect(rows[49]?.querySelector('th[scope=row]')).toHaveTextContent('n50');
  expect([...(rows[49]?.querySelectorAll('td') ?? [])].at(-1)).toHaveTextContent('2499');
});

test('of a matrix of 300 rows the part in view is there, and says where it belongs', () => {
  const { container } = render(
    <Numbers caption="H" columns={names(300)} rows={names(300)} values={matrix(300)} />,
  );
  expect(container.querySelector('table')).toHaveAttribute('aria-rowcount', '301');
  expect(container.querySelectorAll('td').length).toBeLessThan(1000);
  const box = container.querySelector('.numbers')!;
  Object.assign(box, { scrollTop: 30 * 200, scrollLeft: 92 * 100 });
  fireEvent.scroll(box);
  const row = container.querySelector('tr[aria-rowindex="206"]');
  expect(row?.querySelector('th')).toHaveTextContent('n205');
  expect(row).toHaveTextContent(String(204 * 300 + 102));
});

test('a large matrix keeps its numbers, marked as busy, until the next are there; a small one shows dots', () => {
  const table = (n: number, values: Float64Array | undefined) => (
    <Numbers caption="H" columns={names(n)} rows={names(n)} values={values} />
  );
  const { container, rerender } = render(table(11, matrix(11)));
  rerender(table(11, undefined));
  expect(container.querySelector('table')).toHaveAttribute('aria-busy', 'true');
  expect(container.querySelectorAll('tbody td')[120]).toHaveTextContent('120');
  rerender(table(2, undefined));
  expect(container.querySelectorAll('tbody td')[3]).toHaveTextContent('…');
});

test('colours show sign and size, nothing shows zero or what is undefined', () => {
  expect(heatOf(4, 4)).toBe(46);
  expect(heatOf(-1, 4)).toBe(-23);
  expect(heatOf(0, 4)).toBe(0);
  expect(heatOf(Number.NaN, 4)).toBe(0);
});

test('the start of more than four variables is a table as well, and the text stays', async () => {
  const user = userEvent.setup();
  show(<StartField />, { formula: 'a^2 + b^2 + c^2 + d^2 + g^2', start: [1, 2, 3, 4, 5] });
  const field = screen.getByRole('textbox', { name: 'c at the start' });
  await user.clear(field);
  expect(field).toBeInvalid();
  await user.type(field, '-7.5');
  expect(useStore.getState().setup.start).toEqual([1, 2, -7.5, 4, 5]);
  expect(screen.getByRole('textbox', { name: 'Starting point' })).toHaveValue('1, 2, -7.5, 4, 5');
});

test('four variables need no table', () => {
  show(<StartField />, { formula: 'a^2 + b^2 + c^2 + d^2', start: [1, 2, 3, 4] });
  expect(screen.queryByRole('table')).toBeNull();
});
