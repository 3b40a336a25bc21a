/** A square grid of weights, n cells a side, as shades of one colour. */
import { useEffect, useRef } from 'react';
import { usePalette } from './palette.ts';
import { context2d } from './picture.ts';
import { useRestorations } from './restorations.ts';

interface Props {
  /** (n, n) from 0 to 1, row by row. */
  shades: Float32Array;
  side: number;
  /** In CSS pixels. */
  size: number;
  className?: string;
}

/** One canvas pixel a cell; the browser enlarges it without blurring, which no number of cells makes slow. */
export function HeatCanvas({ shades, side, size, className = '' }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const restorations = useRestorations();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was drawn before is lost
  useEffect(() => {
    if (canvas.current === null) return;
    const context = context2d(canvas.current);
    context.clearRect(0, 0, side, side);
    context.fillStyle = palette.accent;
    shades.forEach((shade, cell) => {
      context.globalAlpha = shade;
      context.fillRect(cell % side, Math.floor(cell / side), 1, 1);
    });
  }, [shades, side, palette, restorations]);
  return (
    <span aria-hidden="true" className={className}>
      <canvas ref={canvas} className="heat" width={side} height={side} style={{ width: size, height: size }} />
    </span>
  );
}
