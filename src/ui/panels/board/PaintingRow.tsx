/** A sample, what the model saw of it, and what it painted. */
import { useMemo } from 'react';
import type { PaintedSample } from '../../../trainer/reports.ts';
import { withoutMasked, withVisible } from '../../canvas/masked.ts';
import { PixelCanvas } from '../../canvas/PixelCanvas.tsx';
import { drawRaster, drawSample } from '../../canvas/picture.ts';
import { formatNumber, formatPercent } from '../../format.ts';
import type { Shown } from '../../modalities/extras.ts';
import { viewWords } from '../../modalities/registry.ts';
import { EmptyRow } from './EmptyRow.tsx';
import type { RowPlace } from './rowPlace.ts';
import { Tiles } from './Tiles.tsx';

interface Props extends RowPlace {
  sample: PaintedSample;
  /** The mean and spread of each patch were taken from the truth. */
  borrowed: boolean;
}

export function PaintingRow(props: Props) {
  const { board, tokens } = props.info;
  const { mask, predicted } = props.sample;
  const fits = mask.length === tokens.count && predicted.length === board.width * board.height * board.channels;
  return fits ? <Painting {...props} /> : <EmptyRow {...props} kind="painting" />;
}

function Painting(props: Props) {
  const { index, info, tile, stacked, name, sample, borrowed } = props;
  const { board, tokens } = info;
  const { grid } = tokens;
  const { mask, predicted, error, right } = sample;
  const picture = useMemo(() => drawSample(board, index), [board, index]);
  const painted = useMemo(() => drawRaster(board, predicted), [board, predicted]);
  const seen = useMemo(() => withoutMasked(picture, mask, grid), [picture, mask, grid]);
  const both = useMemo(() => withVisible(painted, picture, mask, grid), [painted, picture, mask, grid]);
  const words = viewWords(info.config);
  const removed = mask.reduce((sum, one) => sum + one, 0);
  const said = right === undefined ? `error ${formatNumber(error)}` : `${formatPercent(right, 0)} of entries right`;
  const drawn = { grid, mask, raster: predicted, borrowed };
  const shown: Shown[] = [
    { is: 'original', grid, compared: true },
    { is: 'masked', grid, mask },
    { is: 'prediction', ...drawn },
    { is: 'pasted', ...drawn },
  ];
  return (
    <>
      <Tiles kind="painting" stacked={stacked} of={props} shown={shown}>
        <PixelCanvas drawing={picture} tile={tile} label={`${name}: the original`} />
        <PixelCanvas drawing={seen} tile={tile} label={`${name}: masked, ${removed} of ${mask.length} ${words.tokens} removed`} />
        <PixelCanvas drawing={painted} tile={tile} label={`${name}: the prediction, ${said}`} />
        <PixelCanvas drawing={both} tile={tile} label={`${name}: the prediction with the visible ${words.tokens}`} />
      </Tiles>
      <span className="row-count">
        <span className="row-right">
          {right === undefined ? 'error' : 'right'} <b>{right === undefined ? formatNumber(error) : formatPercent(right, 0)}</b>
        </span>
        <span className="row-detail">
          {removed} of {mask.length} removed
        </span>
      </span>
    </>
  );
}
