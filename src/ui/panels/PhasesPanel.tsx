/** The phases of self-distillation: where the run stands, and how far each phase leads from the pretrained start. */
import { useMemo } from 'react';
import { DATASET_LABELS } from '../../config/datasets.ts';
import { formatCount, formatNumber } from '../format.ts';
import { useOnScreen } from '../hooks.ts';
import { type PhaseLine, phaseLines } from '../store/phases.ts';
import { selectConfig, selectStep } from '../store/selectors.ts';
import { type AppState, useApp } from '../store/store.ts';
import { useAppSlowly } from '../store/useAppSlowly.ts';
import { useWords } from '../store/useView.ts';
import { Panel } from './Panel.tsx';

const READABLE_MILLISECONDS = 300;

const selectHeldOut = (state: AppState) => state.curves.heldOut;

export function PhasesPanel() {
  const config = useApp(selectConfig);
  const [frame, isSeen] = useOnScreen<HTMLElement>();
  const step = useAppSlowly(selectStep, READABLE_MILLISECONDS, isSeen);
  const heldOut = useAppSlowly(selectHeldOut, READABLE_MILLISECONDS, isSeen);
  const dataset = useApp((state) => state.run.info?.datasetName ?? DATASET_LABELS[state.settings.draft.data.dataset]);
  const lines = useMemo(() => phaseLines(config, step, heldOut, dataset), [config, step, heldOut, dataset]);
  return (
    <Panel
      title="Phases"
      about={<About />}
      extra={<span className="fact">distance to the start</span>}
      className="phases-panel"
      frame={frame}
      live={selectStep}
    >
      <ol className="phases">
        {lines.map((line) => (
          <Line key={line.label} {...line} />
        ))}
      </ol>
    </Panel>
  );
}

function Line({ label, steps, done, isCurrent, data, start, distance }: PhaseLine) {
  return (
    <li className="phase" aria-current={isCurrent ? 'step' : undefined}>
      <span className="phase-label">{label}</span>
      <span className="phase-distance">{distance === null ? '–' : formatNumber(distance)}</span>
      <span className="phase-track" aria-hidden="true">
        <span className="phase-done" style={{ width: `${(100 * done) / Math.max(1, steps)}%` }} />
      </span>
      <span className="phase-detail">
        {formatCount(steps)} steps, {data}
        {start !== null && `, ${start}`}
      </span>
    </li>
  );
}

function About() {
  const { sample, samples } = useWords();
  return (
    <>
      <p>
        A model pretrained on one kind of {sample} is to learn another kind, and keep what it knew. <b>Further pretraining</b>{' '}
        goes on with MAE on the new {samples}; with few of them the model drifts away and remembers them.
      </p>
      <p>
        <b>Self-distillation</b> keeps that model as a teacher only. A student starts again from the pretrained weights and learns
        MAE and the teacher’s class token together. Each further round takes the student before it as the teacher.
      </p>
      <p>
        On the right, the <b>distance to the start</b>: how long the way of the encoder’s weights is from the pretrained ones. It
        should be shorter for the student than for further pretraining.
      </p>
    </>
  );
}
