/** One word of a story; masked, a box as wide as the word, with the model's guess in it. */
import { MASK } from '../../config/modalities/tokens.ts';
import { blankNumber, type Cloze, sayBlank, verdictAt } from './cloze.ts';
import { isUnknown, type StoryWord } from './story.ts';

interface Props {
  cloze: Cloze;
  place: number;
  word: StoryWord;
  /** The one that the tab key leads to. */
  isCurrent: boolean;
  /** The word that is looked at elsewhere. */
  isSame: boolean;
  /** Where its guesses stand. */
  describedBy: string | undefined;
}

export function Word(props: Props) {
  const { cloze, place, word, isCurrent, isSame, describedBy } = props;
  const isMasked = cloze.masked.has(place);
  const tabIndex = isCurrent ? 0 : -1;
  const gap = word.gap ? ' ' : '';
  return (
    <>
      {gap}
      {/* biome-ignore lint/a11y/useSemanticElements: a native button does not break and flow as words do */}
      <span
        role="button"
        className="word"
        aria-pressed={isMasked}
        aria-describedby={describedBy}
        data-same={isSame || undefined}
        data-unknown={isUnknown(word) || undefined}
        title={isUnknown(word) ? UNKNOWN : undefined}
        tabIndex={tabIndex}
        data-place={place}
      >
        {isMasked ? <Box cloze={cloze} place={place} /> : word.text}
      </span>
    </>
  );
}

const UNKNOWN = 'not in the vocabulary: never guessed';

/** Letters that a box has room for at least. */
const NARROWEST = 3;
const SMALLEST = 0.62;

function Box({ cloze, place }: { cloze: Cloze; place: number }) {
  const word = cloze.words[place];
  const verdict = verdictAt(cloze, place);
  const guess = cloze.blanks.get(place)?.guesses[0];
  const room = Math.max(NARROWEST, word.text.length);
  // The box keeps its width whatever the model says, so that no line breaks anew while it learns.
  const size = Math.max(SMALLEST, Math.min(1, room / (guess?.word.length ?? 1)));
  return (
    <span className="box" data-verdict={verdict} style={{ '--sure': guess?.probability ?? 0, '--size': size }}>
      {/* In the language of the page: it says nothing of the direction of the text, nor do guesses. */}
      <span className="visually-hidden" dir="ltr">
        {sayBlank(cloze, place, blankNumber(cloze, place))}
      </span>
      <span className="box-room" aria-hidden="true">
        {word.id === MASK ? '      ' : word.text}
      </span>
      <span className="box-guess" dir="auto" aria-hidden="true">
        {guess?.word ?? '…'}
      </span>
      {verdict === 'wrong' && (
        <span className="box-truth" aria-hidden="true">
          {word.text}
        </span>
      )}
    </span>
  );
}
