/**
 * The page of the run, or one of the others. What comes before the first paint is imported here and in what this imports: everything else
 * is a `lazyPart`, or a piece of one.
 */
import type { ComponentType, ReactNode } from 'react';
import { DropPage } from './DropPage.tsx';
import { Brand } from './header/Brand.tsx';
import { Nav } from './header/Nav.tsx';
import { Notices } from './Notices.tsx';
import { Boundary, BrokenPanel } from './parts/Boundary.tsx';
import { lazyPart } from './parts/lazyPart.tsx';
import { type Place, usePlace } from './place.ts';
import { RunPage } from './runPage/RunPage.tsx';
import { useApp } from './store/store.ts';

/** A page that does not come has a header all the same: it leads back. */
const frame = (message: ReactNode): ReactNode => (
  <>
    <header className="header page-header">
      <div className="header-top">
        <Brand />
        <Nav />
      </div>
    </header>
    <main className="studies">{message}</main>
  </>
);

/** Fetched when somebody goes there, or the page has time. */
const OTHER_PAGES = {
  finetune: page(() => import('./finetune/FineTunePage.tsx')),
  compare: page(() => import('./compare/ComparePage.tsx')),
  bench: page(() => import('./bench/BenchPage.tsx')),
  papers: page(() => import('./papers/PapersPage.tsx')),
} as const;

function page(load: () => Promise<{ default: ComponentType }>): ComponentType {
  const hinted = async () => {
    const [{ withHints }, { default: Page }] = await Promise.all([import('./controls/Hints.tsx'), load()]);
    return { default: withHints(Page) };
  };
  return lazyPart(hinted, { frame });
}

const NAMES = { finetune: 'Fine-tune', compare: 'Compare', bench: 'Bench', papers: 'Papers' } as const;

const TakeHome = lazyPart(async () => ({ default: (await import('./home/TakeHome.tsx')).TakeHome }), {
  frame: (message) => <div className="notices">{message}</div>,
});

export function App() {
  const place = usePlace();
  const isTaking = useApp((state) => state.home !== null);
  return (
    <DropPage>
      {place === 'pretrain' ? <RunPage /> : <OtherPage place={place} />}
      <Notices />
      {isTaking && <TakeHome />}
    </DropPage>
  );
}

function OtherPage({ place }: { place: Exclude<Place, 'pretrain'> }) {
  const Page = OTHER_PAGES[place];
  return (
    <Boundary key={place} name={NAMES[place]} broken={(onShow) => frame(<BrokenPanel name={NAMES[place]} onShow={onShow} />)}>
      <Page />
    </Boundary>
  );
}
