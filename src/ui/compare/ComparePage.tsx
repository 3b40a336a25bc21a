/** Compares runs: what differs, what they cost, and whether pretraining was worth it. */
import '../styles/studies.css';
import { useEffect, useRef } from 'react';
import { useController } from '../controller/context.ts';
import { PageHeader } from '../header/PageHeader.tsx';
import { Panel } from '../panels/Panel.tsx';
import { lazyPart } from '../parts/lazyPart.tsx';
import { useApp } from '../store/store.ts';
import { Efficiency } from './Efficiency.tsx';
import { KeptRuns } from './KeptRuns.tsx';
import { picturesOf } from './pictures.ts';
import { RunCurves } from './RunCurves.tsx';
import { Robustness } from './robustness/Robustness.tsx';
import { StudyForm } from './StudyForm.tsx';
import { StudyProgressBar } from './StudyProgressBar.tsx';
import { StudyResults } from './StudyResults.tsx';

/** Settings of all objectives, their checks and a controller of its own: fetched when somebody compares. */
const SweepPanel = lazyPart(() => import('./sweep/SweepPanel.tsx'));

export default function ComparePage() {
  const { kept, study } = useController();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    title.current?.focus();
    void kept.list().then(() => {
      // The pictures of the kept runs are meant, unless something else is known to be.
      const { kept: known, study: state, files } = useApp.getState();
      const dataset = picturesOf(known.runs, state.choice, files.usable);
      if (state.work === null && dataset !== state.choice.dataset) study.choose({ dataset });
    });
    void study.restore();
  }, [kept, study]);
  return (
    <>
      <PageHeader />
      <main className="studies compare">
        <div className="study-title">
          <h2 ref={title} tabIndex={-1}>
            Compare
          </h2>
          <p className="muted">
            Runs that this browser keeps, side by side; and what their encoders are worth once labels arrive.
          </p>
        </div>
        <KeptRuns />
        <RunCurves />
        <Panel title="Was it worth it?" about={<About />} className="study-panel">
          <StudyForm />
          <StudyProgressBar />
          <StudyResults />
        </Panel>
        <SweepPanel />
        <Robustness />
        <Efficiency />
      </main>
    </>
  );
}

function About() {
  return (
    <>
      <p>
        Pretraining means something only beside its alternatives. The button gives every ticked run, the same model from scratch,
        and a frozen encoder of random weights the same few labels, and tests all on the same samples that none has seen.
      </p>
      <p>
        <b>±</b> is the standard deviation over seeds; each dot is one seed: other labelled samples, another head, other batches.
        A difference that is smaller than the spread is no difference.
      </p>
      <p>
        <b>Fine-tune</b> goes on training everything. A <b>linear probe</b> and <b>nearest neighbours</b> leave the encoder frozen
        and ask what is in its features already. MP3 is expected to probe poorly and to fine-tune well.
      </p>
    </>
  );
}
