/** What the one button asks: which pretrained run, which methods, how many labels, how often. */
import { Play } from 'lucide-react';
import { useId } from 'react';
import { whole } from '../../../config/field.ts';
import { ROBUST_BASELINES, ROBUST_METHODS } from '../../../config/robustMethods.ts';
import { useController } from '../../controller/context.ts';
import { Choice } from '../../controls/Choice.tsx';
import { PlainField } from '../../controls/PlainField.tsx';
import { StopButton } from '../../parts/StopButton.tsx';
import type { RobustnessChoice } from '../../store/robustness.ts';
import { selectMeasurer } from '../../store/selectors.ts';
import { useApp } from '../../store/store.ts';
import { toggled } from '../../store/study.ts';
import { ALPHAS, MOST_ROBUST_SEEDS, PAPER_ALPHA } from '../../study/robustnessPlan.ts';
import { Tick } from '../Tick.tsx';
import { Outlook } from './Outlook.tsx';
import type { Startable } from './startable.ts';

const SEEDS = whole({
  label: 'Seeds',
  help: 'Everything is repeated so often with other labels and other batches: that is its spread. Pretrained weights stay the same.',
  min: 1,
  max: MOST_ROBUST_SEEDS,
  step: 1,
  default: 1,
});
const LABELS = whole({
  label: 'A class',
  help: 'Labelled samples of each class, drawn from the seed.',
  min: 1,
  max: 500,
  step: 1,
  scale: 'log',
  default: 50,
});
const METHOD_HELP = {
  LP: 'LP: a linear probe on frozen encoders',
  FT: 'FT: fine-tunes everything, from the probe',
  MASD: 'MASD: teaches the senses without labels, all together',
  'MASD*': 'MASD*: the same, a random part of them at a time',
  random: 'Random, frozen: LP on encoders that learned nothing',
  scratch: 'From scratch: the same labels, never pretrained',
} as const;

const useChoice = (): RobustnessChoice => useApp((state) => state.robustness.choice);

export function RobustnessForm({ startable }: { startable: readonly Startable[] }) {
  const busy = useApp((state) => state.robustness.work !== null);
  const choice = useChoice();
  const { robustness } = useController();
  const start = startable.find((one) => one.start === choice.start) ?? startable[0];
  const clamp = (value: unknown, { min, max }: { min: number; max: number }) =>
    Math.min(max, Math.max(min, Math.round(Number(value)) || min));
  return (
    <div className="study-form">
      <fieldset disabled={busy}>
        <legend>Pretrained run</legend>
        <StartChoice startable={startable} start={start} />
        <p className="small muted robustness-beside">What it is compared with</p>
        {ROBUST_BASELINES.map((baseline) => (
          <Tick
            key={baseline}
            label={METHOD_HELP[baseline]}
            checked={choice.baselines.includes(baseline)}
            onChange={() => robustness.choose({ baselines: toggled(ROBUST_BASELINES, choice.baselines, baseline) })}
          />
        ))}
      </fieldset>
      <fieldset disabled={busy}>
        <legend>How labels are used</legend>
        {ROBUST_METHODS.map((method) => (
          <Tick
            key={method}
            label={METHOD_HELP[method]}
            checked={choice.methods.includes(method)}
            onChange={() => robustness.choose({ methods: toggled(ROBUST_METHODS, choice.methods, method) })}
          />
        ))}
        <Alphas />
      </fieldset>
      <fieldset disabled={busy}>
        <legend>Labels</legend>
        <PlainField
          field={LABELS}
          value={choice.labelsPerClass}
          problem={null}
          onChange={(value) => robustness.choose({ labelsPerClass: clamp(value, LABELS) })}
        />
        <PlainField
          field={SEEDS}
          value={choice.seeds}
          problem={null}
          onChange={(value) => robustness.choose({ seeds: clamp(value, SEEDS) })}
        />
      </fieldset>
      <StartStop start={start} />
    </div>
  );
}

function Alphas() {
  const { alphas } = useChoice();
  const { robustness } = useController();
  return (
    <div className="study-sizes">
      <span className="small muted">mixed with LP, alpha</span>
      {ALPHAS.map((alpha) => (
        <Tick
          key={alpha}
          label={alpha === PAPER_ALPHA ? `${alpha} (paper)` : String(alpha)}
          checked={alphas.includes(alpha)}
          onChange={() => robustness.choose({ alphas: toggled<number>(ALPHAS, alphas, alpha) })}
        />
      ))}
    </div>
  );
}

function StartChoice({ startable, start }: { startable: readonly Startable[]; start: Startable | undefined }) {
  const { robustness } = useController();
  const id = useId();
  if (start === undefined) {
    return <p className="small muted">None is there any more: keep a run of Contrastive or Multimodal MAE to go on.</p>;
  }
  return (
    <div className="field" data-kind="choice">
      <span className="field-label">Starts from</span>
      <Choice
        id={id}
        label="Pretrained run"
        options={startable.map(({ start: value, label }) => ({ value, label }))}
        value={start.start}
        onChange={(chosen) => {
          const found = startable.find((one) => one.start === chosen);
          if (found !== undefined) robustness.choose({ start: found.start });
        }}
      />
      <p id={`${id}-help`} className="visually-hidden">
        Whose encoders all methods start from. Labels and tests are of the samples that it learned from.
      </p>
    </div>
  );
}

function StartStop({ start }: { start: Startable | undefined }) {
  const busy = useApp((state) => state.robustness.work !== null);
  const others = useApp((state) => selectMeasurer(state) !== null);
  const problem = useApp((state) => state.robustness.problem);
  const choice = useChoice();
  const { robustness } = useController();
  const isNothing = choice.methods.length + choice.baselines.length === 0;
  return (
    <>
      <div className="study-start">
        {busy ? (
          <StopButton onStop={() => robustness.stop()} />
        ) : (
          <button
            type="button"
            className="button primary"
            disabled={start === undefined || others || isNothing}
            onClick={() => start !== undefined && void robustness.start(start.start)}
          >
            <Play size={16} aria-hidden="true" />
            Robustness study
          </button>
        )}
        <Outlook start={start} waits={others && !busy} />
      </div>
      <p className="study-problem" role="alert">
        {problem}
      </p>
    </>
  );
}
