import type { Method } from '../descent/method.ts';

/**
 * TeX of a rule's line with its symbols in the names' places, times t and t − 1.
 *
 * @param point TeX of the point
 * @param value TeX of what goes down
 */
export function symbolicLine(method: Method, line: string, point: string, value: string): string {
  const index = (base: string, t: string) => `${base}_{${t}}`;
  const gradient = (t: string) => `\\htmlClass{gradient}{\\nabla ${value}(${index(point, t)})}`;
  return line
    .replace(/@([A-Za-z][A-Za-z0-9]*)(_?)/g, (_, name: string, before: string) => {
      if (name === 'next') return index(point, 't');
      if (name === 'x') return index(point, 't-1');
      if (name === 'g') return gradient('t-1');
      if (name === 'gNext') return gradient('t');
      if (name === 't') return 't';
      const state = new Map(Object.entries(method.rule.state ?? {})).get(name);
      if (state) return index(state, before ? 't-1' : 't');
      const parameter = new Map(Object.entries(method.params)).get(name);
      if (parameter) return parameter.symbol;
      return new Map(Object.entries(method.rule.also ?? {})).get(name)?.tex ?? name;
    })
    .replaceAll(' * ', '\\,');
}

/** Whether the rule is one line `next = x − rate·gradient`, whose arithmetic can be shown number by number. */
export function plainStep(lines: readonly string[]): string | undefined {
  const [line, ...rest] = lines;
  if (rest.length > 0) return undefined;
  return /^@next = @x - @([A-Za-z]\w*) \* @g$/.exec(line ?? '')?.[1];
}
