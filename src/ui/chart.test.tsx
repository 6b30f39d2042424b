// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { Chart } from './Chart.tsx';

afterEach(cleanup);

const line = { name: 'f', color: 'red', x: [0, 1, 2, 4], y: [100, 1, 0, 0.01] };

function show(choose?: Parameters<typeof Chart>[0]['choose']) {
  render(
    <Chart
      title="How f falls"
      sentence="f falls from 100 to 0.01."
      table={() => ({
        caption: 'f by step',
        head: ['Step', 'f'],
        rows: line.x.map((x, i) => [x, line.y[i]!]),
      })}
      x={{ label: 'Step', whole: true }}
      y={{ label: 'f', scale: 'log' }}
      lines={[line]}
      rules={[{ axis: 'y', at: 0.1, label: 'tol' }]}
      {...(choose && { choose })}
    />,
  );
}

test('a chart is a picture with a name, a sentence and a table that holds its numbers', async () => {
  const user = userEvent.setup();
  show();
  const picture = screen.getByRole('img', { name: 'How f falls' });
  expect(picture).toHaveAccessibleDescription('f falls from 100 to 0.01.');
  expect(screen.queryByRole('table')).toBeNull();
  await user.click(screen.getByText('As a table'));
  const table = screen.getByRole('table', { name: 'f by step' });
  expect(
    within(table)
      .getAllByRole('row')
      .map((row) => row.textContent),
  ).toEqual(['Stepf', '0100', '11', '20', '40.01']);
});

test('a line breaks where a logarithmic axis cannot show it, and a lone value still has a dot', () => {
  show();
  const path = document.querySelector('.chart-line path')?.getAttribute('d') ?? '';
  expect(path.match(/M/g)).toHaveLength(2);
  expect(path).toMatch(/h0\.1$/);
  expect(path).not.toContain('NaN');
});

test('a place is chosen by keyboard among the stops, and by a click', async () => {
  const user = userEvent.setup();
  const onChoose = vi.fn();
  show({ name: 'Place', stops: line.x, at: 2, text: (at) => `at ${at}`, onChoose });
  const slider = screen.getByRole('slider', { name: 'Place' });
  expect(slider).toHaveAttribute('aria-valuetext', 'at 2');
  slider.focus();
  await user.keyboard('{ArrowRight}{ArrowLeft}{Home}{End}x');
  expect(onChoose.mock.calls.flat()).toEqual([4, 1, 0, 4]);
  slider.getBoundingClientRect = () => ({ left: 0, top: 0, width: 400, height: 100 }) as DOMRect;
  await user.pointer({ target: slider, coords: { clientX: 130, clientY: 5 }, keys: '[MouseLeft]' });
  expect(onChoose).toHaveBeenLastCalledWith(1);
});

test('the read-out names the place and every line there', async () => {
  const user = userEvent.setup();
  show();
  const area = document.querySelector('.chart-area')!;
  area.getBoundingClientRect = () => ({ left: 0, top: 0, width: 400, height: 100 }) as DOMRect;
  await user.pointer({ target: area, coords: { clientX: 390, clientY: 5 } });
  expect(document.querySelector('.chart-readout')).toHaveTextContent('Step 4');
  expect(document.querySelector('.chart-readout')).toHaveTextContent('f: 0.01');
});
