/** A grid of shades whose cells can be read one by one, by pointer or by arrow keys. */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import { cellAfter, cellUnder } from '../../canvas/cells.ts';
import { HeatCanvas } from '../../canvas/HeatCanvas.tsx';
import { useSize } from '../../hooks.ts';

interface Props {
  /** (side, side) from 0 to 1, row by row. */
  shades: Float32Array;
  /** What the map says, for those who do not see it. */
  label: string;
  /** What stands beside it: of one cell, or, for null, of the whole. */
  readOut: (cell: number | null) => ReactNode;
}

export function HeatMap({ shades, label, readOut }: Props) {
  const side = Math.sqrt(shades.length);
  const [frame, size] = useSize<HTMLDivElement>();
  const [chosen, choose] = useState<number | null>(null);
  const cell = chosen !== null && chosen < shades.length ? chosen : null;
  const width = size === null ? 0 : Math.max(80, Math.min(size.width - 140, size.height, 280));
  const move = (event: KeyboardEvent): void => {
    const next = cellAfter(event.key, cell ?? 0, side);
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
        style={{ width, height: width }}
        onPointerMove={(event: PointerEvent) => choose(cellUnder(event, event.currentTarget, side))}
        onPointerLeave={() => choose(null)}
        onBlur={() => choose(null)}
        onKeyDown={move}
      >
        <HeatCanvas shades={shades} side={side} size={width} />
        {cell !== null && <Cursor cell={cell} side={side} />}
      </div>
      {readOut(cell)}
    </div>
  );
}

function Cursor({ cell, side }: { cell: number; side: number }) {
  const part = 100 / side;
  return (
    <span
      className="confusion-cursor"
      style={{
        left: `${(cell % side) * part}%`,
        top: `${Math.floor(cell / side) * part}%`,
        width: `${part}%`,
        height: `${part}%`,
      }}
    />
  );
}
