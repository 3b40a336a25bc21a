/** What the student saw of a sample, what the teacher makes of the whole, and what the student makes of the gaps. */
import { useMemo } from 'react';
import type { LatentSample } from '../../../trainer/reports.ts';
import { CosineCanvas } from '../../canvas/CosineCanvas.tsx';
import { colourCells, withoutMasked } from '../../canvas/masked.ts';
import { PixelCanvas } from '../../canvas/PixelCanvas.tsx';
import { drawSample } from '../../canvas/picture.ts';
import { formatNumber } from '../../format.ts';
import { viewWords } from '../../modalities/registry.ts';
import { EmptyRow } from './EmptyRow.tsx';
import type { RowPlace } from './rowPlace.ts';
import { Tiles } from './Tiles.tsx';

export function LatentsRow(props: RowPlace & { sample: LatentSample }) {
  const fits = props.sample.mask.length === props.info.tokens.count;
  return fits ? <Latents {...props} /> : <EmptyRow {...props} kind="latents" />;
}

function Latents(props: RowPlace & { sample: LatentSample }) {
  const { index, info, tile, stacked, name, sample } = props;
  const { board } = info;
  const { grid } = info.tokens;
  const words = viewWords(info.config);
  const { mask, target, predicted, cosine } = sample;
  const seen = useMemo(() => withoutMasked(drawSample(board, index), mask, grid), [board, index, mask, grid]);
  const targets = useMemo(() => colourCells(target, grid), [target, grid]);
  const predictions = useMemo(
    () => colourCells(predicted, grid, (cell) => !Number.isNaN(cosine[cell])),
    [predicted, cosine, grid],
  );
  const mean = meanOf(cosine);
  const hidden = mask.reduce((sum, one) => sum + one, 0);
  return (
    <>
      <Tiles kind="latents" stacked={stacked} of={props} shown={[{ is: 'original', grid, compared: false }]}>
        <PixelCanvas
          drawing={seen}
          tile={tile}
          label={`${name}: what the student sees, ${hidden} of ${mask.length} ${words.tokens} hidden`}
        />
        <PixelCanvas drawing={targets} tile={tile} label={`${name}: the teacher’s target as colours`} />
        <PixelCanvas drawing={predictions} tile={tile} label={`${name}: the student’s prediction as colours`} />
        <CosineCanvas
          cosine={cosine}
          grid={grid}
          tile={tile}
          label={`${name}: cosine similarity of each ${words.token}, ${formatNumber(mean)} on average`}
        />
      </Tiles>
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
