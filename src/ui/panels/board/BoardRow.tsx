/** One picture of the board: pieces, placement, truth, and how many are right. */
import { useMemo } from 'react';
import type { RunInfo } from '../../../worker/protocol.ts';
import { fitPicture } from '../../canvas/geometry.ts';
import { PiecesCanvas, PlacementCanvas, TruthCanvas } from '../../canvas/JigsawCanvas.tsx';
import { countPlacement, type PlacementCount, placePieces } from '../../canvas/jigsaw.ts';
import { usePictureCanvas } from '../../canvas/restorations.ts';
import { plural } from '../../format.ts';
import { usePixelRatio } from '../../hooks.ts';
import { sampleAt, shownFrame } from '../../store/board.ts';
import { useApp } from '../../store/store.ts';

export function BoardRow({ index, info, tile }: { index: number; info: RunInfo; tile: number }) {
  const { size } = info.config.data;
  const side = size / info.config.model.patch;
  const ratio = usePixelRatio();
  const geometry = useMemo(() => fitPicture(tile, size, side, ratio), [tile, size, side, ratio]);
  const picture = usePictureCanvas(info.board, index);
  const sample = useApp(({ board }) => {
    const frame = shownFrame(board);
    return frame === null ? null : sampleAt(frame, index, info.pinned, board.pin);
  });
  const placement = useApp((state) => state.board.placement);
  const confidence = useApp((state) => state.board.showConfidence);
  const arrows = useApp((state) => state.board.showArrows);
  const fits = sample !== null && sample.order.length === side ** 2;
  const pieces = useMemo(() => (fits ? placePieces(sample, placement) : null), [fits, sample, placement]);
  const name = rowName(index, info.pinned);
  const canvas = { picture, geometry };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
    <div className="board-row" role="group" aria-label={name}>
      <RowName name={name} className={className(info, index)} />
      {pieces === null ? (
        <>
          <span className="tile-empty" />
          <span className="tile-empty" />
        </>
      ) : (
        <>
          <PiecesCanvas {...canvas} pieces={pieces} label={`${name}: the pieces, shuffled`} />
          {/* Pieces of another puzzle would glide in from cells that mean nothing. */}
          <PlacementCanvas
            key={`${side} ${info.pinned} ${info.datasetName}`}
            {...canvas}
            pieces={pieces}
            confidence={confidence}
            arrows={arrows}
            label={`${name}: the model’s placement, ${sentence(countPlacement(pieces))}`}
          />
        </>
      )}
      <TruthCanvas {...canvas} label={`${name}: the truth`} />
      {pieces === null ? (
        <span className="row-count muted">not on the board at this time</span>
      ) : (
        <Count {...countPlacement(pieces)} />
      )}
    </div>
  );
}

function rowName(index: number, pinned: boolean): string {
  if (pinned && index === 0) return 'Your photo';
  return `Sample ${index + (pinned ? 0 : 1)}`;
}

/** The class of a sample, when pictures came with labels; a pinned photo has none. */
function className({ board, classes, pinned }: RunInfo, index: number): string | null {
  if (pinned || board.labels === undefined) return null;
  return classes[board.labels[index]] ?? null;
}

function RowName({ name, className }: { name: string; className: string | null }) {
  return (
    <span className="row-name">
      {name}
      {className !== null && <span className="row-class">{className}</span>}
    </span>
  );
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
