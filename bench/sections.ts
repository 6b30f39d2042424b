/** A report in parts that begin with `## `, so that one of them is measured anew and the others stay. */
const split = (text: string): Map<string, string> =>
  new Map(text.split(/^(?=## )/m).map((part) => [part.split('\n', 1)[0]!, part.trimEnd()]));

const join = (parts: Iterable<string>): string =>
  `${[...parts].filter((part) => part !== '').join('\n\n')}\n`;

/** The old text with the parts of the new one in their places, what is new at the end. */
export function replaced(old: string, text: string): string {
  const fresh = [...split(text)].filter(([title]) => title.startsWith('## '));
  return join(new Map([...split(old), ...fresh]).values());
}

/** The new text, and at the end those parts of the old one that it lacks and that are to be kept. */
export function kept(text: string, old: string, titles: readonly string[]): string {
  const parts = split(text);
  const missing = [...split(old)].filter(
    ([title]) => titles.includes(title.slice('## '.length)) && !parts.has(title),
  );
  return join([...parts.values(), ...missing.map(([, part]) => part)]);
}
