/** A puzzle: pieces, placement, truth, and how many are right. */
import { useMemo } from 'react';
import { type Grid, gridText } from '../../../config/modalities/tokens.ts';
import type { JigsawSample } from '../../../trainer/reports.ts';
import { fitPieces } from '../../canvas/geometry.ts';
import { PiecesCanvas, PlacementCanvas, TruthCanvas } from '../../canvas/JigsawCanvas.tsx';
import { countPlacement, type Piece, type Placement, type PlacementCount, placePieces } from '../../canvas/jigsaw.ts';
import { usePictureCanvas } from '../../canvas/restorations.ts';
import { plural } from '../../format.ts';
import { usePixelRatio } from '../../hooks.ts';
import { NOTHING, type Shown } from '../../modalities/extras.ts';
import { useApp } from '../../store/store.ts';
import { EmptyRow } from './EmptyRow.tsx';
import type { RowPlace } from './rowPlace.ts';
import { Tiles } from './Tiles.tsx';

export function JigsawRow(props: RowPlace & { sample: JigsawSample }) {
  const { index, info, tile, stacked, name, sample } = props;
  const { grid, count: cells } = info.tokens;
  const ratio = usePixelRatio();
  const geometry = useMemo(() => fitPieces(tile, info.board, grid, ratio), [tile, info.board, grid, ratio]);
  const picture = usePictureCanvas(info.board, index);
  const placement = useApp((state) => state.board.placement);
  const confidence = useApp((state) => state.board.showConfidence);
  const arrows = useApp((state) => state.board.showArrows);
  const fits = sample.order.length === cells;
  const pieces = useMemo(() => (fits ? placePieces(sample, placement) : null), [fits, sample, placement]);
  if (pieces === null) return <EmptyRow {...props} kind="jigsaw" />;
  const canvas = { picture, geometry };
  const count = countPlacement(pieces);
  return (
    <>
      <Tiles kind="jigsaw" stacked={stacked} of={props} shown={shownPieces(pieces, placement, grid)}>
        <PiecesCanvas {...canvas} pieces={pieces} label={`${name}: the pieces, shuffled`} />
        {/* Pieces of another puzzle would glide in from cells that mean nothing. */}
        <PlacementCanvas
          key={`${gridText(grid)} ${info.pinned} ${info.datasetName}`}
          {...canvas}
          pieces={pieces}
          confidence={confidence}
          arrows={arrows}
          label={`${name}: the model’s placement, ${sentence(count)}`}
        />
        <TruthCanvas {...canvas} label={`${name}: the truth`} />
      </Tiles>
      <Count {...count} />
    </>
  );
}

/** What the three drawings show: which patch stands at each cell. */
function shownPieces(pieces: readonly Piece[], placement: Placement, grid: Grid): Shown[] {
  const shuffled = pieces.map(({ patch, dropped }) => (dropped ? NOTHING : patch));
  const placed = pieces.map(() => NOTHING);
  for (const { patch, cell, covered, dropped } of pieces) if (!covered && !dropped) placed[cell] = patch;
  return [
    { is: 'shuffled', grid, cells: shuffled },
    { is: placement, grid, cells: placed },
    { is: 'truth', grid },
  ];
}

function sentence({ right, pieces, collisions, holes }: PlacementCount): string {
  return `${right} of ${pieces} right, ${plural(collisions, 'collision')}, ${plural(holes, 'hole')}`;
}

function Count({ right, pieces, collisions, holes }: PlacementCount) {
  return (
    <span className="row-count">
      <span className="row-right">
        <b>{right}</b> of {pieces} right
      </span>
      <span className="row-detail">{plural(collisions, 'collision')}</span>
      <span className="row-detail">{plural(holes, 'hole')}</span>
    </span>
  );
}
