/** One sample whose senses are switched on and off, and what a model answers to each subset. */
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import type { Sense } from '../../config/modalities.ts';
import { type Stratum, type Subset, stratumOf, subsetName, subsetsOf } from '../../config/subsets.ts';
import type { Gallery } from '../../data/gallery.ts';
import type { SwitchboardSample } from '../../trainer/reports.ts';
import { Toggles } from '../controls/Toggles.tsx';
import { capital } from '../format.ts';
import { FILTER_NAMES, FILTERS, type Filter, samplesOf } from './filters.ts';
import { Verdict } from './Verdict.tsx';

export interface SwitchboardProps {
  set: Gallery;
  senses: Subset<Sense>;
  /** What had labels. */
  trainedOn: Subset<Sense>;
  samples: readonly SwitchboardSample[];
  /** What is on, and how that changes. */
  shown: Subset<Sense>;
  onShow(shown: Subset<Sense>): void;
  /** One sense of a sample, as the model saw it. */
  member(sense: Sense, index: number): ReactNode;
  /** What the model says of a sample in place of `samples`. */
  answers?: SwitchboardSample | undefined;
  /** Of the test samples that have the subset: the share of right answers. */
  rate(subset: number): { share: number; count: number } | null;
  /** The sample that is looked at has changed. */
  onSample?(index: number): void;
}

export function Switchboard(props: SwitchboardProps) {
  const { set, senses, trainedOn, samples, shown, onShow, member, answers, rate, onSample } = props;
  const [index, setIndex] = useState(0);
  const [filter, setFilter] = useState<Filter>('any');
  const [note, setNote] = useState('');
  const chosen = samplesOf(filter, samples, senses);
  const at = Math.max(0, chosen.indexOf(index));
  const go = (next: number): void => {
    setIndex(next);
    onSample?.(next);
  };
  const move = (by: number): void => {
    if (chosen.length > 0) go(chosen[(at + by + chosen.length) % chosen.length]);
  };
  const toggle = (sense: Sense): void => {
    const isLast = shown.length === 1 && shown[0] === sense;
    setNote(isLast ? 'One sense stays on: there is nothing to answer to without.' : '');
    if (!isLast) onShow(senses.filter((one) => (one === sense ? !shown.includes(one) : shown.includes(one))));
  };
  const look = (next: Filter): void => {
    setFilter(next);
    const [first] = samplesOf(next, samples, senses);
    if (first !== undefined && !samplesOf(next, samples, senses).includes(index)) go(first);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const sense = senses[Number(event.key) - 1];
    if (sense !== undefined) toggle(sense);
    else if (event.key === 'ArrowRight') move(1);
    else if (event.key === 'ArrowLeft') move(-1);
    else if (event.key === 'f') look(FILTERS[(FILTERS.indexOf(filter) + 1) % FILTERS.length]);
    else return;
    event.preventDefault();
  };
  const sample = answers ?? samples[index] ?? samples[0];
  const subset = subsetsOf(senses).findIndex((one) => subsetName(one) === subsetName(shown));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame
    // biome-ignore lint/a11y/noNoninteractiveTabindex: its keys work wherever the focus is inside, and here
    <div className="switchboard" role="group" aria-label="Switchboard" tabIndex={0} onKeyDown={onKeyDown}>
      <div className="switchboard-senses">
        {senses.map((sense, k) => (
          <div key={sense} className="switchboard-sense" data-sense={sense} data-off={!shown.includes(sense) || undefined}>
            <button
              type="button"
              className="toggle alone"
              aria-pressed={shown.includes(sense)}
              aria-keyshortcuts={String(k + 1)}
              data-labelled={trainedOn.includes(sense) || undefined}
              title={trainedOn.includes(sense) ? `${capital(sense)}s had labels` : `No labels for ${sense}s alone`}
              onClick={() => toggle(sense)}
            >
              {capital(sense)}
            </button>
            {member(sense, index)}
          </div>
        ))}
      </div>
      <Verdict classes={set.classes} answers={sample?.answers[subset]} truth={sample?.truth} />
      <p className="switchboard-line" role="status">
        {note !== '' ? note : sayShown(trainedOn, shown, stratumOf(trainedOn, shown), rate(subset))}
      </p>
      <Samples filter={filter} look={look} count={chosen.length} of={samples.length} at={at} move={move} />
    </div>
  );
}

interface SamplesProps {
  filter: Filter;
  look(filter: Filter): void;
  count: number;
  of: number;
  at: number;
  move(by: number): void;
}

function Samples({ filter, look, count, of, at, move }: SamplesProps) {
  const id = useId();
  return (
    <div className="switchboard-samples">
      <button type="button" className="button small-button" disabled={count < 2} onClick={() => move(-1)}>
        Previous
      </button>
      <span className="switchboard-count">{count === 0 ? `None of ${of}` : `Sample ${at + 1} of ${count}`}</span>
      <button type="button" className="button small-button" disabled={count < 2} onClick={() => move(1)}>
        Next
      </button>
      <span id={id} className="visually-hidden">
        Samples
      </span>
      <Toggles
        labelledBy={id}
        value={filter}
        disabled={false}
        options={FILTERS.map((name) => [name, FILTER_NAMES[name]])}
        onChange={(name) => look(FILTERS.find((known) => known === name) ?? 'any')}
      />
    </div>
  );
}

function sayShown(trainedOn: Subset, shown: Subset, stratum: Stratum, rate: { share: number; count: number } | null): string {
  const said = `Labels for ${trainedOn.join(' + ')}, shown ${shown.join(' + ')}: ${stratum}`;
  if (rate === null || Number.isNaN(rate.share)) return `${said}.`;
  return `${said}; right in ${Math.round(100 * rate.share)} % of ${rate.count} test samples.`;
}
