// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { show } from '../../tests/show.tsx';
import { useStore } from '../store.ts';
import { Derivatives } from './Derivatives.tsx';
import { Playback } from './Playback.tsx';
import { StepStatus } from './StepStatus.tsx';
import { UpdateRule } from './UpdateRule.tsx';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const status = () => screen.getByRole('status', { name: 'Current step' });
const button = (name: string) => screen.getByRole('button', { name });
const numbers = (region: string) =>
  within(within(screen.getByRole('region', { name: region })).getByRole('table'))
    .getAllByRole('cell')
    .map((cell) => cell.textContent)
    .filter((text) => /^-?\d/.test(text ?? ''))
    .map(Number);

test('buttons, slider and keys move one step index', async () => {
  const user = userEvent.setup();
  show(
    <>
      <Playback />
      <StepStatus />
    </>,
  );
  expect(status()).toHaveTextContent(/^Step 0 of 50/);
  expect(button('First step')).toBeDisabled();
  await user.click(button('Step forward'));
  expect(status()).toHaveTextContent(/^Step 1 of 50 .*\(4, 2\.4\).*21\.76.*9\.32952/);
  fireEvent.change(screen.getByRole('slider', { name: 'Step' }), { target: { value: '10' } });
  expect(status()).toHaveTextContent(/^Step 10 of 50/);
  await user.click(document.body);
  await user.keyboard('{ArrowRight}');
  expect(status()).toHaveTextContent(/^Step 11 of 50/);
  await user.keyboard('{Home}');
  expect(status()).toHaveTextContent(/^Step 0 of 50/);
  await user.keyboard('{End}');
  expect(status()).toHaveTextContent(/^Step 50 of 50 .*\(7\.13624e-5, 4\.28174e-5\)/);
  expect(button('Last step')).toBeDisabled();
});

test('a key that the focused control uses itself does not step', async () => {
  const user = userEvent.setup();
  show(
    <>
      <input aria-label="Note" />
      <Playback />
      <StepStatus />
    </>,
  );
  await user.type(screen.getByRole('textbox', { name: 'Note' }), 'a b{ArrowLeft}{ArrowRight}{End}');
  expect(status()).toHaveTextContent(/^Step 0 of 50/);
  expect(useStore.getState().playing).toBe(false);
  button('Step forward').focus();
  await user.keyboard(' ');
  expect(status()).toHaveTextContent(/^Step 1 of 50/);
  expect(useStore.getState().playing).toBe(false);
});

test('playing takes so many steps a second, unspoken, and stops at the end', () => {
  vi.useFakeTimers();
  show(
    <>
      <Playback />
      <StepStatus />
    </>,
    { steps: 5 },
  );
  fireEvent.change(screen.getByRole('combobox', { name: 'Speed' }), { target: { value: '4' } });
  fireEvent.click(button('Play'));
  expect(status()).toHaveAttribute('aria-live', 'off');
  act(() => vi.advanceTimersByTime(500));
  expect(status()).toHaveTextContent(/^Step 2 of 5/);
  act(() => vi.advanceTimersByTime(5000));
  expect(status()).toHaveTextContent(/^Step 5 of 5/);
  expect(button('Play')).toBeEnabled();
  expect(status()).toHaveAttribute('aria-live', 'polite');
  fireEvent.click(button('Play'));
  expect(status()).toHaveTextContent(/^Step 0 of 5/);
});

test('a run that ends sooner counts the steps it took', () => {
  show(<StepStatus />, { runs: [{ method: 'gd', params: { lr: 0.5 } }] });
  // With rate ½ the first step lands in the minimum.
  expect(status()).toHaveTextContent(/^Step 0 of 1/);
});

test('the update rule has this step’s numbers in it, as in the lesson', () => {
  show(<UpdateRule />);
  act(() => useStore.getState().look(3));
  const rule = screen.getByRole('region', { name: 'Update rule' });
  expect(rule).toHaveTextContent('w₃ = w₂ − 0.1·∇f(w₂) = (3.2, 1.92) − 0.1·(6.4, 3.84) = (2.56, 1.536)');
  expect(rule).toHaveTextContent(
    'w₄ = w₃ − 0.1·∇f(w₃) = (2.56, 1.536) − 0.1·(5.12, 3.072) = (2.048, 1.2288)',
  );
});

test('gradient and Hessian stand in tables at the current step', () => {
  show(<Derivatives />, { formula: '(1-x)^2+100(y-x^2)^2', start: [-1.2, 1] });
  expect(screen.queryByRole('region', { name: 'Jacobian' })).toBeNull();
  expect(numbers('Gradient')).toEqual([-215.6, -88]);
  expect(numbers('Hessian')).toEqual([1330, 480, 480, 200]);
  act(() => useStore.getState().look(1));
  expect(numbers('Gradient')).not.toEqual([-215.6, -88]);
  const table = within(screen.getByRole('region', { name: 'Gradient' })).getByRole('table');
  expect(within(table).getByRole('columnheader', { name: '∂f/∂x' })).toBeVisible();
});

test('a vector function shows its Jacobian, a row for each output', () => {
  show(<Derivatives />, { formula: '[x1 x2, x1 + x2^2]', start: [2, 1] });
  expect(numbers('Jacobian')).toEqual([1, 2, 1, 2]);
  // Jᵀ·F with F = (2, 3).
  expect(numbers('Gradient')).toEqual([5, 10]);
  const table = within(screen.getByRole('region', { name: 'Jacobian' })).getByRole('table');
  expect(
    within(table)
      .getAllByRole('rowheader')
      .map((cell) => cell.textContent),
  ).toEqual(['F₁', 'F₂']);
});
