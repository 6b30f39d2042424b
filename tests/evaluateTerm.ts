import { functions } from '../src/math/functions.ts';
import type { Settled } from '../src/math/term.ts';

const COMPARE = {
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
  '==': (a: number, b: number) => a === b,
  '!=': (a: number, b: number) => a !== b,
};

/** The value of a displayed term in doubles, straight from its meaning: only tests evaluate what is shown. */
export const evaluateTerm = (
  term: Settled,
  at: ReadonlyMap<string, number>,
  known = new Map<Settled, number>(),
): number => {
  const value = (inner: Settled): number => evaluateTerm(inner, at, known);
  const before = known.get(term);
  if (before !== undefined) return before;
  const compute = (): number => {
    switch (term.kind) {
      case 'number':
        return Number(term.value.n) / Number(term.value.d);
      case 'symbol':
        if (term.role === 'index') return at.get(`#${term.name}`)!;
        if (term.role !== 'constant') return at.get(term.name)!;
        return term.name === 'pi' ? Math.PI : Math.E;
      case 'sum':
        return term.items.reduce((sum, [c, inner]) => sum + (Number(c.n) / Number(c.d)) * value(inner), 0);
      case 'product':
        return term.factors.reduce(
          (product, [base, exponent]) => product * value(base) ** value(exponent),
          Number(term.coefficient.n) / Number(term.coefficient.d),
        );
      case 'call':
        return functions.get(term.name)!.value(...term.args.map(value));
      case 'select':
        return value(term.args[value(term.args[0]!) ? 1 : 2]!);
      case 'entry':
        return value(term.list[value(term.args[0]!) - 1]!);
      case 'numbered':
        return at.get(term.named(term.args.map(value)))!;
      case 'series': {
        const { name, index, first, last, args } = term;
        let result = name === 'sum' ? 0 : 1;
        for (let k = first; k <= last; k++) {
          const one = evaluateTerm(args[0]!, new Map([...at, [`#${index.name}`, k]]));
          result = name === 'sum' ? result + one : result * one;
        }
        return result;
      }
      case 'compare':
        return Number(COMPARE[term.name](value(term.args[0]!), value(term.args[1]!)));
      case 'logic': {
        const sides = term.args.map((arg) => value(arg) !== 0);
        if (term.name === 'not') return Number(!sides[0]);
        return Number(term.name === 'and' ? sides.every(Boolean) : sides.some(Boolean));
      }
    }
  };
  const result = compute();
  known.set(term, result);
  return result;
};
