/** Where in the picture painting is hard. */

import { useMemo } from 'react';
import { METRICS } from '../../config/metrics.ts';
import { OBJECTIVE_FACTS } from '../../config/objectives.ts';
import { cellErrorShades, errorRange, type Range } from '../canvas/cellErrors.ts';
import { formatCell, formatNumber } from '../format.ts';
import { useOnScreen } from '../hooks.ts';
import { selectLatestStep, selectObjective } from '../store/selectors.ts';
import { type AppState, useApp } from '../store/store.ts';
import { useAppSlowly } from '../store/useAppSlowly.ts';
import { HeatMap } from './measures/HeatMap.tsx';
import { Panel } from './Panel.tsx';

const REDRAW_MILLISECONDS = 800;

const selectErrors = (state: AppState) => state.curves.latest?.cellErrors ?? null;
const NOTHING = new Float32Array(8 ** 2);

export function CellErrorsPanel() {
  const [frame, isSeen] = useOnScreen<HTMLElement>();
  const errors = useAppSlowly(selectErrors, REDRAW_MILLISECONDS, isSeen);
  const metric = useApp((state) => METRICS[OBJECTIVE_FACTS[selectObjective(state)].metrics.evaluation[0]].label);
  const range = useMemo(() => (errors === null ? null : errorRange(errors)), [errors]);
  const shades = useMemo(() => (errors === null ? NOTHING : cellErrorShades(errors)), [errors]);
  return (
    <Panel title="Error by cell" about={<About />} className="confusion-panel" frame={frame} live={selectLatestStep}>
      <HeatMap
        shades={shades}
        label={summary(errors, range)}
        readOut={(cell) => <ReadOut errors={errors} range={range} cell={cell} metric={metric} />}
      />
    </Panel>
  );
}

function summary(errors: Float32Array | null, range: Range | null): string {
  if (errors === null || range === null) return 'Error by cell: not measured yet';
  const side = Math.sqrt(errors.length);
  return (
    `Error by cell: least ${formatNumber(range.least)} at ${formatCell(range.leastCell, side)}, ` +
    `most ${formatNumber(range.most)} at ${formatCell(range.mostCell, side)}`
  );
}

interface ReadOutProps {
  errors: Float32Array | null;
  range: Range | null;
  cell: number | null;
  metric: string;
}

function ReadOut({ errors, range, cell, metric }: ReadOutProps) {
  if (errors === null || range === null) return <p className="read-out small muted">Measured once the run is ready.</p>;
  const cellName = cell === null ? null : formatCell(cell, Math.sqrt(errors.length));
  return (
    <dl className="read-out small" aria-live="polite">
      <dt>{cellName ?? metric}</dt>
      <dd>{cell === null ? 'mean of each cell' : formatNumber(errors[cell])}</dd>
      <dt>faintest</dt>
      <dd>{formatNumber(range.least)}</dd>
      <dt>strongest</dt>
      <dd>{formatNumber(range.most)}</dd>
    </dl>
  );
}

function About() {
  return (
    <p>
      The mean error of each cell over held-out pictures, when it was removed. Faint cells are easy to paint from the rest, strong
      ones hard; the shades reach from the least to the largest error, whose numbers stand beside the map.
    </p>
  );
}
