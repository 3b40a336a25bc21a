/** Position accuracy and loss over training time. */
import { useMemo } from 'react';
import {
  accuracyReferences,
  accuracySeries,
  lossAxis,
  lossReferences,
  lossSeries,
  newestValues,
  PERCENT_AXIS,
  stepAxis,
} from '../charts/curves.ts';
import { LazyChart } from '../charts/LazyChart.tsx';
import { formatPercent } from '../format.ts';
import { useAppSlowly } from '../hooks.ts';
import { selectPatchCount } from '../store/selectors.ts';
import { type AppState, useApp } from '../store/store.ts';
import { Panel } from './Panel.tsx';

/** The two charts are drawn at different moments: together they would hold up the page. */
const ACCURACY_MILLISECONDS = 400;
const LOSS_MILLISECONDS = 550;

const selectCurves = (state: AppState) => state.curves;

export function CurvesPanel() {
  return (
    <Panel title="Curves" about={<About />} className="curves-panel">
      <AccuracyChart />
      <LossChart />
    </Panel>
  );
}

function AccuracyChart() {
  const curves = useAppSlowly(selectCurves, ACCURACY_MILLISECONDS);
  const patches = useApp(selectPatchCount);
  const ceiling = useApp((state) => state.run.info?.accuracyCeiling ?? null);
  const { contentFloor } = curves;
  const series = useMemo(() => accuracySeries(curves), [curves]);
  const references = useMemo(() => accuracyReferences(patches, contentFloor, ceiling), [patches, contentFloor, ceiling]);
  const values = newestValues(series, formatPercent);
  const levels = references.map(({ name, value }) => `${name} ${value}`).join(', ');
  return (
    <LazyChart
      title="Position accuracy"
      values={values}
      label={`Position accuracy: ${values || 'not measured yet'}; ${levels}`}
      x={{ ...stepAxis(curves), unit: 'steps' }}
      y={PERCENT_AXIS}
      series={series}
      references={references}
    />
  );
}

function LossChart() {
  const curves = useAppSlowly(selectCurves, LOSS_MILLISECONDS);
  const patches = useApp(selectPatchCount);
  const series = useMemo(() => lossSeries(curves), [curves]);
  const values = newestValues(series, (loss) => loss.toFixed(2));
  return (
    <LazyChart
      title="Loss, nats"
      values={values}
      label={`Loss: ${values || 'not measured yet'}; guessing costs ${Math.log(patches).toFixed(2)} nats`}
      x={{ ...stepAxis(curves), unit: 'steps' }}
      y={lossAxis(patches)}
      series={series}
      references={lossReferences(patches)}
    />
  );
}

function About() {
  return (
    <>
      <p>
        <b>Position accuracy</b> is the share of patches whose most probable cell is their own. <b>Loss</b> is the mean surprise
        at the true cell: ln n when the model guesses among n cells, 0 when it is sure and right.
      </p>
      <p>
        <b>chance</b> is guessing. <b>content only</b> is the floor of a model without attention, which judges each patch by
        itself. What lies above it was learned by comparing patches. <b>ceiling</b> appears when patches look exactly alike, so
        that nobody could tell them apart.
      </p>
      <p>The thick line is measured on held-out pictures and fixed puzzles, the thin one on the training batches as they come.</p>
    </>
  );
}
