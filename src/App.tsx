import './styles.css';
import { useState } from 'react';
import { useStore } from './store.ts';
import { Derivatives } from './ui/Derivatives.tsx';
import { Examples, Notice } from './ui/Examples.tsx';
import { FormulaField } from './ui/FormulaField.tsx';
import { MethodPanel } from './ui/MethodPanel.tsx';
import { Notes } from './ui/Notes.tsx';
import { Playback } from './ui/Playback.tsx';
import { PlotPanel } from './ui/PlotPanel.tsx';
import { Panels } from './ui/panels/Panels.tsx';
import { Race } from './ui/Race.tsx';
import { Share } from './ui/Share.tsx';
import { SliderPanel } from './ui/SliderPanel.tsx';
import { StartField } from './ui/StartField.tsx';
import { StepStatus } from './ui/StepStatus.tsx';
import { useMedia } from './ui/theme.ts';
import { UpdateRule } from './ui/UpdateRule.tsx';

const tabs = [
  { id: 'settings', label: 'Set up' },
  { id: 'step', label: 'This step' },
  { id: 'derivatives', label: 'Derivatives' },
  { id: 'more', label: 'More' },
] as const;
type Tab = (typeof tabs)[number]['id'];

/** The page: what is said on one side, the picture in the middle, what happens at this step on the other. */
export function App() {
  const narrow = useMedia('(max-width: 719px)');
  // The Tab key goes in the order that is seen: beside the plot the settings are on its left, else beneath it.
  const wide = useMedia('(min-width: 1100px)');
  const [tab, setTab] = useState<Tab>('settings');
  const embed = useStore((state) => state.setup.embed);
  const locked = useStore((state) => state.setup.hide);
  const open = (name: string) => !locked.includes(name);
  const shownTabs = tabs.filter(({ id }) => !(embed && (id === 'settings' || id === 'more')));
  const shownTab = shownTabs.some(({ id }) => id === tab) ? tab : 'step';
  const panel = (id: Tab) => ({
    id: `panel-${id}`,
    className: `side ${id}`,
    ...(narrow && { role: 'tabpanel', 'aria-labelledby': `tab-${id}`, hidden: shownTab !== id }),
  });
  const settings = !embed && (
    <div {...panel('settings')}>
      {open('formula') && <FormulaField />}
      <Notice />
      {open('sliders') && <SliderPanel />}
      {open('start') && <StartField />}
      {open('method') && <MethodPanel />}
    </div>
  );
  return (
    <div className={embed ? 'app embed' : 'app'}>
      <header className="top">
        <h1>
          <span className="nabla" aria-hidden="true">
            ∇
          </span>{' '}
          Nabla
        </h1>
        <p className="tagline">Any function, its exact derivatives, and the way down.</p>
        {!embed && open('examples') && <Examples />}
        {open('share') && <Share />}
      </header>
      <main className="columns">
        {wide && settings}
        <div className="stage-column">
          <Notes />
          <PlotPanel />
          {open('playback') && <Playback />}
          {narrow && <StepStatus />}
          {open('playback') && !narrow && <Race />}
          {!embed && !narrow && <Panels where="beneath" />}
        </div>
        {narrow && <Tabs tabs={shownTabs} tab={shownTab} onChange={setTab} />}
        {!wide && settings}
        <div className="right">
          <div {...panel('step')}>
            {narrow && open('playback') && <Race />}
            {!narrow && <StepStatus />}
            <UpdateRule />
          </div>
          <div {...panel('derivatives')}>
            {open('derivatives') && <Derivatives />}
            {!embed && <Panels where="beside" />}
          </div>
          {narrow && !embed && (
            <div {...panel('more')}>
              <Panels where="beneath" />
            </div>
          )}
        </div>
      </main>
    </div>
  );
}

interface TabsProps {
  readonly tabs: readonly { readonly id: Tab; readonly label: string }[];
  readonly tab: Tab;
  onChange(tab: Tab): void;
}

function Tabs({ tabs, tab, onChange }: TabsProps) {
  const move = (by: number) => {
    const index = (tabs.findIndex(({ id }) => id === tab) + by + tabs.length) % tabs.length;
    const next = tabs[index]!.id;
    onChange(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label="Panels">
      {tabs.map(({ id, label }) => (
        <button
          key={id}
          id={`tab-${id}`}
          type="button"
          role="tab"
          aria-selected={tab === id}
          aria-controls={`panel-${id}`}
          tabIndex={tab === id ? 0 : -1}
          onClick={() => onChange(id)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowRight') move(1);
            if (event.key === 'ArrowLeft') move(-1);
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
