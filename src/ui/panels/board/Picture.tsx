/** A whole picture of a set on the board. */
import { useMemo } from 'react';
import { type Gallery, rasterAt } from '../../../data/gallery.ts';
import { PixelCanvas } from '../../canvas/PixelCanvas.tsx';
import { toRgba } from '../../canvas/picture.ts';

export function Picture({ set, index, tile, label }: { set: Gallery; index: number; tile: number; label: string }) {
  const rgba = useMemo(() => toRgba(rasterAt(set, index), set.channels), [set, index]);
  return <PixelCanvas rgba={rgba} tile={tile} label={label} />;
}
