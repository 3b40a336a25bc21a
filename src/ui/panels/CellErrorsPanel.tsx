/** Where in a sample painting is hard. */

import { useMemo } from 'react';
import { metricOn } from '../../config/inWords.ts';
import { METRICS, type MetricName } from '../../config/metrics.ts';
import { cellCount } from '../../config/modalities/tokens.ts';
import { factsOf } from '../../config/objectives.ts';
import type { RunConfig } from '../../config/run.ts';
import { cellErrorShades, errorRange, type Range } from '../canvas/cellErrors.ts';
import { formatMetric } from '../format.ts';
import { useOnScreen } from '../hooks.ts';
import { selectConfig, selectInfo, selectLatestStep } from '../store/selectors.ts';
import { type AppState, useApp } from '../store/store.ts';
import { useAppSlowly } from '../store/useAppSlowly.ts';
import { useView, useWords } from '../store/useView.ts';
import { HeatMap } from './measures/HeatMap.tsx';
import { Panel } from './Panel.tsx';

const REDRAW_MILLISECONDS = 800;

const selectErrors = (state: AppState) => state.curves.latest?.cellErrors ?? null;
const NO_GRID = [8, 8];
const NOTHING = new Float32Array(cellCount(NO_GRID));

export function CellErrorsPanel() {
  const [frame, isSeen] = useOnScreen<HTMLElement>();
  const latest = useAppSlowly(selectErrors, REDRAW_MILLISECONDS, isSeen);
  const info = useApp(selectInfo);
  const view = useView();
  // Those of a run that was cut otherwise lie elsewhere.
  const errors = latest?.length === info?.tokens.count ? (latest ?? null) : null;
  const nameCell = (cell: number): string => (info === null ? '' : view.nameCell(cell, info));
  const metric = useApp((state) => errorName(selectConfig(state)));
  const main = useApp((state) => mainMetric(selectConfig(state)));
  const range = useMemo(() => (errors === null ? null : errorRange(errors)), [errors]);
  const shades = useMemo(() => (errors === null ? NOTHING : cellErrorShades(errors)), [errors]);
  return (
    <Panel title="Error by cell" about={<About />} className="confusion-panel" frame={frame} live={selectLatestStep}>
      <HeatMap
        shades={shades}
        grid={errors === null || info === null ? NO_GRID : info.tokens.grid}
        aspect={view.aspect(info?.board ?? null)}
        label={summary(range, nameCell, main)}
        readOut={(cell) => <ReadOut {...{ errors, range, cell, main }} name={cell === null ? metric : nameCell(cell)} />}
      />
    </Panel>
  );
}

/** What errors are of, and so how they are said. */
function mainMetric(config: RunConfig): MetricName {
  return factsOf(config).metrics.evaluation[0];
}

/** Of a share that is right the error is what is not. */
function errorName(config: RunConfig): string {
  const main = mainMetric(config);
  return METRICS[main].kind === 'share' ? 'share that is wrong' : metricOn(main, config).label;
}

function summary(range: Range | null, nameCell: (cell: number) => string, main: MetricName): string {
  if (range === null) return 'Error by cell: not measured yet';
  return (
    `Error by cell: least ${formatMetric(main, range.least)} at ${nameCell(range.leastCell)}, ` +
    `most ${formatMetric(main, range.most)} at ${nameCell(range.mostCell)}`
  );
}

interface ReadOutProps {
  errors: Float32Array | null;
  range: Range | null;
  cell: number | null;
  main: MetricName;
  /** Of the cell, or of what is measured. */
  name: string;
}

function ReadOut({ errors, range, cell, main, name }: ReadOutProps) {
  if (errors === null || range === null) return <p className="read-out small muted">Measured once the run is ready.</p>;
  return (
    <dl className="read-out small" aria-live="polite">
      <dt>{name}</dt>
      <dd>{cell === null ? 'mean of each cell' : formatMetric(main, errors[cell])}</dd>
      <dt>faintest</dt>
      <dd>{formatMetric(main, range.least)}</dd>
      <dt>strongest</dt>
      <dd>{formatMetric(main, range.most)}</dd>
    </dl>
  );
}

function About() {
  const { samples } = useWords();
  return (
    <p>
      The mean error of each cell over held-out {samples}, when it was removed. Faint cells are easy to paint from the rest,
      strong ones hard; the shades reach from the least to the largest error, whose numbers stand beside the map.
    </p>
  );
}
