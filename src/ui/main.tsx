/** Starts the page: theme, store, controller, React. */
import '@fontsource-variable/inter/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/buttons.css';
import './styles/controls.css';
import './styles/off.css';
import './styles/presets.css';
import './styles/overlays.css';
import './styles/home.css';
import './styles/finished.css';
import './styles/header.css';
import './styles/headerWidths.css';
import './styles/panels.css';
import './styles/classes.css';
import './styles/board.css';
import './styles/boardWidths.css';
import './styles/strips.css';
import './styles/sound.css';
import './styles/measures.css';
import './styles/charts.css';
import './styles/objectives.css';
import './styles/narrowest.css';
import './styles/print.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { invariant } from '../base/invariant.ts';
import { startBench, startHome, startLoader, startRobustness, startStudy, startTrainer, startWeights } from '../worker/client.ts';
import { App } from './App.tsx';
import { BrokenPage } from './BrokenPage.tsx';
import { watchCanvases } from './canvas/restorations.ts';
import { ControllerContext } from './controller/context.ts';
import { startController } from './controller/controller.ts';
import { isOff, isolate } from './isolate.ts';
import { takeLaunchedFiles } from './launched.ts';
import { warnBeforeLeaving } from './leave.ts';
import { Boundary } from './parts/Boundary.tsx';
import { prefetchWhenIdle } from './parts/prefetch.ts';
import { useApp } from './store/store.ts';
import { startTextSize } from './textSize.ts';
import { startTheme } from './theme.ts';
import { followTitle } from './title.ts';

/** The worker starts before React does: both have something to load. */
function begin(): void {
  const controller = startController(
    useApp,
    {
      startTrainer: (onCrash) => startTrainer(onCrash, !isOff(location.search)),
      startLoader,
      startBench,
      startStudy,
      startRobustness,
      startHome,
      startWeights,
    },
    location.search,
  );
  prefetchWhenIdle(useApp, async () => {
    const { keepCopy } = await import('./offline.ts');
    return keepCopy(useApp, location.search, controller.rest);
  });
  takeLaunchedFiles(controller.experiment);
  const root = document.getElementById('root');
  invariant(root, 'index.html has no #root');
  createRoot(root).render(
    <StrictMode>
      <ControllerContext value={controller}>
        <Boundary name="Patchwork" broken={(showAgain) => <BrokenPage onShow={showAgain} />}>
          <App />
        </Boundary>
      </ControllerContext>
    </StrictMode>,
  );
}

startTheme();
startTextSize();
warnBeforeLeaving(useApp);
followTitle(useApp);
watchCanvases();
void isolate(location.search).then(begin);
