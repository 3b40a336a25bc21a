/** The objective's main number and what goes with it, over training time. */

import { useMemo } from 'react';
import { LIVE_PICTURES } from '../../config/metrics.ts';
import type { ObjectiveName } from '../../config/objectives.ts';
import { factsOf } from '../../config/objectives.ts';
import { stepAxis, valueAxis } from '../charts/axes.ts';
import { curveSeries, lastStep, newestValues, phaseMarkers, referencesOf } from '../charts/curves.ts';
import { LazyChart } from '../charts/LazyChart.tsx';
import type { ChartPlan } from '../charts/plan.ts';
import { formatCount } from '../format.ts';
import { useAppSlowly } from '../hooks.ts';
import { OBJECTIVE_PAGES } from '../objectives/registry.ts';
import { selectConfig, selectObjective } from '../store/selectors.ts';
import { type AppState, useApp } from '../store/store.ts';
import { useKnown } from './curves/useKnown.ts';
import { Panel } from './Panel.tsx';

/** The two charts are drawn at different moments: together they would hold up the page. */
const MAIN_MILLISECONDS = 400;
const OTHER_MILLISECONDS = 550;

const selectCurves = (state: AppState) => state.curves;

export function CurvesPanel() {
  const objective = useApp(selectObjective);
  const [main, other] = OBJECTIVE_PAGES[objective].charts;
  return (
    <Panel title="Curves" about={<AboutCurves objective={objective} />} className="curves-panel">
      <CurveChart plan={main} milliseconds={MAIN_MILLISECONDS} />
      <CurveChart plan={other} milliseconds={OTHER_MILLISECONDS} />
    </Panel>
  );
}

function CurveChart({ plan, milliseconds }: { plan: ChartPlan; milliseconds: number }) {
  const curves = useAppSlowly(selectCurves, milliseconds);
  const config = useApp(selectConfig);
  const known = useKnown(curves.references);
  const { metric, title } = plan;
  const isMain = metric === factsOf(config).metrics.evaluation[0];
  const series = useMemo(() => curveSeries(curves, plan, config), [curves, plan, config]);
  const references = useMemo(() => referencesOf(metric, known, isMain), [metric, known, isMain]);
  const last = lastStep(curves);
  const markers = useMemo(() => phaseMarkers(config, last), [config, last]);
  const scored = useApp((state) => Math.min(LIVE_PICTURES, state.run.info?.heldOutCount ?? 0));
  // A share of pictures says little without how many they are.
  const counted = metric === 'accuracy' && scored > 0 && curves.heldOut.length > 0;
  const values = `${newestValues(series, metric)}${counted ? `; ${formatCount(scored)} held-out pictures` : ''}`;
  const levels = references.map(({ name, value }) => `${name} ${value}`);
  return (
    <LazyChart
      title={title}
      values={values}
      label={[`${title}: ${values || 'not measured yet'}`, ...levels].join('; ')}
      x={{ ...stepAxis(last), unit: 'steps' }}
      y={valueAxis(metric, series, references)}
      series={series}
      references={references}
      markers={markers}
    />
  );
}

function AboutCurves({ objective }: { objective: ObjectiveName }) {
  return (
    <>
      {OBJECTIVE_PAGES[objective].aboutCurves}
      <p>The thick line is measured on held-out pictures and fixed masks, the thin one on the training batches as they come.</p>
    </>
  );
}
