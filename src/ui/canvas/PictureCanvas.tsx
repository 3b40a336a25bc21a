/** A picture of a set, enlarged without blurring. Decoration: what it shows is said elsewhere. */
import { useEffect, useRef } from 'react';
import type { PictureSet } from '../../data/pictures.ts';
import { context2d, pictureCanvas } from './picture.ts';

interface Props {
  set: PictureSet;
  index: number;
  /** In CSS pixels. */
  size: number;
  faint?: boolean;
}

export function PictureCanvas({ set, index, size, faint = false }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current === null || index >= set.count) return;
    context2d(canvas.current).drawImage(pictureCanvas(set, index), 0, 0);
  }, [set, index]);
  return (
    <span aria-hidden="true">
      <canvas
        ref={canvas}
        className="picture"
        data-faint={faint || undefined}
        width={set.size}
        height={set.size}
        style={{ width: size, height: size }}
      />
    </span>
  );
}
