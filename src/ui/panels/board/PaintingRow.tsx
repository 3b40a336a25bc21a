/** A sample, what the model saw of it, and what it painted. */
import { useMemo } from 'react';
import type { PaintedSample } from '../../../trainer/reports.ts';
import { withoutMasked, withVisible } from '../../canvas/masked.ts';
import { PixelCanvas } from '../../canvas/PixelCanvas.tsx';
import { drawRaster, drawSample } from '../../canvas/picture.ts';
import { formatNumber } from '../../format.ts';
import { viewOf } from '../../modalities/registry.ts';
import { EmptyRow } from './EmptyRow.tsx';
import type { RowPlace } from './rowPlace.ts';
import { Tiles } from './Tiles.tsx';

export function PaintingRow(props: RowPlace & { sample: PaintedSample }) {
  const { board, tokens } = props.info;
  const { mask, predicted } = props.sample;
  const fits = mask.length === tokens.count && predicted.length === board.width * board.height * board.channels;
  return fits ? <Painting {...props} /> : <EmptyRow {...props} kind="painting" />;
}

function Painting({ index, info, tile, stacked, name, sample }: RowPlace & { sample: PaintedSample }) {
  const { board, tokens } = info;
  const { grid } = tokens;
  const { mask, predicted, error } = sample;
  const picture = useMemo(() => drawSample(board, index), [board, index]);
  const painted = useMemo(() => drawRaster(board, predicted), [board, predicted]);
  const seen = useMemo(() => withoutMasked(picture, mask, grid), [picture, mask, grid]);
  const both = useMemo(() => withVisible(painted, picture, mask, grid), [painted, picture, mask, grid]);
  const { words } = viewOf(board.modality);
  const removed = mask.reduce((sum, one) => sum + one, 0);
  return (
    <>
      <Tiles kind="painting" stacked={stacked}>
        <PixelCanvas drawing={picture} tile={tile} label={`${name}: the original`} />
        <PixelCanvas drawing={seen} tile={tile} label={`${name}: masked, ${removed} of ${mask.length} ${words.tokens} removed`} />
        <PixelCanvas drawing={painted} tile={tile} label={`${name}: the prediction, error ${formatNumber(error)}`} />
        <PixelCanvas drawing={both} tile={tile} label={`${name}: the prediction with the visible ${words.tokens}`} />
      </Tiles>
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
