/** How each paper's method works, as a drawing. What is seen stands in words in `papers.ts`. */
import type { ReactNode } from 'react';
import type { PaperName } from '../../../config/figures/card.ts';
import { Arrow, Box, Hole, Patch, PatchGrid, Words } from './parts.tsx';

const SHUFFLED = [7, 2, 4, 0, 8, 5, 3, 6, 1] as const;
/** Degrees. */
const TURNS = [-14, 9, -6, 12, -9, 15, 7, -12, 10] as const;

function Mp3() {
  return (
    <>
      <PatchGrid x={12} y={56} />
      <Words x={38} y={126}>
        a picture
      </Words>
      <Arrow d="M72 82 H98" />
      <Words x={85} y={74}>
        cut
      </Words>
      {SHUFFLED.map((cell, place) => {
        const [x, y] = [104 + (place % 3) * 23, 48 + Math.floor(place / 3) * 25];
        return (
          <g key={cell} transform={`rotate(${TURNS[place]} ${x + 9} ${y + 9})`}>
            <Patch cell={cell} x={x} y={y + ((place * 5) % 4)} size={18} />
          </g>
        );
      })}
      <Words x={138} y={140}>
        shuffled
      </Words>
      <Arrow d="M176 82 H194" />
      <Box x={198} y={50} width={76} height={64} words={['encoder,', 'told no', 'positions']} />
      <Arrow d="M276 66 H314" />
      <Arrow d="M276 82 H314" />
      <Arrow d="M276 98 H314" />
      <Words x={296} y={46}>
        where?
      </Words>
      <PatchGrid x={318} y={56} seen={[0, 4, 5]} />
      <text x="344" y="140" textAnchor="middle" fill="var(--muted)">
        one of 9 cells
      </text>
      <text x="344" y="154" textAnchor="middle" fill="var(--muted)">
        for each patch
      </text>
    </>
  );
}

const VISIBLE = [1, 3, 8] as const;

function Mae() {
  return (
    <>
      <PatchGrid x={10} y={56} seen={VISIBLE} />
      <Words x={36} y={126}>
        most hidden
      </Words>
      <Arrow d="M68 82 H82" />
      {VISIBLE.map((cell, place) => (
        <Patch key={cell} cell={cell} x={88} y={54 + place * 20} />
      ))}
      <Arrow d="M108 82 H120" />
      <Box x={124} y={38} width={78} height={88} words={['encoder', 'of what', 'is seen']} />
      <Arrow d="M204 82 H216" />
      {VISIBLE.map((cell, place) => (
        <rect key={cell} x={222} y={30 + place * 18} width="16" height="14" rx="3" fill="var(--hue-4)" />
      ))}
      {[0, 1, 2].map((place) => (
        <Hole key={place} x={222} y={84 + place * 18} size={16} />
      ))}
      <Words x={230} y={152}>
        mask tokens
      </Words>
      <Arrow d="M242 82 H256" />
      <Box x={260} y={58} width={62} height={48} words={['small', 'decoder']} />
      <Arrow d="M324 82 H336" />
      <PatchGrid x={340} y={56} />
      <Words x={366} y={126}>
        painted
      </Words>
    </>
  );
}

const MASKS = [
  [0, 4, 5],
  [2, 3, 7],
  [1, 6, 8],
] as const;

function Data2vec() {
  return (
    <>
      <PatchGrid x={10} y={10} />
      <Arrow d="M66 36 H158" />
      <Box x={162} y={14} width={96} height={44} words={['teacher']} isDashed />
      <Arrow d="M260 36 H306" />
      <Targets x={312} y={14} />
      <Words x={350} y={72}>
        targets
      </Words>
      {MASKS.map((seen, copy) => (
        <PatchGrid key={seen.join()} x={10 + copy * 44} y={104} seen={seen} size={11} />
      ))}
      <Words x={72} y={158}>
        three masks, one look
      </Words>
      <Arrow d="M138 124 H158" />
      <Box x={162} y={102} width={96} height={44} words={['student']} />
      <Arrow d="M260 124 H276" />
      <Box x={280} y={108} width={62} height={32} words={['decoder']} />
      <Arrow d="M311 106 V80" />
      <Words x={342} y={98}>
        predicts
      </Words>
      <Arrow d="M210 100 V62" isDashed />
      <Words x={204} y={84} end>
        running average
      </Words>
    </>
  );
}

