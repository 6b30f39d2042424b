import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Result } from '../../worker/protocol.ts';

/** A part of the page that folds away. Its code is loaded, and its question asked, when it is first opened. */
export interface Panel {
  /** Names it in storage and in a link's `hide`. */
  readonly id: string;
  /** The region's accessible name. */
  readonly title: string;
  /** Beside the plot, with the numbers of the present step, or beneath the plot, where it is wide. */
  readonly where: 'beside' | 'beneath';
  /** Whether it is open until the person closes it. */
  readonly open: boolean;
  suits(result: Result): boolean;
  readonly component: LazyExoticComponent<ComponentType>;
}

export const panel = (
  id: string,
  title: string,
  where: Panel['where'],
  load: () => Promise<{ default: ComponentType }>,
  { open = false, suits = () => true }: Partial<Pick<Panel, 'open' | 'suits'>> = {},
): Panel => ({ id, title, where, open, suits, component: lazy(load) });

const hasVariables = ({ variables }: Result): boolean => variables.length > 0;

/** Whether a line may name a part that depends on the variables: more lines have a name than parameters and lists. */
const namesParts = ({ setup, parameters }: Result): boolean => {
  const named = setup.formula
    .split(/[\n;]/)
    .slice(0, -1)
    .filter((line) => /^\s*[\p{L}][\p{L}\p{N}_]*\s*=(?!=)(?!\s*\[+[\s\d.,+\-e[\]]*$)/u.test(line));
  return named.length > parameters.length;
};

/** All panels, in the order of the page: a panel is one file and one line. */
export const panels: readonly Panel[] = [
  panel('convergence', 'Convergence', 'beneath', () => import('./Convergence.tsx'), {
    open: true,
    suits: hasVariables,
  }),
  panel('outcomes', 'Outcomes', 'beneath', () => import('./Outcomes.tsx'), {
    open: true,
    suits: hasVariables,
  }),
  panel('curvature', 'Curvature', 'beside', () => import('./Curvature.tsx'), {
    open: true,
    suits: hasVariables,
  }),
  panel('landmarks', 'Landmarks', 'beside', () => import('./Landmarks.tsx'), {
    suits: ({ variables }) => variables.length === 2,
  }),
  panel('local-models', 'Local models', 'beneath', () => import('./LocalModels.tsx'), {
    suits: hasVariables,
  }),
  panel('map', 'Map', 'beneath', () => import('./Map.tsx'), {
    suits: ({ scalar, variables, outputs }) =>
      !scalar && variables.length >= 1 && variables.length <= 2 && outputs >= 2 && outputs <= 3,
  }),
  panel('line-search', 'Line search', 'beneath', () => import('./LineSearch.tsx'), { suits: hasVariables }),
  panel('sweep', 'Learning-rate sweep', 'beneath', () => import('./Sweep.tsx'), { suits: hasVariables }),
  panel('cost', 'What a Hessian costs', 'beneath', () => import('./Cost.tsx'), { suits: hasVariables }),
  panel('chain', 'Chain rule', 'beneath', () => import('./Chain.tsx'), { suits: namesParts }),
  panel('gauss-newton', 'Gauss–Newton', 'beside', () => import('./GaussNewton.tsx'), {
    suits: ({ scalar, variables }) => !scalar && variables.length > 0,
  }),
  panel('coordinates', 'Coordinates', 'beneath', () => import('./Coordinates.tsx'), { suits: hasVariables }),
];
