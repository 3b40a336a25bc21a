/** What multimodal MAE paints: every member as it is, as it was seen, and with its gaps painted. */
import type { Sense } from '../../config/modalities.ts';
import type { Gallery } from '../../data/gallery.ts';
import type { BoardReport, PaintedMember } from '../../trainer/reports.ts';
import type { RunInfo } from '../../worker/protocol.ts';
import { Member } from './Member.tsx';

const HEIGHT = 40;

type Painted = Extract<BoardReport, { kind: 'senses' }>['samples'];

export function PaintedRows({ info, samples }: { info: RunInfo; samples: Painted }) {
  return (
    <ul className="pair-rows painted-rows" aria-label="Samples, and what is painted of them">
      {samples.map(({ members }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: samples of the board have no names
        <li key={index} className="pair-row">
          <span className="pair-name">Sample {index + 1}</span>
          {isWhole(info.board, index) ? (
            members.map((member) => <PaintedOne key={member.sense} info={info} index={index} member={member} />)
          ) : (
            <Unpainted info={info} index={index} senses={members.map(({ sense }) => sense)} />
          )}
        </li>
      ))}
    </ul>
  );
}

function isWhole({ present = {} }: Gallery, index: number): boolean {
  return Object.values(present).every((flags) => flags?.[index] !== 0);
}

/** It is trained and tested on whole samples only: what it would paint here came from nothing. */
function Unpainted({ info, index, senses }: { info: RunInfo; index: number; senses: readonly Sense[] }) {
  return (
    <>
      {senses.map((sense) => (
        <Member key={sense} set={info.board} index={index} sense={sense} height={HEIGHT} name={`Sample ${index + 1}`} />
      ))}
      <span className="small muted">not painted: it lacks a sense</span>
    </>
  );
}

interface OneProps {
  info: RunInfo;
  index: number;
  member: PaintedMember;
}

function PaintedOne({ info: { board, tokens }, index, member: { sense, mask, raster, words } }: OneProps) {
  const name = `Sample ${index + 1}`;
  if (sense === 'text') return <GuessedWords set={board} index={index} words={words} />;
  const removed = mask.reduce((sum, flag) => sum + flag, 0);
  const grid = tokens.members?.find(({ modality }) => modality === sense)?.grid ?? [mask.length];
  const drawn = { set: board, index, sense, height: HEIGHT };
  return (
    <span className="pair-painted">
      <Member {...drawn} name={name} />
      <Member {...drawn} name={`${name}, ${removed} of ${mask.length} parts removed`} removed={{ grid, mask }} />
      {raster !== undefined && <Member {...drawn} name={`${name}, ${removed} of ${mask.length} painted`} raster={raster} />}
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
    <span className="pair-words" dir="auto">
      {ids.map((id, place) => {
        if (id === 0) return null;
        const guess = words?.[place] ?? -1;
        const verdict = guess < 0 ? undefined : guess === id ? 'right' : 'wrong';
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: words by their places
          <span key={place} className="pair-word" data-verdict={verdict}>
            <span>{nameOf(guess < 0 ? id : guess)}</span>
            {verdict === 'wrong' && (
              <span className="pair-truth">
                <span className="visually-hidden">wrong, the word is </span>
                {nameOf(id)}
              </span>
            )}
            {verdict === 'right' && <span className="visually-hidden">guessed right</span>}
          </span>
        );
      })}
    </span>
  );
}
