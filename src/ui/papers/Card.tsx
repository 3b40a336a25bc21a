/** A figure or table of a paper: what it claims, what was measured of it, and a button that measures it here. */
import { ChevronRight, Play, RotateCcw } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { FigureCard } from '../../config/figures/card.ts';
import { PointProgressBar } from '../compare/sweep/PointProgressBar.tsx';
import { sayOutcome } from '../compare/sweep/sweepView.ts';
import { useController } from '../controller/context.ts';
import { Hint } from '../controls/Hint.tsx';
import { plural } from '../format.ts';
import { usePart } from '../parts/lazyPart.tsx';
import { selectMeasurer } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';
import { CardBody } from './CardBody.tsx';
import { formOn, sayCardPoint } from './cardPoints.ts';
import { type RunningCard, runningCard } from './cardRunners.ts';
import { measuredByUs } from './measuredByUs.ts';
import { useCardSamples } from './samples.ts';
import { type Shown, shownOf } from './shown.ts';
import { sayVerdicts } from './Verdicts.tsx';

interface Props {
  card: FigureCard;
  /** A link leads to it: it is open, and in sight. */
  isLinked: boolean;
}

export function Card({ card, isLinked }: Props) {
  const controller = useController();
  const running = runningCard(card, controller);
  const report = running.use((state) => state.report);
  const isMeasuring = running.use((state) => state.work !== null);
  const measured = usePart(measuredByUs(card));
  const [isOpen, open] = useState(isLinked);
  const shown = useMemo(() => shownOf(card, report, measured), [card, report, measured]);
  const frame = useRef<HTMLElement>(null);
  const id = useId();
  useEffect(() => {
    if (!isLinked) return;
    open(true);
    frame.current?.scrollIntoView({ block: 'start' });
    frame.current?.querySelector('button')?.focus({ preventScroll: true });
  }, [isLinked]);
  const samples = useCardSamples(card, report);
  const isDone = report?.outcome === 'finished' && report.sweep.files === samples.files;
  const begin = (): void => {
    open(true);
    // The same numbers would come out: somebody wants to see them come.
    if (isDone) running.use.setState({ report: null });
    running.runner.begin({ card: card.id, size: 'quick', files: samples.files });
  };
  return (
    <article ref={frame} className="panel figure-card" aria-labelledby={`${id}-title`} data-figure={card.id}>
      <header className="card-head">
        <h3 id={`${id}-title`}>
          <button
            type="button"
            className="card-title"
            aria-expanded={isOpen}
            aria-controls={`${id}-body`}
            onClick={() => open(!isOpen)}
          >
            <ChevronRight size={16} aria-hidden="true" />
            <span>{card.title}</span>
          </button>
        </h3>
        <span className="card-source">{card.source}</span>
        <span className="card-status small">{sayStatus(card, shown, isMeasuring)}</span>
        <RunQuick minutes={card.sizes.quick.minutes} isRunning={isMeasuring} isDone={isDone} onRun={begin} />
      </header>
      <p className="card-claim">{card.claim}</p>
      <Progress card={card} running={running} />
      <div id={`${id}-body`} className="card-body" hidden={!isOpen}>
        {isOpen && <CardBody card={card} running={running} shown={shown} samples={samples} />}
      </div>
    </article>
  );
}

interface RunProps {
  minutes: number;
  isRunning: boolean;
  /** There is a finished run of the very same. */
  isDone: boolean;
  onRun(): void;
}

function RunQuick({ minutes, isRunning, isDone, onRun }: RunProps) {
  const measurer = useApp(selectMeasurer);
  const waits = measurer !== null && !isRunning;
  const Sign = isDone ? RotateCcw : Play;
  return (
    <Hint
      text={
        waits
          ? `${measurer} is measuring: one at a time.`
          : `One seed, about ${plural(minutes, 'minute')} on two cores.${isDone ? ' What was found makes place for it.' : ''}`
      }
    >
      <button type="button" className="button small-button card-run" disabled={isRunning || waits} onClick={onRun}>
        <Sign size={14} aria-hidden="true" />
        {isDone ? 'Run once more' : 'Run quick'}
      </button>
    </Hint>
  );
}

/** Its place stays when the run is over, for what came of it: what stands below does not jump. */
function Progress({ card, running }: { card: FigureCard; running: RunningCard }) {
  const state = running.use();
  const { work, report } = state;
  const form = useMemo(() => formOn(card, report?.sweep ?? { size: 'quick', files: false }), [card, report?.sweep]);
  const [wasHere, hold] = useState(false);
  // How long it would take is said beside the button that asks for it.
  const isRunning = work !== null && !work.estimateOnly;
  if (isRunning && !wasHere) hold(true);
  if (work?.estimateOnly || (!wasHere && report === null)) return wasHere ? <div className="card-progress" data-held /> : null;
  return (
    <div className="card-progress" data-held={wasHere || undefined}>
      {!isRunning && report !== null && <p className="study-outcome">{sayOutcome(report)}</p>}
      <PointProgressBar runner={running.runner} state={state} what="run" sayPoint={(key) => sayCardPoint(form, key)} />
    </div>
  );
}

function sayStatus(card: FigureCard, shown: readonly Shown[], isMeasuring: boolean): string {
  const [first] = shown;
  if (first === undefined) return isMeasuring ? 'Nothing measured yet' : 'Not run yet';
  return `${first.said}. ${sayVerdicts(card, first.lines)}`;
}
