/** A picture, what the model saw of it, and what it painted. */
import { useMemo } from 'react';
import { rasterAt } from '../../../data/gallery.ts';
import type { PaintedSample } from '../../../trainer/reports.ts';
import { withoutMasked, withVisible } from '../../canvas/masked.ts';
import { PixelCanvas } from '../../canvas/PixelCanvas.tsx';
import { toRgba } from '../../canvas/picture.ts';
import { formatNumber } from '../../format.ts';
import type { RowPlace } from './rowPlace.ts';

export function PaintingRow({ index, info, tile, name, sample }: RowPlace & { sample: PaintedSample }) {
  const { board } = info;
  const { mask, predicted, error } = sample;
  const picture = useMemo(() => toRgba(rasterAt(board, index), board.channels), [board, index]);
  const painted = useMemo(() => toRgba(predicted, board.channels), [predicted, board.channels]);
  const seen = useMemo(() => withoutMasked(picture, mask), [picture, mask]);
  const both = useMemo(() => withVisible(painted, picture, mask), [painted, picture, mask]);
  const removed = mask.reduce((sum, one) => sum + one, 0);
  return (
    <>
      <PixelCanvas rgba={picture} tile={tile} label={`${name}: the original`} />
      <PixelCanvas rgba={seen} tile={tile} label={`${name}: masked, ${removed} of ${mask.length} patches removed`} />
      <PixelCanvas rgba={painted} tile={tile} label={`${name}: the prediction, error ${formatNumber(error)}`} />
      <PixelCanvas rgba={both} tile={tile} label={`${name}: the prediction with the visible patches`} />
      <span className="row-count">
        <span className="row-right">
          error <b>{formatNumber(error)}</b>
        </span>
        <span className="row-detail">
          {removed} of {mask.length} removed
        </span>
      </span>
    </>
  );
}
