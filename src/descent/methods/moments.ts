import type { Derived, Moment, Parameter } from '../method.ts';
import { advanced, BELOW_ONE, eps, fraction, rate, schedule, stochastic, weightDecay } from '../params.ts';

/** The averages of the gradient and of its square that Adam and its kin keep. */
export type Moments = {
  m: Float64Array;
  v: Float64Array;
  /** β₁ᵗ and β₂ᵗ: a product at each step costs a tenth of a power. */
  power1: number;
  power2: number;
};

export const startMoments = (n: number): Moments => ({
  m: new Float64Array(n),
  v: new Float64Array(n),
  power1: 1,
  power2: 1,
});

const average = (parameter: Parameter): Parameter => ({ ...parameter, limits: [0, BELOW_ONE] });

/** Parameters of Adam and its kin, as torch.optim has them. */
export const momentParams = (lr: number, decay = 0) => ({
  lr: rate(lr),
  beta1: average(fraction('Averaging of gradients β₁', '\\beta_1', 0.9)),
  beta2: average(fraction('Averaging of squares β₂', '\\beta_2', 0.999)),
  eps: advanced(eps(1e-8)),
  weightDecay: decay === 0 ? advanced(weightDecay(0)) : weightDecay(decay),
  ...schedule,
  ...stochastic,
});

type Corrected = Derived<Moments, 'beta1' | 'beta2'>;

/** The averages corrected for their beginning at 0. */
export const corrected: Readonly<Record<'mHat' | 'vHat', Corrected>> = {
  mHat: {
    tex: '\\hat m_t',
    of: ({ t, after, params }: Moment<Moments, 'beta1' | 'beta2'>) =>
      after.m.map((m) => m / (1 - params.beta1 ** t)),
  },
  vHat: {
    tex: '\\hat v_t',
    of: ({ t, after, params }: Moment<Moments, 'beta1' | 'beta2'>) =>
      after.v.map((v) => v / (1 - params.beta2 ** t)),
  },
};

/** The lines of the averages, for a gradient of the given name. */
export const momentLines = (g: string): string[] => [
  `@m = @beta1 * @m_ + (1 - @beta1) * ${g}`,
  `@v = @beta2 * @v_ + (1 - @beta2) * ${g}^2`,
];

export const M_HAT = '@mHat = \\frac{@m}{1 - @beta1^{@t}}';
export const V_HAT = '@vHat = \\frac{@v}{1 - @beta2^{@t}}';
