import { useEffect, useState } from 'react';
import { shareLink, useStore } from '../store.ts';
import { Icon } from './icons.tsx';

/** Copies a link with every setting, and says so. */
export function Share() {
  const [said, setSaid] = useState<{ text: string; link?: string }>();
  useEffect(() => {
    if (!said || said.link) return;
    const timer = setTimeout(() => setSaid(undefined), 4000);
    return () => clearTimeout(timer);
  }, [said]);
  const share = async () => {
    const link = `${location.origin}${location.pathname}${location.search}#${shareLink(useStore.getState())}`;
    try {
      await navigator.clipboard.writeText(link);
      setSaid({ text: 'Link copied. It opens exactly what you see.' });
    } catch {
      setSaid({ text: 'This browser does not let the page copy. Copy the link from here:', link });
    }
  };
  return (
    <div className="share">
      <button type="button" className="primary" onClick={share}>
        <Icon name="link" />
        Share
      </button>
      <div className={said ? 'toast shown' : 'toast'} role="status" aria-label="Sharing">
        {said?.text}
        {said?.link && (
          <input
            aria-label="Link"
            readOnly
            value={said.link}
            onFocus={(event) => event.currentTarget.select()}
          />
        )}
        {said?.link && (
          <button type="button" className="quiet" onClick={() => setSaid(undefined)}>
            Close
          </button>
        )}
      </div>
    </div>
  );
}
