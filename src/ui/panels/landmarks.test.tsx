// @vitest-environment jsdom
import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { show } from '../../../tests/show.tsx';
import { useStore } from '../../store.ts';
import Landmarks from './Landmarks.tsx';

afterEach(cleanup);

const rows = async () => {
  const table = await screen.findByRole('table', { name: 'Critical points in the window' });
  return within(table).getAllByRole('row').slice(1);
};

test('Himmelblau: four minima, four saddles and a maximum, and these are all', async () => {
  const user = userEvent.setup();
  show(<Landmarks />, { formula: '(x^2+y-11)^2+(x+y^2-7)^2', start: [0, 0], x: [-5, 5], y: [-5, 5] });
  expect(
    await screen.findByText(/^4 minima, 4 saddles and 1 maximum in the window\. These are all/),
  ).toBeVisible();
  const listed = await rows();
  expect(listed).toHaveLength(9);
  expect(listed.filter((row) => /minimum/.test(row.textContent ?? ''))).toHaveLength(4);
  await user.click(screen.getByRole('button', { name: 'Start at (3, 2)' }));
  expect(useStore.getState().setup.start).toEqual([3, 2]);
  // The window that was looked in stays.
  expect(useStore.getState().setup.x).toEqual([-5, 5]);
});

test('where minima form a curve it says so, and lists one point of it', async () => {
  show(<Landmarks />, { formula: '(x^2 + y^2 - 1)^2', start: [2, 0], x: [-2, 2], y: [-2, 2] });
  expect(await screen.findByText(/^Minima form a curve/)).toBeVisible();
  expect(screen.getByText(/^1 maximum in the window/)).toBeVisible();
  const listed = await rows();
  expect(listed.map((row) => row.querySelector('th')?.textContent?.trim()).sort()).toEqual([
    'curve of minima',
    'maximum',
  ]);
});

test('a window without any says so', async () => {
  show(<Landmarks />, { formula: 'x + y', start: [0, 0], x: [-2, 2], y: [-2, 2] });
  expect(await screen.findByText(/^No critical point in the window/)).toBeVisible();
  expect(screen.queryByRole('table')).toBeNull();
});
