/** A grid of shades whose cells can be read one by one, by pointer or by arrow keys. */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import type { Grid } from '../../../config/modalities/tokens.ts';
import { cellAfter, cellBox, cellUnder } from '../../canvas/cells.ts';
import { HeatCanvas } from '../../canvas/HeatCanvas.tsx';
import { useSize } from '../../hooks.ts';

interface Props {
  /** (n) from 0 to 1, row by row. */
  shades: Float32Array;
  grid: Grid;
  /** Width over height of the whole. */
  aspect?: number;
  /** What the map says, for those who do not see it. */
  label: string;
  /** What stands beside it: of one cell, or, for null, of the whole. */
  readOut: (cell: number | null) => ReactNode;
}

export function HeatMap({ shades, grid, aspect = 1, label, readOut }: Props) {
  const [frame, size] = useSize<HTMLDivElement>();
  const [chosen, choose] = useState<number | null>(null);
  const cell = chosen !== null && chosen < shades.length ? chosen : null;
  const width = size === null ? 0 : Math.max(80, Math.min(size.width - 140, size.height * aspect, 280));
  const map = { width, height: width / aspect };
  const move = (event: KeyboardEvent): void => {
    const next = cellAfter(event.key, cell ?? 0, grid);
    if (next === null) return;
    event.preventDefault();
    choose(cell === null ? 0 : next);
  };
  return (
    <div ref={frame} className="confusion">
      <div
        className="confusion-map"
        role="img"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the read-out follows the arrow keys
        tabIndex={0}
        style={map}
        onPointerMove={(event: PointerEvent) => choose(cellUnder(event, event.currentTarget, grid))}
        onPointerLeave={() => choose(null)}
        onBlur={() => choose(null)}
        onKeyDown={move}
      >
        <HeatCanvas shades={shades} grid={grid} size={map} />
        {cell !== null && <span className="confusion-cursor" style={cellBox(cell, grid)} />}
      </div>
      {readOut(cell)}
    </div>
  );
}
