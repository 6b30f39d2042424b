import { displayName } from '../plots/names.ts';
import { formatNumber } from '../plots/numbers.ts';
import { distanceFromPlane } from '../plots/plane.ts';
import { pointOf, useStore } from '../store.ts';

const principal = 'principal';

/** For more than two variables: which plane is drawn, where it lies, and how far from it the point is. */
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
  const isPrincipal = field.plane !== undefined;
  const others = variables.flatMap((name, index) =>
    axes.includes(index) ? [] : [`${displayName(name)} = ${formatNumber(field.at[index] ?? 0, 4)}`],
  );
  return (
    <div className="plane">
      {!isPrincipal &&
        (['Horizontal axis', 'Vertical axis'] as const).map((label, side) => (
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
      <button
        type="button"
        className="toggle"
        aria-pressed={isPrincipal}
        title="The plane of the two directions in which the path spreads most"
        onClick={() => edit({ axes: isPrincipal ? undefined : principal, x: undefined, y: undefined })}
      >
        Path’s plane
      </button>
      <span className="note">
        {isPrincipal
          ? `The two directions in which the path spreads most hold ${percent(field.plane?.share ?? 1)} of its spread.`
          : `The plane where ${others.slice(0, 3).join(', ')}${others.length > 3 ? ' …' : ''}.`}{' '}
        <Distance />
      </span>
    </div>
  );
}

/** Of the current point from the plane; it follows the step before the plane does. */
function Distance() {
  const text = useStore((state) => {
    const point = pointOf(state, state.run);
    const distance = state.result && point ? distanceFromPlane(state.result, point) : 0;
    const size = Math.max(1, ...(point?.map(Math.abs) ?? []));
    return distance <= 1e-9 * size ? 'lies in it' : `is ${formatNumber(distance, 3)} away from it`;
  });
  return <>The path is seen from above it; the current point {text}.</>;
}

const percent = (share: number): string => `${formatNumber(100 * share, share > 0.999 ? 5 : 3)} %`;
