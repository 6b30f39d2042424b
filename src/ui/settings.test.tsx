// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { show } from '../../tests/show.tsx';
import { useStore } from '../store.ts';
import { Examples } from './Examples.tsx';
import { FormulaField } from './FormulaField.tsx';
import { MethodPanel } from './MethodPanel.tsx';
import { SliderPanel } from './SliderPanel.tsx';
import { StartField } from './StartField.tsx';

afterEach(cleanup);

const said = () => useStore.getState().setup;

test('what is typed becomes the function, and its mistake is named, described and marked', async () => {
  const user = userEvent.setup();
  show(<FormulaField />);
  const field = screen.getByRole('textbox', { name: 'Function' });
  await user.clear(field);
  await user.paste('w1^2 + sine(w2)');
  expect(field).toHaveValue('w1^2 + sine(w2)');
  expect(field).toBeInvalid();
  const alert = screen.getByRole('alert');
  expect(alert).toHaveTextContent('sine');
  expect(field).toHaveAccessibleDescription(alert.textContent ?? '');
  expect(document.querySelector('mark')).toHaveTextContent('sine');
  expect(useStore.getState().result?.setup.formula).not.toContain('sine');

  await user.clear(field);
  await user.paste('w1^2 + sin(w2)');
  expect(screen.queryByRole('alert')).toBeNull();
  expect(field).toBeValid();
});

test('another function gets a window of its own', async () => {
  const user = userEvent.setup();
  show(<FormulaField />, { x: [-1, 1], y: [-1, 1] });
  await user.type(screen.getByRole('textbox', { name: 'Function' }), '+1');
  expect(said().x).toBeUndefined();
});

test('the start is read in brackets or without, and keeps what makes no sense yet', async () => {
  const user = userEvent.setup();
  show(<StartField />);
  const field = screen.getByRole('textbox', { name: 'Starting point' });
  expect(field).toHaveValue('5, 3');
  await user.clear(field);
  await user.type(field, '(1, -2)');
  expect(said().start).toEqual([1, -2]);
  await user.clear(field);
  await user.type(field, '1, two');
  expect(screen.getByRole('alert')).toHaveTextContent('2 numbers separated by commas');
  expect(field).toHaveValue('1, two');
  expect(field).toBeInvalid();
  await user.clear(field);
  await user.type(field, '1, 2, 3');
  expect(screen.getByRole('alert')).toHaveTextContent('3 numbers');
});

test('a rate is typed, moved by arrow keys, and refused in a sentence', async () => {
  const user = userEvent.setup();
  show(<MethodPanel />);
  const rate = screen.getByRole('spinbutton', { name: 'Learning rate' });
  expect(rate).toHaveValue('0.1');
  await user.clear(rate);
  await user.type(rate, '0.25');
  expect(said().runs[0]?.params.lr).toBe(0.25);
  await user.clear(rate);
  await user.type(rate, 'fast');
  expect(screen.getByRole('alert')).toHaveTextContent('Learning rate must be a number');
  expect(rate).toHaveAccessibleDescription(/must be a number/);
  expect(said().runs[0]?.params.lr).toBe(0.25);
  await user.keyboard('{ArrowUp}');
  expect(said().runs[0]?.params.lr).toBe(0.26);
  await user.keyboard('{ArrowDown}{ArrowDown}');
  expect(said().runs[0]?.params.lr).toBe(0.24);
});

test('another method brings its own parameters', async () => {
  const user = userEvent.setup();
  show(<MethodPanel />);
  expect(screen.queryByRole('spinbutton', { name: 'Momentum' })).toBeNull();
  await user.selectOptions(screen.getByRole('combobox', { name: 'Method' }), 'momentum');
  const momentum = screen.getByRole('spinbutton', { name: 'Momentum' });
  expect(momentum).toHaveValue('0.9');
  await user.clear(momentum);
  await user.type(momentum, '0.5');
  expect(said().runs).toEqual([{ method: 'momentum', params: { momentum: 0.5 } }]);
});

test('rarely changed parameters are folded away', async () => {
  const user = userEvent.setup();
  show(<MethodPanel />);
  expect(screen.queryByRole('combobox', { name: 'Schedule' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'More settings' }));
  expect(screen.getByRole('combobox', { name: 'Schedule' })).toBeVisible();
});

test('the number of steps is a whole number', async () => {
  const user = userEvent.setup();
  show(<MethodPanel />);
  const steps = screen.getByRole('spinbutton', { name: 'Steps' });
  await user.clear(steps);
  await user.type(steps, '12.5');
  expect(screen.getByRole('alert')).toHaveTextContent('whole number');
  await user.clear(steps);
  await user.type(steps, '7');
  expect(said().steps).toBe(7);
  expect(useStore.getState().result?.paths[0]?.length).toBe(8);
});

test('a parameter of the formula has its slider', async () => {
  const user = userEvent.setup();
  show(<SliderPanel />, { formula: 'a = 2\na x^2 + y^2', start: [1, 1] });
  const field = screen.getByRole('spinbutton', { name: 'a' });
  expect(field).toHaveValue('2');
  await user.clear(field);
  await user.type(field, '3');
  expect(said().sliders).toEqual({ a: 3 });
  // ∂f/∂x = 2ax at (1, 1).
  expect(useStore.getState().result?.paths[0]?.gradient[0]).toBe(6);
});

test('the menu opens an example with its start and method', async () => {
  const user = userEvent.setup();
  show(<Examples />);
  const menu = screen.getByRole('combobox', { name: 'Examples' });
  await user.selectOptions(menu, screen.getByRole('option', { name: 'Himmelblau' }));
  expect(said().formula).toContain('11');
  expect(menu).toHaveDisplayValue('Himmelblau');
});
