import './convergence.css';
import { lookOf } from '../../plots/looks.ts';
import { formatNumber } from '../../plots/numbers.ts';
import { useStore } from '../../store.ts';
import { LineKey } from '../Marker.tsx';
import { runName } from '../runs.ts';
import { Scroll } from '../Scroll.tsx';
import { distanceToMinimum } from './convergence.ts';

const counts = [
  ['value', 'f'],
  ['gradient', '∇f'],
  ['hessian', 'Hessian'],
  ['jacobian', 'Jacobian'],
] as const;

/** How each run ended, and what it cost. */
export default function Outcomes() {
  const result = useStore((state) => state.result);
  if (!result) return null;
  const { paths, setup, minima, scalar } = result;
  const kinds = counts.filter(([kind]) => kind !== 'jacobian' || !scalar);
  const distances = paths.map((path) => distanceToMinimum(path, minima, setup));
  const knowsMinima = distances.some((distance) => distance !== undefined);
  return (
    <Scroll label="Outcome of each run">
      <table className="outcomes">
        <caption>
          What each run came to, and what it asked for. Memory: numbers that the method keeps between steps.
        </caption>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Outcome</th>
            <th scope="col" className="number">
              Steps
            </th>
            {kinds.map(([kind, label]) => (
              <th key={kind} scope="col" className="number">
                {label}
              </th>
            ))}
            <th scope="col" className="number">
              Memory
            </th>
            <th scope="col" className="number">
              Final {scalar ? 'f' : 'φ'}
            </th>
            {knowsMinima && (
              <th scope="col" className="number">
                To the minimum
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {paths.map((path, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a run is known by its place alone
            <tr key={index}>
              <th scope="row">
                {paths.length > 1 && <LineKey {...lookOf(index)} />} {runName(setup.runs, index)}
              </th>
              <td>
                {path.outcome}. {path.reason}
              </td>
              <td className="number">{path.length - 1}</td>
              {kinds.map(([kind]) => (
                <td key={kind} className="number">
                  {path.evaluations[kind]}
                </td>
              ))}
              <td className="number">{path.memory}</td>
              <td className="number">{formatNumber(path.f[path.length - 1] ?? Number.NaN)}</td>
              {knowsMinima && <td className="number">{formatNumber(distances[index] ?? Number.NaN, 4)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
