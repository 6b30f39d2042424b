import './race.css';
import { lookOf } from '../plots/looks.ts';
import { byEvaluations, spentAt } from '../race.ts';
import { useStore } from '../store.ts';
import { LineKey } from './Marker.tsx';
import { runName } from './runs.ts';

/** Of several runs: whose numbers are shown, and what the race is counted by. */
export function Race() {
  const { select, edit } = useStore.getState();
  const runs = useStore((state) => state.setup.runs);
  const clock = useStore((state) => state.setup.clock);
  const run = useStore((state) => state.run);
  const told = useStore(({ result, run, step }) => {
    if (!result || !byEvaluations(result)) return undefined;
    return spentAt(result, run, step);
  });
  if (runs.length < 2) return null;
  return (
    <div className="race">
      <fieldset className="race-choice">
        <legend>Numbers shown of</legend>
        {runs.map((_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a run is known by its place alone
          <label key={index}>
            <input type="radio" name="shown-run" checked={index === run} onChange={() => select(index)} />
            <LineKey {...lookOf(index)} />
            <span>{runName(runs, index)}</span>
          </label>
        ))}
      </fieldset>
      <label className="race-clock">
        <span>Race by</span>
        <select
          value={clock}
          onChange={(event) =>
            edit({ clock: event.currentTarget.value === 'steps' ? 'steps' : 'evaluations' })
          }
        >
          <option value="evaluations">evaluations</option>
          <option value="steps">steps</option>
        </select>
      </label>
      <p className="note race-note">
        {told === undefined
          ? 'Every run stands at the same number of steps, whatever they cost.'
          : `After ${told} evaluation${told === 1 ? '' : 's'} of f or its derivatives each: the buttons move the chosen run, the others stand where as many have brought them.`}
      </p>
    </div>
  );
}
