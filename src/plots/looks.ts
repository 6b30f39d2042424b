/** Shapes that are told apart without colour, at 8 pixels too. */
export type MarkerShape = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'plus';

/** How a run looks everywhere, besides its colour: no two are alike in dash or mark. */
export interface Look {
  readonly color: string;
  /** `stroke-dasharray`, in pixels; Plotly's too. Undefined: solid. */
  readonly dash: string | undefined;
  readonly marker: MarkerShape;
}

export const looks: readonly Look[] = [
  { color: 'var(--run-1)', dash: undefined, marker: 'circle' },
  { color: 'var(--run-2)', dash: '9px,4px', marker: 'square' },
  { color: 'var(--run-3)', dash: '2px,4px', marker: 'triangle' },
  { color: 'var(--run-4)', dash: '9px,4px,2px,4px', marker: 'diamond' },
  { color: 'var(--run-5)', dash: '15px,5px', marker: 'cross' },
  { color: 'var(--run-6)', dash: '5px,3px', marker: 'plus' },
];

export const lookOf = (run: number): Look => looks[run % looks.length]!;
