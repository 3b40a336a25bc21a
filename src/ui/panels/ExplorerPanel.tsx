/** How the model does when more or less is hidden than it was trained with. */

import { useMemo } from 'react';
import { metricOn } from '../../config/inWords.ts';
import type { MetricName } from '../../config/metrics.ts';
import { factsOf } from '../../config/objectives.ts';
import { referencesOf } from '../charts/curves.ts';
import { ETA_AXIS, explorerLabel, explorerSeries, sayExplorer, trainingMarker } from '../charts/explorer.ts';
import { LazyChart } from '../charts/LazyChart.tsx';
import { useOnScreen } from '../hooks.ts';
import type { ObjectivePage } from '../objectives/page.ts';
import { pageOf } from '../objectives/registry.ts';
import { Reworded } from '../parts/Reworded.tsx';
import { selectConfig, selectLatest, selectLatestStep } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';
import { useAppSlowly } from '../store/useAppSlowly.ts';
import { useSay, useWords } from '../store/useView.ts';
import { useKnown } from './curves/useKnown.ts';
import { Panel } from './Panel.tsx';

const REDRAW_MILLISECONDS = 600;

/** Nothing for an objective that hides no patches. */
export function ExplorerPanel() {
  const config = useApp(selectConfig);
  const { explorer } = factsOf(config).metrics;
  if (explorer === undefined) return null;
  return (
    <Panel title="Mask ratio explorer" about={<About page={pageOf(config)} />} className="explorer-panel" live={selectLatestStep}>
      <ExplorerChart metric={explorer} name={metricOn(explorer, config).label} />
    </Panel>
  );
}

function ExplorerChart({ metric, name }: { metric: MetricName; name: string }) {
  const [frame, isSeen] = useOnScreen<HTMLElement>();
  const latest = useAppSlowly(selectLatest, REDRAW_MILLISECONDS, isSeen);
  const previous = useApp((state) => state.curves.previousMaskRatioCurve);
  const maskRatio = useApp((state) => selectConfig(state).task.maskRatio);
  const known = useKnown(useApp((state) => state.curves.references));
  const series = useMemo(() => explorerSeries(metric, latest, previous), [metric, latest, previous]);
  const references = useMemo(() => referencesOf(metric, known, false).filter(({ name }) => name !== 'ceiling'), [metric, known]);
  const say = useMemo(() => sayExplorer(metric), [metric]);
  const markers = useMemo(() => [trainingMarker(maskRatio)], [maskRatio]);
  return (
    <LazyChart
      title={`${name} against test mask ratio`}
      label={explorerLabel(metric, name, latest)}
      x={{ ...ETA_AXIS, unit: 'mask ratio' }}
      // Not the title: the slider of the mask ratio is another one.
      cursorName={`${name} as more is hidden`}
      frame={frame}
      y={{ metric, whole: true }}
      say={say}
      series={series}
      references={references}
      markers={markers}
    />
  );
}

function About({ page }: { page: ObjectivePage }) {
  const words = useWords();
  const say = useSay();
  return (
    <>
      <p>
        The same weights, tested on held-out {words.samples} with more and more {words.tokens} hidden, always with the same seeded
        masks. While it trains the points are measured in turn: those of an earlier step are hollow, and no line joins them. When
        it rests, all are measured once more.
      </p>
      <Reworded say={say}>{page.aboutExplorer?.(words)}</Reworded>
    </>
  );
}
