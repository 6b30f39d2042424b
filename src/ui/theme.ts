import { useMemo, useSyncExternalStore } from 'react';
import { scales } from '../plots/palette.ts';
import type { Theme } from '../plots/plot.ts';

/** Whether a media query holds, and again when that changes; false where there are no media queries. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = globalThis.matchMedia?.(query);
      media?.addEventListener('change', changed);
      return () => media?.removeEventListener('change', changed);
    },
    () => globalThis.matchMedia?.(query).matches ?? false,
  );
}

/** The page's colours, as its style sheet names them. */
export function useTheme(): Theme {
  const dark = useMedia('(prefers-color-scheme: dark)');
  return useMemo(() => {
    const style = getComputedStyle(document.documentElement);
    const read = (name: string, fallback: string) => style.getPropertyValue(name).trim() || fallback;
    return {
      dark,
      ink: read('--ink', '#1a2027'),
      muted: read('--muted', '#55606b'),
      grid: read('--line', '#c9d1d6'),
      paper: read('--paper', '#ffffff'),
      gradient: read('--gradient', '#c2410c'),
      runs: [1, 2, 3, 4, 5, 6].map((run) => read(`--run-${run}`, '#1f3fae')),
      field: dark ? scales.dark : scales.light,
    };
  }, [dark]);
}
