import { useRef, useState } from 'react';
import type { Mistake } from '../descent/problem.ts';
import { texArguments, texName } from '../plots/names.ts';
import { useStore } from '../store.ts';
import { Scroll } from './Scroll.tsx';
import { Tex } from './tex.tsx';

/** A pause in typing (ms) after which what stands there is one entry of the history. */
const typingPause = 1200;

/** The text of the function, with the place of a mistake marked, and beneath it how the text was understood. */
export function FormulaField() {
  const formula = useStore((state) => state.setup.formula);
  const mistake = useStore((state) => state.mistakes.find(({ where }) => where === 'formula')?.mistake);
  const { edit } = useStore.getState();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [scroll, setScroll] = useState(0);

  const type = (text: string) => {
    const patch = { formula: text, x: undefined, y: undefined, axes: undefined };
    edit(patch, { live: true });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => finish(), typingPause);
  };
  const finish = () => {
    clearTimeout(timer.current);
    const { setup } = useStore.getState();
    edit({ formula: setup.formula, x: setup.x, y: setup.y, axes: setup.axes });
  };

  return (
    <div className="formula-field">
      <label htmlFor="formula">Function</label>
      <div className={mistake ? 'editor wrong' : 'editor'}>
        <div className="underlay" aria-hidden="true">
          <div style={{ transform: `translateY(${-scroll}px)` }}>
            <Marked text={formula} mistake={mistake} />
          </div>
        </div>
        <textarea
          id="formula"
          rows={2}
          value={formula}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          aria-invalid={mistake !== undefined}
          aria-describedby={mistake ? 'formula-mistake' : undefined}
          onChange={(event) => type(event.currentTarget.value)}
          onBlur={finish}
          onScroll={(event) => setScroll(event.currentTarget.scrollTop)}
        />
      </div>
      {mistake && (
        <p id="formula-mistake" className="mistake" role="alert">
          {mistake.message}
        </p>
      )}
      <Reading />
    </div>
  );
}

/** The same text again, unseen, so that its letters lie exactly under those that are typed. */
function Marked({ text, mistake }: { readonly text: string; readonly mistake: Mistake | undefined }) {
  if (!mistake) return null;
  const from = Math.min(mistake.from, text.length);
  const to = Math.max(Math.min(mistake.to, text.length), from);
  return (
    <>
      {text.slice(0, from)}
      <mark>{text.slice(from, to) || ' '}</mark>
      {text.slice(to)}
    </>
  );
}

/** How the text was read, typeset. Stays while the text holds a mistake, greyed. */
function Reading() {
  const result = useStore((state) => state.result);
  const wrong = useStore((state) => state.mistakes.some(({ where }) => where === 'formula'));
  if (!result) return null;
  const { variables, scalar, formulas, parameters } = result;
  const head = (scalar ? 'f' : 'F') + texArguments(variables);
  const body = scalar
    ? formulas.value.tex
    : `\\begin{pmatrix} ${formulas.residual.map(({ tex }) => tex).join(' \\\\[3pt] ')} \\end{pmatrix}`;
  return (
    <Scroll className={wrong ? 'reading stale' : 'reading'} label="Wide formula">
      <Tex display tex={`${head} = ${body}`} text={formulas.value.text} />
      {parameters.length > 0 && (
        <Tex tex={parameters.map(({ name, value }) => `${texName(name)} = ${value}`).join(',\\quad ')} />
      )}
    </Scroll>
  );
}
