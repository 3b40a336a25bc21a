/** The board of a run on samples with several members. */
import type { BoardProps } from '../modalities/extras.ts';
import { shownFrame } from '../store/board.ts';
import { useApp } from '../store/store.ts';
import { Matrices } from './Matrices.tsx';
import { NoisySwitchboard } from './NoisySwitchboard.tsx';
import { PaintedRows } from './PaintedRows.tsx';
import { SampleRows } from './SampleRows.tsx';

export function PairBoard({ info, kind, onAnswer }: BoardProps) {
  const report = useApp(({ board }) => shownFrame(board)?.report ?? null);
  const own = report?.kind === kind ? report : null;
  switch (own?.kind) {
    case 'pairs':
      return (
        <div className="pairs">
          <SampleRows info={info} />
          <Matrices pairs={own.pairs} samples={own.samples} />
        </div>
      );
    case 'senses':
      return <PaintedRows info={info} samples={own.samples} />;
    case 'switchboard':
      return <NoisySwitchboard info={info} report={own} onAnswer={onAnswer} />;
    default:
      return <SampleRows info={info} />;
  }
}
