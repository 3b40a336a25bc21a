/** A sample of a set, enlarged without blurring. Decoration: what it shows is said elsewhere. */
import { useEffect, useRef } from 'react';
import type { Gallery } from '../../data/gallery.ts';
import type { Size } from '../hooks.ts';
import { context2d } from './picture.ts';
import { usePictureCanvas } from './restorations.ts';

interface Props {
  set: Gallery;
  index: number;
  /** In CSS pixels. */
  size: Size;
  faint?: boolean;
}

export function PictureCanvas({ set, index, size: { width, height }, faint = false }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = usePictureCanvas(set, Math.min(index, set.count - 1));
  useEffect(() => {
    if (canvas.current !== null) context2d(canvas.current).drawImage(picture, 0, 0);
  }, [picture]);
  return (
    <span aria-hidden="true">
      <canvas
        ref={canvas}
        className="picture"
        data-faint={faint || undefined}
        width={set.width}
        height={set.height}
        style={{ width, height }}
      />
    </span>
  );
}
