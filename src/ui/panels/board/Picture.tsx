/** A whole sample of a set on the board. */
import { useMemo } from 'react';
import type { Gallery } from '../../../data/gallery.ts';
import { PixelCanvas } from '../../canvas/PixelCanvas.tsx';
import { drawSample } from '../../canvas/picture.ts';
import type { Size } from '../../hooks.ts';

export function Picture({ set, index, tile, label }: { set: Gallery; index: number; tile: Size; label: string }) {
  const drawing = useMemo(() => drawSample(set, index), [set, index]);
  return <PixelCanvas drawing={drawing} tile={tile} label={label} />;
}
