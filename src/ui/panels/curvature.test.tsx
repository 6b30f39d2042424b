// @vitest-environment jsdom
import { act, cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { show } from '../../../tests/show.tsx';
import { useStore } from '../../store.ts';
import { MethodPanel } from '../MethodPanel.tsx';
import Curvature from './Curvature.tsx';

afterEach(cleanup);

const rows = () =>
  within(screen.getByRole('table', { name: /Eigenvalues/ }))
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.textContent);

test('the bowl of the lesson: λ = 2 twice, κ = 1, stable up to 1, best at ½', async () => {
  const user = userEvent.setup();
  show(<Curvature />);
  expect(await screen.findByText('Bowl.')).toBeVisible();
  expect(rows().map((text) => /^ λ[₁₂]2\(.*\)0\.8$/.test(text ?? ''))).toEqual([true, true]);
  const figure = (name: string) =>
    screen.getByText((_, element) => element?.tagName === 'DT' && element.textContent === name).parentElement;
  expect(figure('κ')).toHaveTextContent(/^κ\s?1 condition/);
  expect(figure('det H')).toHaveTextContent(/^det H\s?4 /);
  expect(figure('tr H')).toHaveTextContent(/^tr H\s?4 /);
  expect(figure('2/λmax')).toHaveTextContent(/^2\/λmax\s?1 largest stable/);
  expect(figure('2/(λmin+λmax)')).toHaveTextContent('0.5 best constant rate');
  await user.click(screen.getByRole('button', { name: 'Use α = 0.5' }));
  expect(useStore.getState().setup.runs[0]?.params.lr).toBe(0.5);
  // At the best rate of a round bowl one step is enough.
  expect(useStore.getState().result?.paths[0]?.length).toBe(2);
});

test('Rosenbrock at its minimum has the numbers of the lesson, and a rate above the limit grows', async () => {
  show(<Curvature />, {
    formula: '(1-x)^2 + 100(y-x^2)^2',
    start: [1, 1],
    runs: [{ method: 'gd', params: { lr: 0.0021 } }],
  });
  expect(await screen.findByText(/a minimum/)).toBeVisible();
  expect(rows()[0]).toMatch(/0\.39936/);
  expect(rows()[1]).toMatch(/1001\.6\(.*\)1\.1034 grows/);
  expect(screen.getByText('2508.01')).toBeVisible();
  expect(screen.getByText('0.0019968')).toBeVisible();
  expect(screen.getByText(/α = 0\.0021 is above the limit.* in 1 of 2 directions/)).toBeVisible();
});

test('a saddle and a dome are named, with the kind of point where the gradient vanishes', async () => {
  show(<Curvature />, { formula: 'x^2 - y^2', start: [0, 0] });
  expect(await screen.findByText('Saddle.')).toBeVisible();
  expect(screen.getByText(/a saddle point/)).toBeVisible();
  cleanup();
  show(<Curvature />, { formula: '-x^2 - y^2', start: [1, 0] });
  expect(await screen.findByText('Dome.')).toBeVisible();
  expect(screen.getByText('Not a critical point: ‖∇f‖ = 2.')).toBeVisible();
});

test('one variable: the second derivative, and the rate that lands in the minimum', async () => {
  show(<Curvature />, { formula: '3x^2', start: [1] });
  expect(await screen.findByText(/f″ > 0/)).toBeVisible();
  expect(rows()).toHaveLength(1);
  expect(screen.getByText('1/λ').parentElement).toHaveTextContent('0.166667');
});

test('of fifty eigenvalues the lowest and highest stand there, and all when asked for', async () => {
  const user = userEvent.setup();
  show(<Curvature />, {
    formula: 'sum(i*x[i]^2, i=1..50)',
    start: Array.from({ length: 50 }, () => 1),
  });
  expect(await screen.findByText('Bowl.')).toBeVisible();
  expect(rows()).toHaveLength(12);
  expect(rows().at(-1)).toMatch(/λ₅₀100 ?1 x₅₀/);
  await user.click(screen.getByRole('button', { name: 'All 50 eigenvalues' }));
  expect(rows()).toHaveLength(50);
});

test('another method has no such limit, and momentum its own', async () => {
  show(<Curvature />, { runs: [{ method: 'adam', params: {} }] });
  expect(await screen.findByText(/Adam is not bound by 2\/λmax/)).toBeVisible();
  expect(screen.queryByText('|1 − αλ|')).toBeNull();
  act(() => useStore.getState().edit({ runs: [{ method: 'momentum', params: { momentum: 0.5 } }] }));
  // 2(1 + μ)/λ with λ = 2.
  expect(await screen.findByText(/for Momentum as it is set: 1\.5/)).toBeVisible();
});

test('the learning rate says which side of 2/λmax it is on, and its slider shows where', async () => {
  const user = userEvent.setup();
  show(<MethodPanel />, { formula: 'x^2 + 5y^2', start: [1, 1] });
  const rate = screen.getByRole('spinbutton', { name: 'Learning rate' });
  await screen.findByText('Stable: below 0.2 = 2/λmax at this point.');
  expect(rate).toHaveAccessibleDescription(/Stable/);
  await user.clear(rate);
  await user.type(rate, '0.21');
  expect(await screen.findByText('Unstable: above 0.2 = 2/λmax at this point.')).toBeVisible();
  const slider = document.querySelector<HTMLInputElement>('input.limited')!;
  // A share of the logarithmic way from 1e-5 to 10.
  expect(Number(slider.style.getPropertyValue('--limit'))).toBeCloseTo(Math.log10(0.2e5) / 6, 9);
});
