/** One sample of the board, and what the model makes of it. */
import { extrasOf } from '../../extras.ts';
import { rowClass, rowName } from '../../modalities/sampleNames.ts';
import type { BoardKind } from '../../objectives/page.ts';
import { pressShortcut } from '../../shortcuts.ts';
import { sampleIndex, shownFrame } from '../../store/board.ts';
import { useApp } from '../../store/store.ts';
import { ClassesRow } from './ClassesRow.tsx';
import { EmptyRow } from './EmptyRow.tsx';
import { JigsawRow } from './JigsawRow.tsx';
import { LatentsRow } from './LatentsRow.tsx';
import { PaintingRow } from './PaintingRow.tsx';
import type { RowPlace } from './rowPlace.ts';

type Props = Omit<RowPlace, 'name'> & { kind: BoardKind };

export function BoardRow({ kind, ...place }: Props) {
  const { index, info } = place;
  const name = rowName(index, info);
  const keys = extrasOf(info.board.modality) === undefined ? {} : { tabIndex: 0, onKeyDown: pressShortcut };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
    <div className="board-row" role="group" aria-label={name} {...keys}>
      <RowName name={name} className={rowClass(info, index)} />
      <RowBody place={{ ...place, name }} kind={kind} />
    </div>
  );
}

function RowBody({ place, kind }: { place: RowPlace; kind: BoardKind }) {
  const { index, info } = place;
  const report = useApp(({ board }) => shownFrame(board)?.report ?? null);
  const at = useApp(({ board }) => {
    const frame = shownFrame(board);
    return frame === null ? null : sampleIndex(frame, index, info.pinned, board.pin);
  });
  if (report === null || at === null || report.kind !== kind) return <EmptyRow {...place} kind={kind} />;
  switch (report.kind) {
    case 'jigsaw':
      return <JigsawRow {...place} sample={report.samples[at]} />;
    case 'painting':
      return <PaintingRow {...place} sample={report.samples[at]} borrowed={report.borrowed} />;
    case 'cloze':
      return <EmptyRow {...place} kind={kind} />;
    case 'latents':
      return <LatentsRow {...place} sample={report.samples[at]} />;
    case 'classes':
      return <ClassesRow {...place} sample={report.samples[at]} />;
    // Samples with several members have a board of their own.
    case 'pairs':
    case 'senses':
    case 'switchboard':
      return <EmptyRow {...place} kind={kind} />;
    default:
      return report satisfies never;
  }
}

function RowName({ name, className }: { name: string; className: string | null }) {
  return (
    <span className="row-name">
      {name}
      {className !== null && (
        <span className="row-class" title={className}>
          {className}
        </span>
      )}
    </span>
  );
}
