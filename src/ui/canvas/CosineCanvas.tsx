/** Cosine similarities of a grid of cells: blue where two vectors agree, orange where they oppose, grey where there is none. */
import { useEffect, useRef } from 'react';
import { usePalette } from './palette.ts';
import { context2d } from './picture.ts';
import { useRestorations } from './restorations.ts';

export function CosineCanvas({ cosine, tile, label }: { cosine: Float32Array; tile: number; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const restorations = useRestorations();
  const side = Math.sqrt(cosine.length);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was drawn before is lost
  useEffect(() => {
    if (canvas.current === null) return;
    const context = context2d(canvas.current);
    context.clearRect(0, 0, side, side);
    cosine.forEach((value, cell) => {
      if (Number.isNaN(value)) return;
      const fill = (colour: string, alpha: number): void => {
        context.globalAlpha = alpha;
        context.fillStyle = colour;
        context.fillRect(cell % side, Math.floor(cell / side), 1, 1);
      };
      fill(palette.panel, 1);
      fill(value < 0 ? palette.wrong : palette.right, Math.min(1, Math.abs(value)));
    });
  }, [cosine, side, palette, restorations]);
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
