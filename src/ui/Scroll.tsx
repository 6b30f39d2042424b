import { type ReactNode, useEffect, useRef, useState } from 'react';

interface Props {
  readonly className?: string;
  /** Said to a screen reader when the keyboard can scroll here. */
  readonly label: string;
  readonly id?: string;
  readonly onScroll?: ((box: HTMLDivElement) => void) | undefined;
  readonly children: ReactNode;
}

/** A box whose content may be wider than it: then it scrolls inside, also by keyboard. */
export function Scroll({ className = '', label, id, onScroll, children }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [wider, setWider] = useState(false);
  useEffect(() => {
    const box = place.current;
    if (!box || typeof ResizeObserver === 'undefined') return;
    const look = () =>
      setWider(box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1);
    // Looks first when the page is laid out anyway, and not in between.
    const observer = new ResizeObserver(look);
    observer.observe(box);
    for (const child of box.children) observer.observe(child);
    return () => observer.disconnect();
  });
  const reach = wider ? ({ tabIndex: 0, role: 'group', 'aria-label': label } as const) : {};
  return (
    <div
      ref={place}
      id={id}
      className={`scrolls ${className}`}
      onScroll={onScroll && (({ currentTarget }) => onScroll(currentTarget))}
      {...reach}
    >
      {children}
    </div>
  );
}
