/** A square of pixels at the size of a board picture. */
import { useCallback } from 'react';
import { TileCanvas } from './TileCanvas.tsx';

interface Props {
  /** (side, side, 4). What is transparent shows the grey of a hole. */
  rgba: Uint8ClampedArray<ArrayBuffer>;
  /** In CSS pixels. */
  tile: number;
  label: string;
}

export function PixelCanvas({ rgba, tile, label }: Props) {
  const side = Math.sqrt(rgba.length / 4);
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => context.putImageData(new ImageData(rgba, side), 0, 0),
    [rgba, side],
  );
  return <TileCanvas side={side} tile={tile} label={label} paint={paint} />;
}
