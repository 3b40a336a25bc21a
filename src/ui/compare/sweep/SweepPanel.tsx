/** A sweep: what is swept over and measured, how far it is, and the curve that grows. */
import '../../styles/sweep.css';
import { useEffect, useState } from 'react';
import { readSweep } from '../../../io/sweepUrl.ts';
import { startSweep } from '../../../worker/sweepClient.ts';
import { useController } from '../../controller/context.ts';
import { Panel } from '../../panels/Panel.tsx';
import { selectConfig } from '../../store/selectors.ts';
import { useApp } from '../../store/store.ts';
import { choiceOf } from '../../study/sweepChoice.ts';
import { PointProgressBar } from './PointProgressBar.tsx';
import { SweepForm } from './SweepForm.tsx';
import { SweepResults } from './SweepResults.tsx';
import { SweepController } from './sweepController.ts';
import { useSweep } from './sweepStore.ts';
import { sayPoint } from './sweepView.ts';

/** One for the life of the page: a sweep goes on while other pages are looked at. */
let known: SweepController | null = null;

export default function SweepPanel() {
  const controller = useController();
  const [sweeps] = useState(() => {
    known ??= new SweepController({ app: useApp, sweeps: useSweep, controller, start: startSweep });
    return known;
  });
  useEffect(() => void open(sweeps), [sweeps]);
  return (
    <Panel title="Sweep" about={<About />} className="study-panel sweep-panel">
      <SweepForm sweeps={sweeps} />
      <SweepProgress sweeps={sweeps} />
      <SweepResults />
    </Panel>
  );
}

function SweepProgress({ sweeps }: { sweeps: SweepController }) {
  const state = useSweep();
  return (
    <PointProgressBar
      runner={sweeps}
      state={state}
      what="sweep"
      sayPoint={(key) => (state.report === null ? '' : sayPoint(state.report.sweep, key))}
    />
  );
}

/** A link that holds a sweep fills the form; else it is as it was left. */
async function open(sweeps: SweepController): Promise<void> {
  const text = new URLSearchParams(location.search).get('sweep');
  const report = await sweeps.restore();
  if (text !== null) sweeps.choose(choiceOf(readSweep(text, selectConfig(useApp.getState()))));
  else if (report !== null) sweeps.choose(choiceOf(report.sweep));
}

function About() {
  return (
    <>
      <p>
        The settings of the first page, again and again with other values of one of them. Every point is a pretraining of its own
        for each seed, unless the setting is about labels alone: then all share one.
      </p>
      <p>
        <b>±</b> and the upright lines are the standard deviation over seeds; one seed has none, and tells no difference. Dashed
        lines are what the same model does without pretraining.
      </p>
      <p>Finished points are kept in this browser: a sweep that was paused, or whose page was closed, goes on behind them.</p>
    </>
  );
}
