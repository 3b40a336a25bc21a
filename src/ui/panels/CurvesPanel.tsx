/** The objective's main number and what goes with it, over training time. */

import { useMemo } from 'react';
import type { ObjectiveName } from '../../config/objectives.ts';
import { factsOf } from '../../config/objectives.ts';
import { stepAxis, valueAxis } from '../charts/axes.ts';
import { curveSeries, lastStep, newestValues, phaseMarkers, referencesOf } from '../charts/curves.ts';
import { LazyChart } from '../charts/LazyChart.tsx';
import type { ChartPlan } from '../charts/plan.ts';
import { useAppSlowly } from '../hooks.ts';
import { lineName, measuredText } from '../measured.ts';
import { OBJECTIVE_PAGES } from '../objectives/registry.ts';
import { selectConfig, selectInfo, selectObjective } from '../store/selectors.ts';
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
  const info = useApp(selectInfo);
  const series = useMemo(
    () => curveSeries(curves, plan, config).map((line) => ({ ...line, name: lineName(line.name, info) })),
    [curves, plan, config, info],
  );
  const references = useMemo(() => referencesOf(metric, known, isMain), [metric, known, isMain]);
  const last = lastStep(curves);
  const markers = useMemo(() => phaseMarkers(config, last), [config, last]);
  // A number says little without how many pictures it is of.
  const values = [newestValues(series, metric), measuredText(metric, curves.latest, info)]
    .filter((text) => text !== '')
    .join('; ');
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
