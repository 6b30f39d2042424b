import { displayName } from '../plots/names.ts';
import { formatNumber } from '../plots/numbers.ts';
import { useStore } from '../store.ts';

/** For more than two variables: which two are on the axes, and where the others stand. */
export function PlaneTools() {
  const { edit } = useStore.getState();
  const result = useStore((state) => state.result);
  if (!result || result.variables.length < 3) return null;
  const { variables, axes, field } = result;
  const choose = (side: 0 | 1, index: number) => {
    const next: [number, number] = [...axes];
    // The two change places if one is chosen for the other's axis.
    if (next[1 - side] === index) next[1 - side] = axes[side];
    next[side] = index;
    edit({ axes: [variables[next[0]]!, variables[next[1]]!], x: undefined, y: undefined });
  };
  const others = variables.flatMap((name, index) =>
    axes.includes(index) ? [] : [`${displayName(name)} = ${formatNumber(field.at[index] ?? 0, 4)}`],
  );
  return (
    <div className="plane">
      {(['Horizontal axis', 'Vertical axis'] as const).map((label, side) => (
        <label key={label}>
          <span>{side === 0 ? '→' : '↑'}</span>
          <select
            aria-label={label}
            value={axes[side]}
            onChange={(event) => choose(side as 0 | 1, Number(event.currentTarget.value))}
          >
            {variables.map((name, index) => (
              <option key={name} value={index}>
                {displayName(name)}
              </option>
            ))}
          </select>
        </label>
      ))}
      <span className="note">
        The plane where {others.slice(0, 3).join(', ')}
        {others.length > 3 && ' …'}; the path is seen from above it.
      </span>
    </div>
  );
}
