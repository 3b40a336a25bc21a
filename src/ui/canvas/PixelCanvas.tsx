/** A square of pixels, enlarged without blurring to the size of a board picture. */
import { useEffect, useRef } from 'react';
import { context2d } from './picture.ts';
import { useRestorations } from './restorations.ts';

interface Props {
  /** (side, side, 4). What is transparent shows the grey of a hole. */
  rgba: Uint8ClampedArray<ArrayBuffer>;
  /** In CSS pixels. */
  tile: number;
  label: string;
}

export function PixelCanvas({ rgba, tile, label }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const restorations = useRestorations();
  const side = Math.sqrt(rgba.length / 4);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was drawn before is lost
  useEffect(() => {
    if (canvas.current !== null) context2d(canvas.current).putImageData(new ImageData(rgba, side), 0, 0);
  }, [rgba, side, restorations]);
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
