import { displayName } from '../plots/names.ts';
import { useStore } from '../store.ts';
import { NumberField } from './NumberField.tsx';

/** The parameters of the formula (`a = 2`), each with its slider. */
export function SliderPanel() {
  const { edit } = useStore.getState();
  const parameters = useStore((state) => state.result?.parameters);
  const sliders = useStore((state) => state.setup.sliders);
  if (!parameters?.length) return null;
  return (
    <fieldset className="sliders">
      <legend>Parameters of the function</legend>
      {parameters.map(({ name, value }) => {
        const now = sliders[name] ?? value;
        const reach = slideTo(value);
        return (
          <NumberField
            key={name}
            label={displayName(name)}
            value={now}
            min={Math.min(-reach, now)}
            max={Math.max(reach, now)}
            limits={[-1e100, 1e100]}
            scale="linear"
            onChange={(next, live) => edit({ sliders: { ...sliders, [name]: next } }, { live })}
          />
        );
      })}
    </fieldset>
  );
}

/** Ten, or twice the given value, rounded up to one digit. */
function slideTo(value: number): number {
  const twice = 2 * Math.abs(value);
  if (twice <= 10) return 10;
  const unit = 10 ** Math.floor(Math.log10(twice));
  return Math.ceil(twice / unit) * unit;
}
