import { memo, useEffect, useRef, useState } from 'react';

type Katex = typeof import('katex').default;

let katex: Katex | undefined;
const loading = Promise.all([import('katex'), import('katex/dist/katex.min.css')]).then(([module]) => {
  katex = module.default;
  return module.default;
});

/** Beyond this many characters typesetting would hold up the page (about 40 ms); the text is shown instead. */
const longest = 12_000;

interface TexProps {
  readonly tex: string;
  /** What is shown until the typesetter is there, and instead of what is too long for it. */
  readonly text?: string;
  readonly display?: boolean;
}

/** A formula, typeset. Colours come from the page's own classes: `\htmlClass{gradient}{…}`. */
export const Tex = memo(function Tex({ tex, text, display = false }: TexProps) {
  const place = useRef<HTMLSpanElement>(null);
  const [ready, setReady] = useState(katex);
  const tooLong = tex.length > longest;
  useEffect(() => {
    let mounted = true;
    if (!ready) loading.then((module) => mounted && setReady(() => module));
    return () => {
      mounted = false;
    };
  }, [ready]);
  useEffect(() => {
    if (!ready || !place.current || tooLong) return;
    ready.render(tex, place.current, {
      displayMode: display,
      throwOnError: false,
      strict: false,
      trust: ({ command }) => command === '\\htmlClass',
      maxExpand: 2000,
    });
  }, [ready, tex, display, tooLong]);
  if (tooLong) return <code className="formula-text">{text ?? 'This formula is too long to typeset.'}</code>;
  return (
    <span ref={place} className="tex">
      {ready ? undefined : (text ?? '')}
    </span>
  );
});
