/** A text whose words bear numbers: behind each how much it is, below it what it is compared with. */
import { formatNumber } from '../format.ts';
import type { StoryWord } from './story.ts';

/** From -1 (orange) to 1 (blue), of each place; NaN where nothing is known. */
type Shades = ArrayLike<number>;

interface Props {
  words: readonly StoryWord[];
  shades: Shades;
  /** What a shade is: "cosine". */
  what: string;
  /** Drawn as a line under each word. */
  below?: { shades: Shades; what: string };
  /** For those who do not see the shades. */
  label: string;
}

export function ShadedText({ words, shades, what, below, label }: Props) {
  return (
    <div
      className="shaded"
      role="img"
      dir="auto"
      aria-label={`${label}: ${words.map(({ text, gap }) => (gap ? ` ${text}` : text)).join('')}`}
    >
      {words.map(({ text, gap }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place
        <span key={place}>
          {gap && ' '}
          <span
            className="shaded-word"
            title={titleOf(text, [shades[place], what], below && [below.shades[place], below.what])}
            style={{
              ...shadeStyle('', shades[place]),
              ...(below === undefined ? {} : shadeStyle('-below', below.shades[place])),
            }}
          >
            {text}
          </span>
        </span>
      ))}
    </div>
  );
}

function titleOf(text: string, ...told: (readonly [value: number, what: string] | undefined)[]): string {
  const known = told.flatMap((one) => (one === undefined || Number.isNaN(one[0]) ? [] : [`${one[1]} ${formatNumber(one[0])}`]));
  return known.length === 0 ? text : `${text}: ${known.join(', ')}`;
}

function shadeStyle(name: '' | '-below', value: number) {
  const tone = value < 0 ? 'var(--wrong)' : 'var(--right)';
  return Number.isNaN(value)
    ? {}
    : { [`--shade${name}` as const]: Math.min(1, Math.abs(value)), [`--tone${name}` as const]: tone };
}
