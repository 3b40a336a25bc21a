/** One sample whose senses are switched on and off, and what the model answers to each subset. */
import { type KeyboardEvent, useState } from 'react';
import type { Sense } from '../../config/modalities.ts';
import { stratumOf, subsetName, subsetsOf } from '../../config/subsets.ts';
import type { BoardReport } from '../../trainer/reports.ts';
import type { RunInfo } from '../../worker/protocol.ts';
import { capital, formatPercent } from '../format.ts';
import { useApp } from '../store/store.ts';
import { Member } from './Member.tsx';

interface Props {
  info: RunInfo;
  report: Extract<BoardReport, { kind: 'switchboard' }>;
}

const HEIGHT = 72;

export function Switchboard({ info, report: { senses, trainedOn, samples } }: Props) {
  const [index, setIndex] = useState(0);
  const [off, setOff] = useState<readonly Sense[]>([]);
  const [note, setNote] = useState('');
  const shown = senses.filter((sense) => !off.includes(sense));
  const toggle = (sense: Sense): void => {
    const isLast = shown.length === 1 && shown[0] === sense;
    setNote(isLast ? 'One sense stays on: there is nothing to answer to without.' : '');
    if (!isLast) setOff(off.includes(sense) ? off.filter((one) => one !== sense) : [...off, sense]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const sense = senses[Number(event.key) - 1];
    if (sense !== undefined) toggle(sense);
    else if (event.key === 'ArrowRight') setIndex((index + 1) % samples.length);
    else if (event.key === 'ArrowLeft') setIndex((index + samples.length - 1) % samples.length);
    else return;
    event.preventDefault();
  };
  const sample = samples[index] ?? samples[0];
  const at = subsetsOf(senses).findIndex((subset) => subsetName(subset) === subsetName(shown));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame
    <div className="switchboard" role="group" aria-label="Switchboard" onKeyDown={onKeyDown}>
      <div className="switchboard-senses">
        {senses.map((sense, k) => (
          <div key={sense} className="switchboard-sense" data-off={!shown.includes(sense) || undefined}>
            <button
              type="button"
              className="toggle alone"
              aria-pressed={shown.includes(sense)}
              aria-keyshortcuts={String(k + 1)}
              data-labelled={trainedOn.includes(sense) || undefined}
              onClick={() => toggle(sense)}
            >
              {capital(sense)}
            </button>
            <Member set={info.board} index={index} sense={sense} height={HEIGHT} name={`Sample ${index + 1}`} />
          </div>
        ))}
      </div>
      <Verdict info={info} answers={sample.answers[at]} truth={sample.truth} />
      <p className="switchboard-line" role="status">
        {note !== '' ? note : <Stratum trainedOn={trainedOn} shown={shown} at={at} />}
      </p>
      <div className="switchboard-samples">
        <button type="button" className="button" onClick={() => setIndex((index + samples.length - 1) % samples.length)}>
          Previous
        </button>
        <span>
          Sample {index + 1} of {samples.length}
        </span>
        <button type="button" className="button" onClick={() => setIndex((index + 1) % samples.length)}>
          Next
        </button>
      </div>
    </div>
  );
}

function Verdict({ info, answers, truth }: { info: RunInfo; answers: Float32Array | undefined; truth: number | undefined }) {
  if (answers === undefined) return <p className="muted">The sample lacks one of these senses.</p>;
  const best = answers.indexOf(Math.max(...answers));
  return (
    <ul className="switchboard-bars" aria-label="Probability of each class">
      {info.classes.map((name, c) => (
        <li key={name} className="answer" data-verdict={c === truth ? 'right' : c === best ? 'wrong' : undefined}>
          <span className="answer-name">{name}</span>
          <span className="answer-track" aria-hidden="true">
            <span className="answer-bar" style={{ width: `${100 * answers[c]}%` }} />
          </span>
          <span className="answer-share">{formatPercent(answers[c], 0)}</span>
        </li>
      ))}
    </ul>
  );
}

function Stratum({ trainedOn, shown, at }: { trainedOn: readonly Sense[]; shown: readonly Sense[]; at: number }) {
  const subsets = useApp(({ curves }) => curves.latest?.subsets ?? null);
  const share = subsets?.accuracy[at];
  const said = `labels for ${trainedOn.join(' + ')}, shown ${shown.join(' + ')}: ${stratumOf(trainedOn, shown)}`;
  if (share === undefined || Number.isNaN(share)) return <>{capital(said)}.</>;
  return (
    <>
      {capital(said)}; right in {formatPercent(share, 0)} of {subsets?.counts[at]} test samples.
    </>
  );
}
