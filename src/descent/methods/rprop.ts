import type { Method } from '../method.ts';
import { advanced, amount, fraction, positive, rate, stochastic } from '../params.ts';

type State = { size: Float64Array; previous: Float64Array };

const params = {
  lr: rate(0.01, '\\Delta_0', 'First step'),
  etaMinus: fraction('Shrink factor', '\\eta^-', 0.5),
  etaPlus: { ...amount('Growth factor', '\\eta^+', 1.2, 2), min: 1, limits: [1, Number.MAX_VALUE] as const },
  stepMin: advanced(positive('Smallest step', '\\Delta_{\\min}', 1e-6, 1e-12, 1)),
  stepMax: advanced(positive('Largest step', '\\Delta_{\\max}', 50, 1e-3, 1000)),
  ...stochastic,
};

export const rprop = {
  id: 'rprop',
  label: 'Rprop',
  source: 'Riedmiller & Braun 1993, ICNN, p. 586; Igel & Hüsken 2000 (iRprop−); torch.optim.Rprop',
  needs: 'gradient',
  params,
  rule: {
    state: { size: '\\Delta', previous: '\\tilde g' },
    lines: () => [
      '@size = \\operatorname{clamp}(@size_ * \\begin{cases} @etaPlus & @previous_ * @g > 0 \\\\ @etaMinus & @previous_ * @g < 0 \\\\ 1 & \\text{otherwise} \\end{cases},\\ @stepMin,\\ @stepMax)',
      '@previous = \\begin{cases} 0 & @previous_ * @g < 0 \\\\ @g & \\text{otherwise} \\end{cases}',
      '@next = @x - \\operatorname{sign}(@previous) * @size',
    ],
    drawn: { rates: 'size' },
  },
  start: ({ n }, _at, { lr }) => ({ size: new Float64Array(n).fill(lr), previous: new Float64Array(n) }),
  step(_problem, { x, gradient }, { size, previous }, params, next) {
    const { etaMinus, etaPlus, stepMin, stepMax } = params;
    for (let i = 0; i < x.length; i++) {
      const sign = Math.sign(gradient[i]!) * Math.sign(previous[i]!);
      const factor = sign > 0 ? etaPlus : sign < 0 ? etaMinus : 1;
      const s = Math.min(Math.max(size[i]! * factor, stepMin), stepMax);
      const g = sign < 0 ? 0 : gradient[i]!;
      size[i] = s;
      previous[i] = g;
      next.x[i] = x[i]! - Math.sign(g) * s;
    }
    return undefined;
  },
} satisfies Method<State, keyof typeof params>;
