/** How the board is drawn, and what to know about it. */
import { ToggleGroup } from 'radix-ui';
import { useController } from '../../controller/context.ts';
import { Hint } from '../../controls/Hint.tsx';
import { extrasOf } from '../../extras.ts';
import type { BoardKind } from '../../objectives/page.ts';
import { shownFrame } from '../../store/board.ts';
import { selectModality } from '../../store/selectors.ts';
import { useApp } from '../../store/store.ts';
import { useWords } from '../../store/useView.ts';

export function BoardView({ kind }: { kind: BoardKind }) {
  switch (kind) {
    case 'jigsaw':
      return <PlacementView />;
    case 'painting':
      return (
        <>
          <BorrowedBadge />
          <LearnedBadge />
        </>
      );
    case 'cloze':
      return <LikeliestFact />;
    case 'latents':
      return <span className="fact">cosine: blue is alike, orange opposite</span>;
    case 'classes':
      return <span className="fact">the three most probable classes</span>;
    case 'pairs':
      return <span className="fact">cosine: blue is alike, orange opposite</span>;
    case 'senses':
      return <span className="fact">gaps painted from what is left of all senses</span>;
    case 'switchboard':
      return <span className="fact">switch senses on and off</span>;
    default:
      return kind satisfies never;
  }
}

function BorrowedBadge() {
  const borrowed = useApp(({ board }) => {
    const report = shownFrame(board)?.report;
    return report?.kind === 'painting' && report.borrowed;
  });
  const { sample, token, scale } = useWords();
  if (!borrowed) return null;
  return (
    <Hint
      text={`The target leaves out each ${token}’s ${scale}. To draw the prediction they are taken from the true ${token}: part of the ${sample} was given away.`}
    >
      <button type="button" className="badge">
        borrowed statistics
      </button>
    </Hint>
  );
}

/** What is drawn in place of pixels that the model was not asked for. */
function LearnedBadge() {
  const learned = useApp(({ board }) => {
    const report = shownFrame(board)?.report;
    return report?.kind === 'painting' ? report.learned : undefined;
  });
  const { tokens, token } = useWords();
  if (learned === undefined) return null;
  const [name, text] =
    learned === 'pca'
      ? [
          'drawn from PCA',
          `The model says a few PCA coefficients of each ${token}. Drawn are the ${tokens} that they make, without what other components would add.`,
        ]
      : [
          'drawn from the code book',
          `The model says which entry of a code book of ${tokens} is nearest. Drawn is the most probable entry: the best guess that can be shown, not the ${token} itself.`,
        ];
  return (
    <Hint text={text}>
      <button type="button" className="badge">
        {name}
      </button>
    </Hint>
  );
}

function PlacementView() {
  const placement = useApp((state) => state.board.placement);
  const isRead = extrasOf(useApp(selectModality))?.instead !== undefined;
  const { view } = useController();
  return (
    <div className="board-view">
      <ToggleGroup.Root
        type="single"
        className="toggle-group"
        aria-label="Placement"
        value={placement}
        onValueChange={(value) => {
          // Clicking the chosen one again gives an empty value: one of the two stays chosen.
          if (value === 'argmax' || value === 'assignment') view.place(value);
        }}
      >
        <Hint text="Each piece in the cell that the model finds most probable (argmax): pieces may collide and leave holes. This is what accuracy counts.">
          <ToggleGroup.Item className="toggle" value="argmax">
            first guess <span className="toggle-term">argmax</span>
          </ToggleGroup.Item>
        </Hint>
        <Hint text="The best way to give every piece a cell of its own (linear assignment). Solves the puzzle; accuracy does not count it.">
          <ToggleGroup.Item className="toggle" value="assignment">
            solved whole <span className="toggle-term">assignment</span>
          </ToggleGroup.Item>
        </Hint>
      </ToggleGroup.Root>
      {!isRead && <DrawingToggles />}
    </div>
  );
}

/** What only drawings of pieces can show. */
function DrawingToggles() {
  const confidence = useApp((state) => state.board.showConfidence);
  const arrows = useApp((state) => state.board.showArrows);
  const { view } = useController();
  return (
    <>
      <ViewToggle name="Confidence" pressed={confidence} onPress={(on) => view.showConfidence(on)}>
        A bar on each piece, as long as the probability that the model gives to its choice.
      </ViewToggle>
      <ViewToggle name="Arrows" pressed={arrows} onPress={(on) => view.showArrows(on)}>
        From each wrong piece to where it belongs.
      </ViewToggle>
    </>
  );
}

interface ViewToggleProps {
  name: string;
  pressed: boolean;
  onPress(pressed: boolean): void;
  /** One sentence of help. */
  children: string;
}

function ViewToggle({ name, pressed, onPress, children }: ViewToggleProps) {
  return (
    <Hint text={children}>
      <button type="button" className="toggle alone" aria-pressed={pressed} onClick={() => onPress(!pressed)}>
        {name}
      </button>
    </Hint>
  );
}

function LikeliestFact() {
  const { token } = useWords();
  return <span className="fact">the likeliest {token} in each gap</span>;
}
