/** The samples of the board, each as its members. */
import { sensesOf } from '../../config/modalities/pair.ts';
import type { RunInfo } from '../../worker/protocol.ts';
import { Member } from './Member.tsx';

const HEIGHT = 40;
/** A switchboard has more, one at a time. */
const ROWS = 6;

export function SampleRows({ info: { board, config } }: { info: RunInfo }) {
  const rows = Array.from({ length: Math.min(ROWS, board.count) }, (_, i) => i);
  return (
    <ul className="pair-rows" aria-label="Samples">
      {rows.map((index) => (
        <li key={index} className="pair-row">
          <span className="pair-name">Sample {index + 1}</span>
          {sensesOf(config).map((sense) => (
            <Member key={sense} set={board} index={index} sense={sense} height={HEIGHT} name={`Sample ${index + 1}`} />
          ))}
        </li>
      ))}
    </ul>
  );
}
