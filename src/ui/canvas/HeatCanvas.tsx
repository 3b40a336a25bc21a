/** A grid of weights as shades of one colour. */
import { useEffect, useRef } from 'react';
import { type Grid, sidesOf } from '../../config/modalities/tokens.ts';
import type { Size } from '../hooks.ts';
import { usePalette } from './palette.ts';
import { context2d } from './picture.ts';
import { useRestorations } from './restorations.ts';

interface Props {
  /** (n) from 0 to 1, row by row. */
  shades: Float32Array;
  grid: Grid;
  /** In CSS pixels. */
  size: Size;
  className?: string;
}

/** One canvas pixel a cell; the browser enlarges it without blurring, which no number of cells makes slow. */
export function HeatCanvas({ shades, grid, size, className = '' }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const restorations = useRestorations();
  const [rows, columns] = sidesOf(grid);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was drawn before is lost
  useEffect(() => {
    if (canvas.current === null) return;
    const context = context2d(canvas.current);
    context.clearRect(0, 0, columns, rows);
    context.fillStyle = palette.accent;
    shades.forEach((shade, cell) => {
      context.globalAlpha = shade;
      context.fillRect(cell % columns, Math.floor(cell / columns), 1, 1);
    });
  }, [shades, rows, columns, palette, restorations]);
  const { width, height } = size;
  return (
    <span aria-hidden="true" className={className}>
      <canvas ref={canvas} className="heat" width={columns} height={rows} style={{ width, height }} />
    </span>
  );
}
