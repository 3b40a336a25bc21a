/** The page: a header, settings on the left, the board in the middle, measurements on the right; or one of the other pages. */
import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';
import { useController } from './controller/context.ts';
import { DropPage } from './DropPage.tsx';
import { Finished } from './Finished.tsx';
import { Header } from './header/Header.tsx';
import { PageHeader } from './header/PageHeader.tsx';
import { TakeHome } from './home/TakeHome.tsx';
import { Notices } from './Notices.tsx';
import { AttentionPanel } from './panels/AttentionPanel.tsx';
import { BoardPanel } from './panels/BoardPanel.tsx';
import { DataPanel } from './panels/DataPanel.tsx';
import { Measures } from './panels/Measures.tsx';
import { ModelPanel } from './panels/ModelPanel.tsx';
import { OptimiserPanel } from './panels/OptimiserPanel.tsx';
import { TaskPanel } from './panels/TaskPanel.tsx';
import { Boundary, BrokenPanel } from './parts/Boundary.tsx';
import { lazyPart } from './parts/lazyPart.tsx';
import { type Place, usePlace } from './place.ts';
import { useSpaceBar } from './useSpaceBar.ts';
import { useUndoKeys } from './useUndoKeys.ts';

/** A page that does not come has a header all the same: it leads back. */
const UNFETCHED = {
  frame: (message: ReactNode) => (
    <>
      <PageHeader />
      <main className="studies">{message}</main>
    </>
  ),
};

/** Fetched when somebody goes there, or the page has time. */
const OTHER_PAGES = {
  finetune: lazyPart(() => import('./finetune/FineTunePage.tsx'), UNFETCHED),
  compare: lazyPart(() => import('./compare/ComparePage.tsx'), UNFETCHED),
  bench: lazyPart(() => import('./bench/BenchPage.tsx'), UNFETCHED),
  papers: lazyPart(() => import('./papers/PapersPage.tsx'), UNFETCHED),
} as const;

const NAMES = { finetune: 'Fine-tune', compare: 'Compare', bench: 'Bench', papers: 'Papers' } as const;

const HINT_MILLISECONDS = 400;

export function App() {
  const place = usePlace();
  return (
    <Tooltip.Provider delayDuration={HINT_MILLISECONDS}>
      <DropPage>
        {place === 'pretrain' ? <RunPage /> : <OtherPage place={place} />}
        <Notices />
        <TakeHome />
      </DropPage>
    </Tooltip.Provider>
  );
}

function OtherPage({ place }: { place: Exclude<Place, 'pretrain'> }) {
  const Page = OTHER_PAGES[place];
  return (
    <Boundary
      key={place}
      name={NAMES[place]}
      broken={(onShow) => UNFETCHED.frame(<BrokenPanel name={NAMES[place]} onShow={onShow} />)}
    >
      <Page />
    </Boundary>
  );
}

function RunPage() {
  const { experiment } = useController();
  useSpaceBar(experiment);
  useUndoKeys(experiment);
  return (
    <>
      <Header />
      <main className="workspace">
        <div className="column settings">
          <Boundary name="Data">
            <DataPanel />
          </Boundary>
          <Boundary name="Task">
            <TaskPanel />
          </Boundary>
          <Boundary name="Model">
            <ModelPanel />
          </Boundary>
          <Boundary name="Optimiser">
            <OptimiserPanel />
          </Boundary>
        </div>
        <div className="column boards">
          <Finished />
          <Boundary name="Board">
            <BoardPanel />
          </Boundary>
          <Boundary name="Attention locality">
            <AttentionPanel />
          </Boundary>
        </div>
        <Measures />
      </main>
    </>
  );
}
