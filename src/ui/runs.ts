import { findMethod } from '../descent/methods/index.ts';
import { exactNumber } from '../plots/numbers.ts';
import type { Run } from '../setup.ts';

/** A method's name; where another run has the same method, with what was set for this one. */
export function runName(runs: readonly Run[], index: number): string {
  const run = runs[index];
  if (!run) return `Run ${index + 1}`;
  const method = findMethod(run.method);
  const label = method?.label ?? run.method;
  if (runs.filter((other) => other.method === run.method).length < 2) return label;
  const set = Object.entries(method?.params ?? {}).flatMap(([id, { default: usual }]) => {
    const differs = runs.some(
      (other) => other.method === run.method && (other.params[id] ?? usual) !== (run.params[id] ?? usual),
    );
    const value = run.params[id] ?? usual;
    return differs ? [`${id} ${typeof value === 'number' ? exactNumber(value) : value}`] : [];
  });
  if (set.length > 0) return `${label} (${set.join(', ')})`;
  return `${label} ${runs.slice(0, index + 1).filter((other) => other.method === run.method).length}`;
}
