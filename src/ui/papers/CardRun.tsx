/** How to repeat a card: here, on which samples and how long; careful, from a command line; and ways to take it home. */
import { Clock } from 'lucide-react';
import { useId, useMemo } from 'react';
import { type FigureCard, repeatsOf } from '../../config/figures/card.ts';
import { sayAbout } from '../../trainer/sweep/pace.ts';
import { sayOutcome } from '../compare/sweep/sweepView.ts';
import { Toggles } from '../controls/Toggles.tsx';
import { plural } from '../format.ts';
import { StopButton } from '../parts/StopButton.tsx';
import { selectMeasurer } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';
import type { CardReport } from '../store/sweep.ts';
import { CardTakeHome } from './CardTakeHome.tsx';
import { Copied } from './Copied.tsx';
import { formOn, samplesNameOf, strayResults } from './cardPoints.ts';
import type { RunningCard } from './cardRunners.ts';
import type { CardSamples } from './samples.ts';
import type { Shown } from './shown.ts';

interface Props {
  card: FigureCard;
  running: RunningCard;
  samples: CardSamples;
  looked?: Shown;
}

export function CardRun({ card, running, samples, looked }: Props) {
  const report = running.use((state) => state.report);
  const problems = running.use((state) => state.problems);
  return (
    <div className="card-repeat">
      <Quick card={card} running={running} report={report} samples={samples} />
      {problems.length > 0 && (
        <div role="alert">
          {problems.map(({ message }) => (
            <p key={message} className="study-problem">
              {message}
            </p>
          ))}
        </div>
      )}
      {report !== null && <Found card={card} report={report} />}
      <Careful card={card} />
      <CardTakeHome card={card} report={report} {...(looked && { looked })} />
    </div>
  );
}

function Quick({ card, running, report, samples }: Omit<Props, 'looked'> & { report: CardReport | null }) {
  const id = useId();
  const { runner, use } = running;
  const isRunning = use((state) => state.work !== null);
  const isTiming = use((state) => state.work?.estimateOnly === true);
  const estimate = use((state) => state.estimate);
  const off = useApp(selectMeasurer) !== null || isRunning;
  const { files, mayTakeFiles } = samples;
  return (
    <>
      <div className="study-start">
        {isTiming ? (
          <StopButton onStop={() => runner.pause()} />
        ) : (
          <button
            type="button"
            className="button"
            disabled={off}
            onClick={() => runner.estimate({ card: card.id, size: 'quick', files })}
          >
            <Clock size={16} aria-hidden="true" />
            How long?
          </button>
        )}
        <p className="small muted" aria-live="polite">
          {isTiming && 'Steps are timed…'}
          {!isTiming && (estimate === null ? sayQuick(card) : sayEstimate(estimate))}
        </p>
      </div>
      {mayTakeFiles && (
        <div className="card-samples">
          <span id={id} className="small muted">
            It learns from
          </span>
          <Toggles
            labelledBy={id}
            value={files ? 'files' : 'builtIn'}
            disabled={off}
            options={[
              ['builtIn', samplesNameOf(card.sizes.quick)],
              ['files', 'Your files'],
            ]}
            onChange={(value) => samples.choose(value === 'files')}
          />
        </div>
      )}
      {report !== null && report.results.length > 0 && report.sweep.files !== files && !isRunning && (
        <p className="study-problem">
          A run on other samples takes the place of what was found on {report.datasetName}: save that before, if you want it.
        </p>
      )}
    </>
  );
}

function sayQuick({ sizes }: FigureCard): string {
  return `Quick: one seed, about ${plural(sizes.quick.minutes, 'minute')} on two cores. Training rests meanwhile; you may look at other pages.`;
}

function sayEstimate({ points, seconds }: { points: number; seconds: number }): string {
  return `Quick: ${plural(points, 'point')} to do, ${sayAbout(seconds)}, from steps timed here.`;
}

/** How the visitor's own run stands while it goes on, and what is wrong with it. */
function Found({ card, report }: { card: FigureCard; report: CardReport }) {
  const strays = useMemo(() => strayResults(formOn(card, report.sweep), report.results).length, [card, report]);
  return (
    <>
      {report.outcome === 'running' && <p className="study-outcome">{sayOutcome(report)}</p>}
      {report.problem !== null && <p className="study-problem">{report.problem}</p>}
      {strays > 0 && (
        <p className="study-problem">
          {plural(strays, 'point')} of another version of Patchwork, or of other settings of this figure: not drawn, and measured
          anew when the run goes on.
        </p>
      )}
    </>
  );
}

function Careful({ card }: { card: FigureCard }) {
  const { parts, minutes } = card.sizes.careful;
  const wants = parts.find((part) => part.wants !== undefined)?.wants;
  const seeds = Math.max(...parts.map((part) => repeatsOf(part).seeds.length));
  const data = wants === undefined ? '' : ' --data FOLDER';
  const command = `npm run --silent compare -- --figure ${card.id} --size careful${data}`;
  return (
    <div className="card-careful">
      <p className="small">
        <b>Careful</b>, from a command line: {plural(seeds, 'seed')}, about {plural(minutes, 'minute')} on two cores
        {wants !== undefined && `, on ${wants}: FOLDER is where its files are`}.
      </p>
      <div className="command-line">
        <code>{command}</code>
        <Copied label="Copy the command" text={command} />
      </div>
    </div>
  );
}
