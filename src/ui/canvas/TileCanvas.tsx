/** A small canvas, enlarged without blurring to the size of a tile of the board. */
import { useEffect, useRef } from 'react';
import type { Size } from '../hooks.ts';
import { context2d } from './picture.ts';
import { useRestorations } from './restorations.ts';

interface Props {
  /** In canvas pixels. */
  width: number;
  height: number;
  /** In CSS pixels. */
  tile: Size;
  label: string;
  /** Fills the whole canvas. Called again whenever it is another function, and after the browser lost what was drawn. */
  paint(context: CanvasRenderingContext2D): void;
}

export function TileCanvas({ width, height, tile, label, paint }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const restorations = useRestorations();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was drawn before is lost
  useEffect(() => {
    if (canvas.current !== null) paint(context2d(canvas.current));
  }, [paint, width, height, restorations]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      className="pixels"
      width={width}
      height={height}
      style={{ width: tile.width, height: tile.height }}
    />
  );
}
