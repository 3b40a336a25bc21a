/** A whole picture of a set on the board. */
import { useMemo } from 'react';
import { type PictureSet, pictureAt } from '../../../data/pictures.ts';
import { PixelCanvas } from '../../canvas/PixelCanvas.tsx';
import { toRgba } from '../../canvas/picture.ts';

export function Picture({ set, index, tile, label }: { set: PictureSet; index: number; tile: number; label: string }) {
  const rgba = useMemo(() => toRgba(pictureAt(set, index), set.channels), [set, index]);
  return <PixelCanvas rgba={rgba} tile={tile} label={label} />;
}
