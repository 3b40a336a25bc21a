/** Shuffled words, where the model puts each, and the text: three columns, and a curve from every word to its place. */

import { useMemo } from 'react';
import type { JigsawSample } from '../../trainer/reports.ts';
import { HeatCanvas } from '../canvas/HeatCanvas.tsx';
import { type Piece, type Placement, placePieces } from '../canvas/jigsaw.ts';
import { plural } from '../format.ts';
import { useSay, useWords } from '../store/useView.ts';
import { countOrder, huesOf, type OrderCount, orderVerdict, standing } from './order.ts';

interface Props {
  /** "Sample 2". */
  name: string;
  /** In the order of the text. */
  words: readonly string[];
  sample: JigsawSample;
  placement: Placement;
}

/** More words than these cannot be told apart as lines. */
const MOST_LINES = 32;
const HEAT = { width: 224, height: 224 };

export function Order({ name, words, sample, placement }: Props) {
  const pieces = useMemo(() => placePieces(sample, placement), [sample, placement]);
  const count = useMemo(() => countOrder(pieces, words), [pieces, words]);
  const say = useSay();
  return (
    <figure className="order" data-dense={words.length > 16 || undefined}>
      <figcaption className="story-head">
        <span className="row-name">{name}</span> <span className="small">{say(sayOrder(count))}</span>
      </figcaption>
      {words.length > MOST_LINES ? (
        <OrderHeat pieces={pieces} places={words.length} />
      ) : (
        <Columns pieces={pieces} words={words} />
      )}
    </figure>
  );
}

/** "12 of 16 words in their place, 14 with equal words, 9 of 15 right neighbours". */
function sayOrder({ own, right, words, neighbours, pairs }: OrderCount): string {
  const equal = right > own ? `, ${right} counting equal words` : '';
  return `${own} of ${plural(words, 'word')} in their place${equal}; ${neighbours} of ${plural(pairs, 'right neighbour')}`;
}

function Columns({ pieces, words }: { pieces: readonly Piece[]; words: readonly string[] }) {
  const hues = huesOf(words);
  const line = standing(pieces, words.length);
  return (
    <div className="order-columns">
      <ol aria-label="Shuffled">
        {pieces.map(({ patch, context, dropped }) => (
          <Chip key={patch} word={words[patch]} hue={hues[patch]} look={dropped ? 'dropped' : context ? undefined : 'masked'} />
        ))}
      </ol>
      <Curves pieces={pieces} words={words} />
      <ol aria-label="The model’s order">
        {line.map((piece, place) =>
          piece === null ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a place in the line
            <li key={place} className="order-hole">
              <span className="visually-hidden">nothing</span>
            </li>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: a place in the line
            <Chip key={place} word={words[piece.patch]} hue={hues[piece.patch]} verdict={orderVerdict(piece, words)} />
          ),
        )}
      </ol>
      <ol aria-label="The text">
        {words.map((word, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a place in the text
          <Chip key={place} word={word} hue={hues[place]} />
        ))}
      </ol>
    </div>
  );
}

/** From every word to its place; right ones are whole lines, wrong ones dashed, those that stand below another faint. */
function Curves({ pieces, words }: { pieces: readonly Piece[]; words: readonly string[] }) {
  const rows = pieces.length;
  return (
    <div className="order-curves">
      <svg viewBox={`0 0 1 ${rows}`} preserveAspectRatio="none" aria-hidden="true">
        {pieces.map(
          (piece, slot) =>
            !piece.dropped &&
            piece.cell < rows && (
              <path
                key={piece.patch}
                data-verdict={orderVerdict(piece, words)}
                data-covered={piece.covered || undefined}
                d={curve(slot, piece.cell)}
              />
            ),
        )}
      </svg>
    </div>
  );
}

function curve(slot: number, cell: number): string {
  const [from, to] = [slot + 0.5, cell + 0.5];
  return `M0 ${from}C.5 ${from} .5 ${to} 1 ${to}`;
}

interface ChipProps {
  word: string;
  /** Of words that come more than once, from 1. */
  hue: number;
  verdict?: 'own' | 'same' | 'wrong';
  /** Nobody may look at it, or it is not there at all. */
  look?: 'masked' | 'dropped' | undefined;
}

function Chip({ word, hue, verdict, look }: ChipProps) {
  return (
    <li
      className="order-word"
      data-verdict={verdict}
      data-look={look}
      style={hue === 0 ? undefined : { '--chip': `var(--hue-${hue})` }}
      title={word}
    >
      <span dir="auto">{word}</span>
      {verdict !== undefined && <span className="visually-hidden">, {verdict === 'wrong' ? 'wrong' : 'right'}</span>}
    </li>
  );
}

/** Many words: the place of each against its own, as dark as the model is sure. */
function OrderHeat({ pieces, places }: { pieces: readonly Piece[]; places: number }) {
  const shades = useMemo(() => {
    const shades = new Float32Array(places * places);
    for (const { patch, cell, confidence, dropped } of pieces)
      if (!dropped && cell < places) shades[patch * places + cell] = confidence;
    return shades;
  }, [pieces, places]);
  const { token } = useWords();
  return (
    <div className="order-heat">
      <HeatCanvas shades={shades} grid={[places, places]} size={HEAT} className="heat" />
      <p className="small muted">down: where a {token} belongs; across: where the model puts it. The diagonal is right.</p>
    </div>
  );
}
