import { useCallback, useState } from 'react';

/** The width of an element in pixels, to be given to its `ref`; `unmeasured` where it cannot be measured. */
export function useWidth(unmeasured: number) {
  const [width, setWidth] = useState(unmeasured);
  const place = useCallback((element: HTMLElement | null) => {
    if (!element || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0) setWidth(element.clientWidth);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [place, width] as const;
}
