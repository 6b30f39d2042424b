// @vitest-environment jsdom
import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { show } from '../../../tests/show.tsx';
import LineSearch from './LineSearch.tsx';

afterEach(cleanup);

test('a backtracking search shows its lengths, and the one that was taken', async () => {
  show(<LineSearch />, {
    formula: 'x^2 + 10y^2',
    start: [1, 1],
    runs: [{ method: 'gd-backtracking', params: {} }],
  });
  expect(await screen.findByText(/tried lengths t = /)).toHaveTextContent(
    /p = \(-2, -20\); φ\(0\) = 11 and φ′\(0\) = -404/,
  );
  await userEvent.setup().click(screen.getByText('As a table'));
  const rows = within(screen.getByRole('table')).getAllByRole('row').slice(1);
  const lengths = rows.map((row) => Number(within(row).getByRole('rowheader').textContent));
  // Each halves the one before.
  lengths.slice(1).forEach((length, i) => {
    expect(length / lengths[i]!).toBeCloseTo(0.5, 6);
  });
  expect(rows.map((row) => row.textContent?.includes('taken'))).toEqual(
    rows.map((_, i) => i === rows.length - 1),
  );
});

test('a method that searches nothing shows its step as t = 1', async () => {
  show(<LineSearch />);
  expect(await screen.findByText(/searches no length/)).toHaveTextContent(/p = \(-1, -0.6\).*φ\(1\) = 21.76/);
});
