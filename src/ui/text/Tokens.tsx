/** What texts are cut into: pieces in tints, how often each comes, and the tokenizer to take home. */
import { Fragment, useMemo } from 'react';
import { formatCount, formatPercent, plural } from '../format.ts';
import type { Piece } from './story.ts';
import { isUnknown } from './story.ts';
import { rankPoints, tokenFacts } from './tokenFacts.ts';

interface Props {
  /** How pieces are called: "words". */
  kind: string;
  /** A training text as it was written, cut. */
  pieces: readonly Piece[];
  /** What every id stands for. */
  names: readonly string[];
  /** (vocabulary) how often each id comes in the training texts; null while they are counted. */
  counts: ArrayLike<number> | null;
  onSave(): void;
}

/** Unknown words beyond this share leave a model little to learn from. */
const MANY_UNKNOWN = 0.1;

export function Tokens({ kind, pieces, names, counts, onSave }: Props) {
  return (
    <div className="tokens">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="tokens-text" dir="auto" tabIndex={0} aria-label="A training text, piece by piece">
        {pieces.map((piece, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place
          <Fragment key={place}>
            {/* Pieces of bytes bring their own. */}
            {kind === 'words' && ' '}
            <span
              className="token"
              data-tint={place % 2 === 0 ? 'even' : 'odd'}
              data-unknown={isUnknown({ ...piece, gap: false, sentence: 0 }) || undefined}
              title={titleOf(piece.id, names, counts)}
            >
              {piece.text}
            </span>
          </Fragment>
        ))}
      </section>
      {counts === null ? <p className="token-facts muted">Counting…</p> : <Facts kind={kind} names={names} counts={counts} />}
      <button type="button" className="button small-button" onClick={onSave}>
        Save tokenizer.json
      </button>
      {kind === 'words' && (
        <p className="small muted">
          For Hugging Face’s tokenizers. tokenizers.js knows no tokenizer of whole words: it gives wrong ids for unknown ones.
        </p>
      )}
    </div>
  );
}

function titleOf(id: number, names: readonly string[], counts: Props['counts']): string {
  const often = counts === null ? '' : `, ${plural(counts[id] ?? 0, 'time')}`;
  return `${names[id] ?? '?'}, id ${id}${often}`;
}

interface Counted {
  kind: string;
  names: readonly string[];
  counts: ArrayLike<number>;
}

function Facts({ kind, names, counts }: Counted) {
  const facts = useMemo(() => tokenFacts(counts), [counts]);
  return (
    <div className="token-facts">
      <Frequencies names={names} counts={counts} ranked={facts.ranked} />
      <p className="small">
        {formatCount(facts.tokens)} {kind} are read of the training texts, {formatCount(facts.different)} different ones of a
        vocabulary of {formatCount(names.length)}; {formatPercent(facts.unknown)} unknown
        {facts.unknown > MANY_UNKNOWN && ': more than a tenth. Raise Vocabulary, or take byte pairs'}.
      </p>
    </div>
  );
}

const WIDTH = 260;
const HEIGHT = 96;
/** Where the plot itself begins and ends. */
const LEFT = 4;
const RIGHT = WIDTH - 8;
const TOP = 14;
const BOTTOM = HEIGHT - 16;
/** Words that are named in the plot: enough to see what is common and what is rare. */
const NAMED = 3;

function Frequencies({ names, counts, ranked }: Omit<Counted, 'kind'> & { ranked: readonly number[] }) {
  const points = useMemo(
    () =>
      rankPoints(ranked, counts).map(({ x, y }) => ({
        x: LEFT + x * (RIGHT - LEFT),
        y: BOTTOM - y * (BOTTOM - TOP),
      })),
    [ranked, counts],
  );
  if (points.length < 2) return null;
  const told = [ranked[0], ranked[Math.round(Math.sqrt(ranked.length)) - 1], ranked[ranked.length - 1]].slice(0, NAMED);
  const said = told.map((id) => `${names[id]} ${plural(counts[id], 'time')}`).join(', ');
  return (
    <svg className="token-plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`How often each comes: ${said}`}>
      <path className="token-axis" d={`M${LEFT} ${TOP}V${BOTTOM}H${RIGHT}`} />
      <path
        className="token-line"
        d={points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')}
      />
      <text x={LEFT + 6} y={10}>
        {names[ranked[0]]}, {formatCount(counts[ranked[0]])}
      </text>
      <text x={RIGHT} y={(points.at(-1)?.y ?? 0) - 4} textAnchor="end">
        {names[ranked[ranked.length - 1]]}, {formatCount(counts[ranked[ranked.length - 1]])}
      </text>
      <text x={RIGHT} y={HEIGHT - 4} textAnchor="end">
        rank, log; upright: how often, log
      </text>
    </svg>
  );
}
