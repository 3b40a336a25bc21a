/** What multimodal MAE paints: every member as it is, and with its gaps painted. */
import type { Gallery } from '../../data/gallery.ts';
import type { BoardReport, PaintedMember } from '../../trainer/reports.ts';
import type { RunInfo } from '../../worker/protocol.ts';
import { Member } from './Member.tsx';

const HEIGHT = 40;

type Painted = Extract<BoardReport, { kind: 'senses' }>['samples'];

export function PaintedRows({ info: { board }, samples }: { info: RunInfo; samples: Painted }) {
  return (
    <ul className="pair-rows" aria-label="Samples, and what is painted of them">
      {samples.map(({ members }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: samples of the board have no names
        <li key={index} className="pair-row">
          <span className="pair-name">Sample {index + 1}</span>
          {members.map((member) => (
            <PaintedOne key={member.sense} set={board} index={index} member={member} />
          ))}
        </li>
      ))}
    </ul>
  );
}

function PaintedOne({
  set,
  index,
  member: { sense, mask, raster, words },
}: {
  set: Gallery;
  index: number;
  member: PaintedMember;
}) {
  const name = `Sample ${index + 1}`;
  if (sense === 'text') return <GuessedWords set={set} index={index} words={words} />;
  const removed = mask.reduce((sum, flag) => sum + flag, 0);
  return (
    <span className="pair-painted">
      <Member set={set} index={index} sense={sense} height={HEIGHT} name={name} />
      {raster !== undefined && (
        <Member
          set={set}
          index={index}
          sense={sense}
          height={HEIGHT}
          name={`${name}, ${removed} of ${mask.length} painted`}
          raster={raster}
        />
      )}
    </span>
  );
}

function GuessedWords({ set: { members }, index, words }: { set: Gallery; index: number; words: Int32Array | undefined }) {
  const text = members?.text;
  if (text === undefined) return null;
  const places = text.ids.length / text.texts.length;
  const ids = Array.from(text.ids.subarray(index * places, (index + 1) * places));
  const nameOf = (id: number): string => text.vocabulary.names[id] ?? '';
  return (
    <span className="pair-words">
      {ids.map((id, place) => {
        if (id === 0) return null;
        const guess = words?.[place] ?? -1;
        const verdict = guess < 0 ? undefined : guess === id ? 'right' : 'wrong';
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: words by their places
          <span key={place} data-verdict={verdict} title={verdict === 'wrong' ? `truth: ${nameOf(id)}` : undefined}>
            {guess < 0 ? nameOf(id) : nameOf(guess)}
          </span>
        );
      })}
    </span>
  );
}
