/** What five papers claim, and every figure of theirs that can be repeated here. */
import '../styles/studies.css';
import '../styles/sweep.css';
import '../styles/papers.css';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { PAPERS, type PaperName } from '../../config/figures/card.ts';
import { FIGURE_CARDS } from '../../config/figures/cards.ts';
import { PageHeader } from '../header/PageHeader.tsx';
import { followAddress } from '../place.ts';
import { Card } from './Card.tsx';
import { linkedFigure } from './link.ts';
import { PAPER_TEXTS } from './papers.ts';
import { METHODS } from './pictures/methods.tsx';
import { ArrowHead, Drawing } from './pictures/parts.tsx';

const NAMES = Object.keys(PAPERS) as PaperName[];

export default function PapersPage() {
  const linked = useSyncExternalStore(followAddress, () => linkedFigure(location.hash));
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (linkedFigure(location.hash) === null) title.current?.focus();
  }, []);
  const isUnknown = linked !== null && FIGURE_CARDS.every(({ id }) => id !== linked);
  return (
    <>
      <PageHeader />
      <main className="studies papers">
        <ArrowHead />
        <div className="study-title">
          <h2 ref={title} tabIndex={-1}>
            Papers
          </h2>
          <p className="muted">
            Every figure of five papers that can be repeated in a browser. What should be seen was written down before it was
            measured, and a card says so too when it is not seen.
          </p>
        </div>
        {isUnknown && (
          <p className="study-problem" role="alert">
            This link leads to a figure that is not here: {linked}.
          </p>
        )}
        <nav className="paper-links" aria-label="Papers">
          {NAMES.map((name) => (
            <button key={name} type="button" className="chip" onClick={() => show(name)}>
              {PAPERS[name].short}
            </button>
          ))}
        </nav>
        {NAMES.map((name) => (
          <Paper key={name} name={name} linked={linked} />
        ))}
      </main>
    </>
  );
}

/** Not a link: what stands behind the # names the page. */
function show(name: PaperName): void {
  const heading = document.getElementById(headingOf(name));
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
}

const headingOf = (name: PaperName): string => `paper-${name}`;

function Paper({ name, linked }: { name: PaperName; linked: string | null }) {
  const { short, title } = PAPERS[name];
  const { authors, where, about, picture } = PAPER_TEXTS[name];
  const Method = METHODS[name];
  const cards = FIGURE_CARDS.filter(({ paper }) => paper === name);
  return (
    <section className="paper" aria-labelledby={headingOf(name)}>
      <div className="panel paper-about">
        <div>
          <h2 id={headingOf(name)} tabIndex={-1}>
            {short}
          </h2>
          <p className="paper-title">
            <cite>{title}</cite>
          </p>
          <p className="small muted">
            {authors}. {where}.
          </p>
          <p className="paper-text">{about}</p>
        </div>
        <Drawing label={picture}>
          <Method />
        </Drawing>
      </div>
      {cards.length === 0 && <p className="small muted">No figure of this paper can be repeated here yet.</p>}
      {cards.map((card) => (
        <Card key={card.id} card={card} isLinked={card.id === linked} />
      ))}
    </section>
  );
}
