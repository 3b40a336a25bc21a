/** What is taken for what: cells of a sample, or classes. */
import { type ReactNode, useMemo } from 'react';
import type { Confusion } from '../../trainer/reports.ts';
import { confusionShades, confusionSummary, readConfusion } from '../canvas/confusion.ts';
import { formatCount, formatPercent } from '../format.ts';
import { useOnScreen } from '../hooks.ts';
import { selectInfo, selectLatestStep } from '../store/selectors.ts';
import { type AppState, useApp } from '../store/store.ts';
import { useAppSlowly } from '../store/useAppSlowly.ts';
import { useView, useWords } from '../store/useView.ts';
import { HeatMap } from './measures/HeatMap.tsx';
import { Panel } from './Panel.tsx';

const REDRAW_MILLISECONDS = 800;

const selectConfusion = (state: AppState) => state.curves.latest?.confusion ?? null;
const NOTHING = { counts: new Uint32Array(16 ** 2), side: 16 };

/** What the rows and columns of a confusion are, in words. */
interface Words {
  of: Confusion['of'];
  title: string;
  unit: string;
  /** Rows and columns, when no cell is chosen. */
  rows: string;
  columns: string;
  truth: string;
  answer: string;
  name(index: number): string;
}

export function PositionConfusionPanel() {
  const info = useApp(selectInfo);
  const view = useView();
  const { token, tokens } = useWords();
  const words = useMemo(
    (): Words => ({
      of: 'positions',
      title: 'Position confusion',
      unit: tokens,
      rows: `Rows: where a ${token} belongs.`,
      columns: 'Columns: where the model puts it.',
      truth: 'belongs to',
      answer: 'put into',
      name: (cell) => (info === null ? '' : view.nameCell(cell, info)),
    }),
    [info, view, token, tokens],
  );
  return <ConfusionPanel words={words} about={<AboutPositions />} />;
}

export function ClassConfusionPanel() {
  const classes = useApp((state) => selectInfo(state)?.classes ?? null);
  const { sample, samples } = useWords();
  const words = useMemo(
    (): Words => ({
      of: 'classes',
      title: 'Class confusion',
      unit: samples,
      rows: `Rows: what a ${sample} is.`,
      columns: 'Columns: what the model takes it for.',
      truth: 'is',
      answer: 'taken for',
      name: (index) => classes?.[index] ?? `class ${index + 1}`,
    }),
    [classes, sample, samples],
  );
  return <ConfusionPanel words={words} about={<AboutClasses />} />;
}

function ConfusionPanel({ words, about }: { words: Words; about: ReactNode }) {
  const [frame, isSeen] = useOnScreen<HTMLElement>();
  const confusion = useAppSlowly(selectConfusion, REDRAW_MILLISECONDS, isSeen);
  const known = confusion?.of === words.of ? confusion : null;
  const counts = known?.counts ?? null;
  const { side } = known ?? NOTHING;
  const shades = useMemo(() => confusionShades(counts ?? NOTHING.counts), [counts]);
  const grid = useMemo(() => [side, side], [side]);
  return (
    <Panel title={words.title} about={about} className="confusion-panel" frame={frame} live={selectLatestStep}>
      <HeatMap
        shades={shades}
        grid={grid}
        label={confusionSummary(words.title, words.unit, counts)}
        readOut={(cell) => <ReadOut words={words} counts={counts} cell={cell} />}
      />
    </Panel>
  );
}

function ReadOut({ words, counts, cell }: { words: Words; counts: Uint32Array | null; cell: number | null }) {
  if (counts === null) return <p className="read-out small muted">Measured once the run is ready.</p>;
  if (cell === null) {
    return (
      <div className="read-out small muted">
        <p>{words.rows}</p>
        <p>{words.columns}</p>
        <p>Point at a cell to read it.</p>
      </div>
    );
  }
  const { truth, predicted, count, share } = readConfusion(counts, cell);
  return (
    <dl className="read-out small" aria-live="polite">
      <dt>{words.truth}</dt>
      <dd>{words.name(truth)}</dd>
      <dt>{words.answer}</dt>
      <dd>{words.name(predicted)}</dd>
      <dt>how often</dt>
      <dd>
        {formatPercent(share)}, {formatCount(count)} {words.unit}
      </dd>
    </dl>
  );
}

function AboutPositions() {
  const { sample, token, tokens } = useWords();
  return (
    <>
      <p>
        One row for each cell of the {sample}, one column for each cell the model can answer: the darker a square, the more often{' '}
        {tokens} of that row were put into that column. A clean diagonal is a solved puzzle.
      </p>
      <p>
        Blocks near the diagonal are neighbours taken for each other. In mirrored training a {token} is often taken for its twin
        on the other side: that shows as a second, crossed diagonal in each block.
      </p>
    </>
  );
}

function AboutClasses() {
  const { samples } = useWords();
  return (
    <p>
      One row for each class, one column for each answer: the darker a square, the more often held-out {samples} of that class
      were taken for that answer. A clean diagonal means that all are told apart; a full column is an answer given too often.
    </p>
  );
}
