import type { Run } from '../../setup.ts';
import { useStore } from '../../store.ts';
import { useShown } from '../marks/useShown.ts';
import { useStudy } from '../useStudy.ts';
import { stabilityOf } from './stability.ts';

/** Where a parameter's slider turns from what holds to what does not. */
export interface Limit {
  readonly at: number;
  /** Which side the present value is on, in words. */
  readonly text: string;
  readonly beyond: boolean;
}

/**
 * The largest stable learning rate of a run at the current point, for a method whose steps are a fixed multiple of the
 * gradient. Asked while the curvature panel is open and the run is the one that is looked at.
 */
export function useRateLimit(run: Run): Limit | undefined {
  const isOpen = useShown('curvature', true);
  const isShown = useStore(({ setup, run: index }) => setup.runs[index] === run);
  const n = useStore(({ result }) => result?.variables.length ?? 0);
  const stability = stabilityOf(run);
  const { answer } = useStudy('curvature', isOpen && isShown && stability && n > 0 ? {} : undefined);
  if (!isOpen || !isShown || !stability || !answer || answer.n !== n) return undefined;
  const at = stability.limit(answer.eigenvalues[n - 1]!);
  if (!Number.isFinite(at)) return undefined;
  const beyond = stability.rate > at;
  const limit = Number(at.toPrecision(4));
  const name = `${limit}${stability.plain ? ` = 2/λ${n > 1 ? 'max' : ''}` : ''}`;
  return {
    at,
    beyond,
    text: beyond ? `Unstable: above ${name} at this point.` : `Stable: below ${name} at this point.`,
  };
}
