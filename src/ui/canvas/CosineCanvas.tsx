/** Cosine similarities of a grid of cells: blue where two vectors agree, orange where they oppose, grey where there is none. */
import { useCallback } from 'react';
import { type Grid, sidesOf } from '../../config/modalities/tokens.ts';
import type { Size } from '../hooks.ts';
import { usePalette } from './palette.ts';
import { TileCanvas } from './TileCanvas.tsx';

interface Props {
  /** (n) */
  cosine: Float32Array;
  grid: Grid;
  /** In CSS pixels. */
  tile: Size;
  label: string;
}

export function CosineCanvas({ cosine, grid, tile, label }: Props) {
  const palette = usePalette();
  const [rows, columns] = sidesOf(grid);
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => {
      context.clearRect(0, 0, columns, rows);
      cosine.forEach((value, cell) => {
        if (Number.isNaN(value)) return;
        const fill = (colour: string, alpha: number): void => {
          context.globalAlpha = alpha;
          context.fillStyle = colour;
          context.fillRect(cell % columns, Math.floor(cell / columns), 1, 1);
        };
        fill(palette.panel, 1);
        fill(value < 0 ? palette.wrong : palette.right, Math.min(1, Math.abs(value)));
      });
    },
    [cosine, rows, columns, palette],
  );
  return <TileCanvas width={columns} height={rows} tile={tile} label={label} paint={paint} />;
}
