// @vitest-environment jsdom
import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { show } from '../../tests/show.tsx';
import { useStore } from '../store.ts';
import { useStudy } from './useStudy.ts';

afterEach(cleanup);

function Panel() {
  const { answer, state, of, reason } = useStudy('curvature', {});
  return (
    <p role="note">
      {state} {of?.step} {answer && [...answer.eigenvalues].join(' ')} {reason}
    </p>
  );
}

test('a component has the eigenvalues at the current point, and new ones after a step', async () => {
  show(<Panel />, { formula: 'x^4 + y^2', start: [1, 1], runs: [{ method: 'gd', params: { lr: 0.25 } }] });
  // ∂²f/∂x² = 12x², and 1 − 0.25·4 = 0.
  expect(await screen.findByText(/ready 0 2 12/)).toBeVisible();
  act(() => useStore.getState().look(1));
  expect(await screen.findByText(/ready 1 0 2/)).toBeVisible();
});

test('where a question makes no sense there is a sentence', async () => {
  show(<Panel />, { formula: '3' });
  expect(await screen.findByText(/failed .*A constant has no curvature/)).toBeVisible();
});
