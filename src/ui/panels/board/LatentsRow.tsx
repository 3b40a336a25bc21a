/** What the student saw of a picture, what the teacher makes of the whole, and what the student makes of the gaps. */
import { useMemo } from 'react';
import { rasterAt } from '../../../data/gallery.ts';
import type { LatentSample } from '../../../trainer/reports.ts';
import { CosineCanvas } from '../../canvas/CosineCanvas.tsx';
import { colourCells, withoutMasked } from '../../canvas/masked.ts';
import { PixelCanvas } from '../../canvas/PixelCanvas.tsx';
import { toRgba } from '../../canvas/picture.ts';
import { formatNumber } from '../../format.ts';
import type { RowPlace } from './rowPlace.ts';

export function LatentsRow({ index, info, tile, name, sample }: RowPlace & { sample: LatentSample }) {
  const { board } = info;
  const { mask, target, predicted, cosine } = sample;
  const seen = useMemo(() => withoutMasked(toRgba(rasterAt(board, index), board.channels), mask), [board, index, mask]);
  const targets = useMemo(() => colourCells(target), [target]);
  const predictions = useMemo(() => colourCells(predicted, (cell) => !Number.isNaN(cosine[cell])), [predicted, cosine]);
  const mean = meanOf(cosine);
  const hidden = mask.reduce((sum, one) => sum + one, 0);
  return (
    <>
      <PixelCanvas rgba={seen} tile={tile} label={`${name}: what the student sees, ${hidden} of ${mask.length} patches hidden`} />
      <PixelCanvas rgba={targets} tile={tile} label={`${name}: the teacher’s target as colours`} />
      <PixelCanvas rgba={predictions} tile={tile} label={`${name}: the student’s prediction as colours`} />
      <CosineCanvas
        cosine={cosine}
        tile={tile}
        label={`${name}: cosine similarity of each patch, ${formatNumber(mean)} on average`}
      />
      <span className="row-count">
        <span className="row-right">
          cosine <b>{formatNumber(mean)}</b>
        </span>
        <span className="row-detail">
          {hidden} of {mask.length} hidden
        </span>
      </span>
    </>
  );
}

/** Of the patches that were predicted; NaN when none was. */
function meanOf(cosine: Float32Array): number {
  const known = cosine.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
