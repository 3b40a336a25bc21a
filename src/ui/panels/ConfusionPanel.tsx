/** Which cells are taken for which. */
import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react';
import { cellAfter, cellUnder } from '../canvas/cells.ts';
import { confusionShades, confusionSummary, readConfusion } from '../canvas/confusion.ts';
import { HeatCanvas } from '../canvas/HeatCanvas.tsx';
import { formatCell, formatCount, formatPercent } from '../format.ts';
import { useAppSlowly, useSize } from '../hooks.ts';
import type { AppState } from '../store/store.ts';
import { Panel } from './Panel.tsx';

const REDRAW_MILLISECONDS = 800;

const selectConfusion = (state: AppState) => state.curves.latest?.confusion?.counts ?? null;
const NOTHING = new Uint32Array(16 ** 2);

export function ConfusionPanel() {
  const counts = useAppSlowly(selectConfusion, REDRAW_MILLISECONDS);
  return (
    <Panel title="Position confusion" about={<About />} className="confusion-panel">
      <ConfusionMap counts={counts ?? NOTHING} measured={counts !== null} />
    </Panel>
  );
}

/** `counts` is (n, n): row = true cell, column = predicted cell. */
function ConfusionMap({ counts, measured }: { counts: Uint32Array; measured: boolean }) {
  const n = Math.sqrt(counts.length);
  const [frame, size] = useSize<HTMLDivElement>();
  const side = size === null ? 0 : Math.max(80, Math.min(size.width - 140, size.height, 280));
  const shades = useMemo(() => confusionShades(counts), [counts]);
  const [chosen, choose] = useState<number | null>(null);
  const cell = chosen !== null && chosen < counts.length ? chosen : null;
  const move = (event: KeyboardEvent): void => {
    const next = cellAfter(event.key, cell ?? 0, n);
    if (next === null) return;
    event.preventDefault();
    choose(cell === null ? 0 : next);
  };
  return (
    <div ref={frame} className="confusion">
      <div
        className="confusion-map"
        role="img"
        aria-label={confusionSummary(counts, measured)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the read-out follows the arrow keys
        tabIndex={0}
        style={{ width: side, height: side }}
        onPointerMove={(event: PointerEvent) => choose(cellUnder(event, event.currentTarget, n))}
        onPointerLeave={() => choose(null)}
        onBlur={() => choose(null)}
        onKeyDown={move}
      >
        <HeatCanvas shades={shades} side={n} size={side} />
        {cell !== null && <Cursor cell={cell} n={n} />}
      </div>
      <ReadOut counts={counts} cell={cell} measured={measured} />
    </div>
  );
}

function Cursor({ cell, n }: { cell: number; n: number }) {
  const part = 100 / n;
  return (
    <span
      className="confusion-cursor"
      style={{ left: `${(cell % n) * part}%`, top: `${Math.floor(cell / n) * part}%`, width: `${part}%`, height: `${part}%` }}
    />
  );
}

function ReadOut({ counts, cell, measured }: { counts: Uint32Array; cell: number | null; measured: boolean }) {
  const n = Math.sqrt(counts.length);
  const grid = Math.sqrt(n);
  if (!measured) return <p className="read-out small muted">Measured once the run is ready.</p>;
  if (cell === null) {
    return (
      <div className="read-out small muted">
        <p>Rows: where a patch belongs.</p>
        <p>Columns: where the model puts it.</p>
        <p>Point at a cell to read it.</p>
      </div>
    );
  }
  const { truth, predicted, count, share } = readConfusion(counts, cell);
  return (
    <dl className="read-out small" aria-live="polite">
      <dt>belongs to</dt>
      <dd>{formatCell(truth, grid)}</dd>
      <dt>put into</dt>
      <dd>{formatCell(predicted, grid)}</dd>
      <dt>how often</dt>
      <dd>
        {formatPercent(share)}, {formatCount(count)} patches
      </dd>
    </dl>
  );
}

function About() {
  return (
    <>
      <p>
        One row for each cell of the picture, one column for each cell the model can answer: the darker a square, the more often
        patches of that row were put into that column. A clean diagonal is a solved puzzle.
      </p>
      <p>
        Blocks near the diagonal are neighbours taken for each other. In mirrored training a patch is often taken for its twin on
        the other side: that shows as a second, crossed diagonal in each block.
      </p>
    </>
  );
}
