import type { ComponentType } from 'react';
import type { Plot } from '../../plots/plot.ts';
import type { Result } from '../../worker/protocol.ts';
import type { Projection } from '../projection.ts';
import { CurvatureMark } from './CurvatureMark.tsx';
import { InnerState } from './InnerState.tsx';
import { Landmarks } from './Landmarks.tsx';
import { LocalModels } from './LocalModels.tsx';
import { Tangent } from './Tangent.tsx';

export interface MarkProps {
  readonly result: Result;
  readonly plot: Plot;
  readonly projection: Projection;
  readonly step: number;
  /** The run that is looked at. */
  readonly run: number;
}

/**
 * What panels draw over the plot, as SVG in pixels of the plot area, from the lowest to the highest: a mark is one file
 * and one line. Each returns null while its panel is closed or its switch is off (`useIsOpen`).
 */
export const marks: readonly { readonly id: string; readonly component: ComponentType<MarkProps> }[] = [
  { id: 'tangent', component: Tangent },
  { id: 'local-models', component: LocalModels },
  { id: 'landmarks', component: Landmarks },
  { id: 'curvature', component: CurvatureMark },
  { id: 'inner-state', component: InnerState },
];
