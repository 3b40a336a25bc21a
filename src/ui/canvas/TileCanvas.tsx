/** A small square canvas, enlarged without blurring to the size of a board picture. */
import { useEffect, useRef } from 'react';
import { context2d } from './picture.ts';
import { useRestorations } from './restorations.ts';

interface Props {
  /** In canvas pixels. */
  side: number;
  /** In CSS pixels. */
  tile: number;
  label: string;
  /** Fills the whole canvas. Called again whenever it is another function, and after the browser lost what was drawn. */
  paint(context: CanvasRenderingContext2D): void;
}

export function TileCanvas({ side, tile, label, paint }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const restorations = useRestorations();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was drawn before is lost
  useEffect(() => {
    if (canvas.current !== null) paint(context2d(canvas.current));
  }, [paint, side, restorations]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      className="pixels"
      width={side}
      height={side}
      style={{ width: tile, height: tile }}
    />
  );
}
