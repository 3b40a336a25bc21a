/** How the model does when more or fewer patches are hidden than it was trained with. */
import { useMemo } from 'react';
import { PERCENT_AXIS } from '../charts/curves.ts';
import { ETA_AXIS, explorerLabel, explorerSeries, trainingMarker } from '../charts/explorer.ts';
import { LazyChart } from '../charts/LazyChart.tsx';
import { formatPercent } from '../format.ts';
import { useAppSlowly } from '../hooks.ts';
import { selectLatest, selectPatchCount } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';
import { Panel } from './Panel.tsx';

const REDRAW_MILLISECONDS = 600;

export function ExplorerPanel() {
  const latest = useAppSlowly(selectLatest, REDRAW_MILLISECONDS);
  const previous = useApp((state) => state.curves.previousEtaCurve);
  const maskRatio = useApp((state) => state.run.info?.config.task.maskRatio ?? state.settings.draft.task.maskRatio);
  const patches = useApp(selectPatchCount);
  const series = useMemo(() => explorerSeries(latest, previous), [latest, previous]);
  const references = useMemo(() => [{ name: 'chance', y: 1 / patches, value: formatPercent(1 / patches) }], [patches]);
  const markers = useMemo(() => [trainingMarker(maskRatio)], [maskRatio]);
  return (
    <Panel title="Mask ratio explorer" about={<About />} className="explorer-panel">
      <LazyChart
        title="Position accuracy against test mask ratio"
        label={explorerLabel(latest)}
        x={{ ...ETA_AXIS, unit: 'test η' }}
        y={PERCENT_AXIS}
        series={series}
        references={references}
        markers={markers}
      />
    </Panel>
  );
}

function About() {
  return (
    <>
      <p>
        The same weights, tested on held-out pictures with more and more patches hidden, always with the same seeded masks. The
        points are measured in turn while it trains; fainter ones are from an earlier round.
      </p>
      <p>
        Trained without masking, the curve is high on the left and falls steeply; trained at 0.75 it is lower and flat. The dashed
        upright line is the mask ratio of this training. The run before this one stays faintly behind it.
      </p>
    </>
  );
}