/** Features of nine places. */
function Targets({ x, y }: { x: number; y: number }) {
  return [0, 1, 2, 3, 4, 5, 6, 7, 8].map((place) => (
    <rect
      key={place}
      x={x + place * 9}
      y={y + 8 + ((place * 5) % 7) * 2}
      width="6"
      height={36 - ((place * 5) % 7) * 2}
      fill="var(--hue-4)"
      opacity={0.5 + (place % 3) * 0.25}
    />
  ));
}

function SelfDistillation() {
  return (
    <>
      <Box x={8} y={60} width={82} height={48} words={['pretrained', 'weights']} />
      <Arrow d="M92 72 C112 60 112 36 130 36" />
      <Box x={134} y={14} width={110} height={44} words={['pretrained', 'further']} />
      <Arrow d="M246 36 H278" />
      <Box x={282} y={14} width={84} height={44} words={['teacher']} isDashed />
      <Arrow d="M92 96 C112 108 112 132 130 132" />
      <Words x={74} y={140}>
        once more
      </Words>
      <Words x={74} y={153}>
        from the start
      </Words>
      <Box x={134} y={110} width={110} height={44} words={['student']} />
      <PatchGrid x={164} y={66} seen={[1, 3, 8]} size={10} />
      <Words x={232} y={80}>
        new
      </Words>
      <Words x={232} y={93}>
        samples
      </Words>
      <Arrow d="M300 60 C300 92 276 118 248 126" />
      <Words x={350} y={96}>
        features near
      </Words>
      <Words x={350} y={109}>
        the teacher’s
      </Words>
      <Arrow d="M246 140 H298" />
      <Words x={330} y={144}>
        labels
      </Words>
    </>
  );
}

function Robustness() {
  return (
    <>
      <Senses x={12} y={12} />
      <Arrow d="M142 34 H180" />
      <Box x={184} y={12} width={96} height={44} words={['teacher', 'sees all']} isDashed />
      <Senses x={12} y={108} isSoundOff />
      <Words x={76} y={92}>
        one switched off
      </Words>
      <Arrow d="M142 130 H180" />
      <Box x={184} y={108} width={96} height={44} words={['student', 'sees some']} />
      <Arrow d="M282 34 H312" />
      <Arrow d="M282 130 H312" />
      <Answer x={320} y={14} />
      <Answer x={320} y={110} />
      <Arrow d="M340 64 V102" />
      <Words x={374} y={88}>
        the same
      </Words>
      <Words x={340} y={164}>
        answer
      </Words>
    </>
  );
}

/** A picture, a sound and a word, of which the sound may be off. */
function Senses({ x, y, isSoundOff = false }: { x: number; y: number; isSoundOff?: boolean }) {
  const wave = `M${x + 48} ${y + 20} q4 -20 8 0 t8 0 t8 0 t8 0`;
  return (
    <>
      <PatchGrid x={x} y={y + 2} size={12} />
      <path d={wave} fill="none" stroke={isSoundOff ? 'var(--line-strong)' : 'var(--hue-1)'} strokeWidth="2" />
      {isSoundOff && <path d={`M${x + 50} ${y + 36} L${x + 80} ${y + 4}`} stroke="var(--wrong)" strokeWidth="2" />}
      <text x={x + 110} y={y + 25} textAnchor="middle" fill="var(--hue-3)" fontWeight="600">
        house
      </text>
    </>
  );
}

function Answer({ x, y }: { x: number; y: number }) {
  return [18, 36, 10, 14].map((height, place) => (
    <rect key={height} x={x + place * 11} y={y + 40 - height} width="8" height={height} fill="var(--hue-4)" />
  ));
}

export const METHODS: Readonly<Record<PaperName, () => ReactNode>> = {
  mp3: Mp3,
  mae: Mae,
  data2vec: Data2vec,
  selfDistillation: SelfDistillation,
  robustness: Robustness,
};
