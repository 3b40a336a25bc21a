/** The page: a header, settings on the left, the board in the middle, measurements on the right; or one of the other pages. */
import { Tooltip } from 'radix-ui';
import { lazy, Suspense } from 'react';
import { useController } from './controller/context.ts';
import { DropPage } from './DropPage.tsx';
import { Header } from './header/Header.tsx';
import { Notices } from './Notices.tsx';
import { AttentionPanel } from './panels/AttentionPanel.tsx';
import { BoardPanel } from './panels/BoardPanel.tsx';
import { DataPanel } from './panels/DataPanel.tsx';
import { Measures } from './panels/Measures.tsx';
import { ModelPanel } from './panels/ModelPanel.tsx';
import { OptimiserPanel } from './panels/OptimiserPanel.tsx';
import { TaskPanel } from './panels/TaskPanel.tsx';
import { type Place, usePlace } from './place.ts';
import { useSpaceBar } from './useSpaceBar.ts';

/** Fetched when somebody goes there. */
const OTHER_PAGES = {
  finetune: lazy(() => import('./finetune/FineTunePage.tsx')),
  compare: lazy(() => import('./compare/ComparePage.tsx')),
  bench: lazy(() => import('./bench/BenchPage.tsx')),
} as const;

const HINT_MILLISECONDS = 400;

export function App() {
  const place = usePlace();
  return (
    <Tooltip.Provider delayDuration={HINT_MILLISECONDS}>
      <DropPage>
        {place === 'pretrain' ? <RunPage /> : <OtherPage place={place} />}
        <Notices />
      </DropPage>
    </Tooltip.Provider>
  );
}

function OtherPage({ place }: { place: Exclude<Place, 'pretrain'> }) {
  const Page = OTHER_PAGES[place];
  return (
    <Suspense fallback={null}>
      <Page />
    </Suspense>
  );
}

function RunPage() {
  const { runs } = useController();
  useSpaceBar(runs);
  return (
    <>
      <Header />
      <main className="workspace">
        <div className="column settings">
          <DataPanel />
          <TaskPanel />
          <ModelPanel />
          <OptimiserPanel />
        </div>
        <div className="column boards">
          <BoardPanel />
          <AttentionPanel />
        </div>
        <Measures />
      </main>
    </>
  );
}
