import { groups, patchOf, presetOf, presets } from '../presets.ts';
import { useStore } from '../store.ts';

/** The menu of examples; beneath it, what to notice in the one that is open. */
export function Examples() {
  const { edit, look } = useStore.getState();
  const formula = useStore((state) => state.setup.formula);
  const preset = presetOf(formula);
  const open = (id: string) => {
    const chosen = presets.find((each) => each.id === id);
    if (!chosen) return;
    edit(patchOf(chosen));
    look(0);
  };
  return (
    <div className="examples">
      <label htmlFor="examples">Examples</label>
      <select id="examples" value={preset?.id ?? ''} onChange={(event) => open(event.currentTarget.value)}>
        <option value="" disabled>
          Choose…
        </option>
        {groups.map((group) => (
          <optgroup key={group} label={group}>
            {presets
              .filter((each) => each.group === group)
              .map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

/** What to notice in the example that is open. */
export function Notice() {
  const preset = presetOf(useStore((state) => state.setup.formula));
  if (!preset) return null;
  return (
    <p className="notice">
      <strong>Notice.</strong> {preset.notice}
    </p>
  );
}
