const paths = {
  first: 'M5 5v14M19 5 8 12l11 7z',
  back: 'M16 5 6 12l10 7z',
  play: 'M7 4.5 19.5 12 7 19.5z',
  pause: 'M7 5h3.4v14H7zM13.6 5H17v14h-3.4z',
  forward: 'M8 5l10 7-10 7z',
  last: 'M19 5v14M5 5l11 7-11 7z',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1',
} as const;

/** Drawn in the colour of the text beside it; says nothing to a screen reader. */
export function Icon({ name }: { readonly name: keyof typeof paths }) {
  const line = name === 'link';
  return (
    <svg className="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <path
        d={paths[name]}
        fill={line ? 'none' : 'currentColor'}
        stroke="currentColor"
        strokeWidth={line ? 2 : 1.6}
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}
