/** A drawing at the size of a tile of the board. */
import { useCallback } from 'react';
import type { Size } from '../hooks.ts';
import type { Drawing } from './drawing.ts';
import { TileCanvas } from './TileCanvas.tsx';

interface Props {
  drawing: Drawing;
  /** In CSS pixels. */
  tile: Size;
  label: string;
}

export function PixelCanvas({ drawing: { width, height, rgba }, tile, label }: Props) {
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => context.putImageData(new ImageData(rgba, width, height), 0, 0),
    [rgba, width, height],
  );
  return <TileCanvas width={width} height={height} tile={tile} label={label} paint={paint} />;
}
