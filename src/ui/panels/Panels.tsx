import './panels.css';
import { Suspense } from 'react';
import { useStore } from '../../store.ts';
import { type Panel, panels } from './index.ts';
import { choose, useIsOpen } from './opened.ts';

/** The panels of one place that suit the present function. */
export function Panels({ where }: { readonly where: Panel['where'] }) {
  const result = useStore((state) => state.result);
  const hidden = useStore((state) => state.setup.hide);
  if (!result) return null;
  const shown = panels.filter(
    (panel) => panel.where === where && !hidden.includes(panel.id) && panel.suits(result),
  );
  if (shown.length === 0) return null;
  return (
    <div className={`panels ${where}`}>
      {shown.map((panel) => (
        <Fold key={panel.id} panel={panel} />
      ))}
    </div>
  );
}

function Fold({ panel: { id, title, open, component: Content } }: { readonly panel: Panel }) {
  const isOpen = useIsOpen(id, open);
  return (
    <section className={isOpen ? 'fold open' : 'fold'} aria-label={title}>
      <h2>
        <button
          type="button"
          className="fold-button"
          aria-expanded={isOpen}
          aria-controls={`fold-${id}`}
          onClick={() => choose(id, !isOpen)}
        >
          <span className="fold-sign" aria-hidden="true" />
          {title}
        </button>
      </h2>
      <div id={`fold-${id}`} className="fold-content" hidden={!isOpen}>
        {isOpen && (
          <Suspense fallback={<p className="note">Loading…</p>}>
            <Content />
          </Suspense>
        )}
      </div>
    </section>
  );
}
