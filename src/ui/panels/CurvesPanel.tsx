/** The objective's main number and what goes with it, over training time. */

import { useMemo } from 'react';
import { inWordsOf } from '../../config/inWords.ts';
import { factsOf } from '../../config/objectives.ts';
import { curveSeries, lastStep, newestValues, phaseMarkers, referencesOf, sayCurve, valuesAt } from '../charts/curves.ts';
import { LazyChart } from '../charts/LazyChart.tsx';
import type { ChartPlan } from '../charts/plan.ts';
import { useOnScreen } from '../hooks.ts';
import { errorText, lineName, measuredText, samplesText } from '../measured.ts';
import type { ObjectivePage } from '../objectives/page.ts';
import { pageOf } from '../objectives/registry.ts';
import { Reworded } from '../parts/Reworded.tsx';
import { marksOf } from '../store/marks.ts';
import { selectConfig, selectEarlierStep, selectInfo } from '../store/selectors.ts';
import { type AppState, useApp } from '../store/store.ts';
import { useAppSlowly } from '../store/useAppSlowly.ts';
import { useSay, useWords } from '../store/useView.ts';
import { LookBackNote } from './curves/LookBackNote.tsx';
import { useKnown } from './curves/useKnown.ts';
import { Panel } from './Panel.tsx';

/** The two charts are drawn at different moments: together they would hold up the page. */
const MAIN_MILLISECONDS = 500;
const OTHER_MILLISECONDS = 650;

const selectCurves = (state: AppState) => state.curves;

export function CurvesPanel() {
  const page = pageOf(useApp(selectConfig));
  const [main, other] = page.charts;
  return (
    <Panel title="Curves" about={<AboutCurves page={page} />} extra={<Measured />} className="curves-panel">
      <CurveChart plan={main} milliseconds={MAIN_MILLISECONDS} />
      <CurveChart plan={other} milliseconds={OTHER_MILLISECONDS} />
      {page.looksBack && <LookBackNote />}
    </Panel>
  );
}

function CurveChart({ plan, milliseconds }: { plan: ChartPlan; milliseconds: number }) {
  const [frame, isSeen] = useOnScreen<HTMLElement>();
  const curves = useAppSlowly(selectCurves, milliseconds, isSeen);
  const config = useApp(selectConfig);
  const known = useKnown(curves.references);
  const { metric } = plan;
  const title = inWordsOf(config, plan.title);
  const isMain = metric === factsOf(config).metrics.evaluation[0];
  const info = useApp(selectInfo);
  const series = useMemo(
    () => curveSeries(curves, plan, config).map((line) => ({ ...line, name: lineName(line.name, info) })),
    [curves, plan, config, info],
  );
  const references = useMemo(() => referencesOf(metric, known, isMain), [metric, known, isMain]);
  const last = lastStep(curves);
  const markers = useMemo(() => phaseMarkers(config, last), [config, last]);
  const say = useMemo(() => sayCurve(metric), [metric]);
  const marks = useMemo(() => marksOf(curves.marks), [curves.marks]);
  const pin = useApp(selectEarlierStep);
  const newest = newestValues(series, metric);
  const error = curves.latest === null ? '' : errorText(metric, curves.latest);
  const values = pin === null ? join(newest, error) : valuesAt(series, pin, say);
  // A number says little without how many pictures it is of.
  const heard = pin === null ? join(newest, measuredText(metric, curves.latest, info)) : values;
  const levels = references.map(({ name, value }) => `${name} ${value}`);
  return (
    <LazyChart
      title={title}
      values={values}
      frame={frame}
      label={[`${title}: ${heard || 'not measured yet'}`, ...levels, ...marks.map(({ text }) => text)].join('; ')}
      x={{ last, unit: 'steps' }}
      y={{ metric }}
      say={say}
      marks={marks}
      pin={pin}
      series={series}
      references={references}
      markers={markers}
    />
  );
}

function join(...parts: string[]): string {
  return parts.filter((part) => part !== '').join('; ');
}

/** What all held-out numbers of the panel are of. */
function Measured() {
  const info = useApp(selectInfo);
  const pictures = useApp((state) => state.curves.latest?.pictures ?? 0);
  if (info === null || pictures === 0) return null;
  return <span className="fact">{samplesText(pictures, info)}</span>;
}

function AboutCurves({ page }: { page: ObjectivePage }) {
  const words = useWords();
  const say = useSay();
  return (
    <>
      <Reworded say={say}>{page.aboutCurves(words)}</Reworded>
      <p>
        The thick line is measured on held-out {words.samples} and fixed masks, the thin one on the training batches as they come.
      </p>
    </>
  );
}
