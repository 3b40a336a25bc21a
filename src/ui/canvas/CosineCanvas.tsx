/** Cosine similarities of a grid of cells: blue where two vectors agree, orange where they oppose, grey where there is none. */
import { useCallback } from 'react';
import { usePalette } from './palette.ts';
import { TileCanvas } from './TileCanvas.tsx';

export function CosineCanvas({ cosine, tile, label }: { cosine: Float32Array; tile: number; label: string }) {
  const palette = usePalette();
  const side = Math.sqrt(cosine.length);
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => {
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
    },
    [cosine, side, palette],
  );
  return <TileCanvas side={side} tile={tile} label={label} paint={paint} />;
}
