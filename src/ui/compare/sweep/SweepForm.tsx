/** What is swept over, how often, and what is measured. */
import { Play } from 'lucide-react';
import { useId, useMemo } from 'react';
import { type NumberField, text, whole } from '../../../config/field.ts';
import { BASELINE_LABELS, MEASURE_LABELS, SWEEP_BASELINES, SWEEP_MEASURES } from '../../../config/sweep/sweep.ts';
import { sayAbout } from '../../../trainer/sweep/pace.ts';
import { Choice } from '../../controls/Choice.tsx';
import { PlainField } from '../../controls/PlainField.tsx';
import { formatCount, plural } from '../../format.ts';
import { selectConfig, selectMeasurer } from '../../store/selectors.ts';
import { useApp } from '../../store/store.ts';
import { toggled } from '../../store/study.ts';
import type { SweepChoice } from '../../store/sweep.ts';
import { suggestValues, sweepOf, sweptSettings } from '../../study/sweepChoice.ts';
import { Tick } from '../Tick.tsx';
import type { SweepController } from './sweepController.ts';
import { useSweep } from './sweepStore.ts';

interface Props {
  sweeps: SweepController;
}

type NumberName = 'seeds' | 'steps' | 'labelsPerClass' | 'labelSteps';

const NUMBERS: Readonly<Record<NumberName, NumberField>> = {
  seeds: whole({
    label: 'Seeds a point',
    help: 'Every point is trained and measured so often, from other first weights: that is its spread.',
    min: 1,
    max: 10,
    step: 1,
    default: 1,
  }),
  steps: whole({
    label: 'Pretrain steps',
    help: 'Length of each pretraining, unless it is what is swept over.',
    min: 1,
    max: 200_000,
    step: 10,
    scale: 'log',
    default: 300,
  }),
  labelsPerClass: whole({
    label: 'Class labels',
    help: 'Labelled samples of each class for probe, neighbours and fine-tuning; 0 takes all.',
    min: 0,
    max: 10_000,
    step: 5,
    default: 20,
  }),
  labelSteps: whole({
    label: 'Tuning steps',
    help: 'Length of each fine-tuning, and of training from scratch.',
    min: 1,
    max: 20_000,
    step: 10,
    scale: 'log',
    default: 200,
  }),
};

const VALUES = text({ label: 'Values', help: 'What the setting is at each point, with commas between.', default: '' });

export function SweepForm({ sweeps }: Props) {
  const busy = useSweep((state) => state.work !== null);
  const choice = useSweep((state) => state.choice);
  return (
    <div className="study-form">
      <fieldset disabled={busy}>
        <legend>Swept over</legend>
        <Axis sweeps={sweeps} which="first" />
        <Axis sweeps={sweeps} which="second" />
        <Numbers sweeps={sweeps} names={['seeds', 'steps']} />
        <Looks sweeps={sweeps} />
      </fieldset>
      <fieldset disabled={busy}>
        <legend>Measured</legend>
        {SWEEP_MEASURES.map((measure) => (
          <Tick
            key={measure}
            label={MEASURE_LABELS[measure]}
            checked={choice.measures.includes(measure)}
            onChange={() => sweeps.choose({ measures: toggled(SWEEP_MEASURES, choice.measures, measure) })}
          />
        ))}
      </fieldset>
      <fieldset disabled={busy}>
        <legend>Beside</legend>
        {SWEEP_BASELINES.map((baseline) => (
          <Tick
            key={baseline}
            label={BASELINE_LABELS[baseline]}
            checked={choice.baselines.includes(baseline)}
            onChange={() => sweeps.choose({ baselines: toggled(SWEEP_BASELINES, choice.baselines, baseline) })}
          />
        ))}
        <Numbers sweeps={sweeps} names={['labelsPerClass', 'labelSteps']} />
      </fieldset>
      <Start sweeps={sweeps} />
      <Problems />
    </div>
  );
}

/** A setting and its values; the second may be none. */
function Axis({ sweeps, which }: Props & { which: 'first' | 'second' }) {
  const choice = useSweep((state) => state.choice);
  const run = useApp(selectConfig);
  const id = useId();
  const [path, values] = which === 'first' ? [choice.path, choice.values] : [choice.secondPath, choice.secondValues];
  const settings = useMemo(() => sweptSettings(choice, run), [choice, run]);
  const label = which === 'first' ? 'Setting' : 'And';
  const none = which === 'second' ? [{ value: '', label: 'nothing else' }] : [];
  const change = (path: string, values: string): void =>
    sweeps.choose(which === 'first' ? { path, values } : { secondPath: path, secondValues: values });
  return (
    <>
      <div className="field" data-kind="choice">
        <span className="field-label">{label}</span>
        <Choice
          id={id}
          label={which === 'first' ? 'Setting to sweep over' : 'Second setting'}
          options={[
            ...none.map(({ label }) => ({ value: NOTHING, label })),
            ...settings.map(({ path, label }) => ({ value: path, label: `${label} (${path})`, short: label })),
            ...(path === '' || settings.some((setting) => setting.path === path) ? [] : [{ value: path, label: strange(path) }]),
          ]}
          value={path === '' ? NOTHING : path}
          onChange={(chosen) => {
            const next = chosen === NOTHING ? '' : String(chosen);
            change(next, next === '' ? '' : suggestValues(next, choice, run));
          }}
        />
        <p id={`${id}-help`} className="visually-hidden">
          Every setting that changes a number of this run. Its range is cut into values.
        </p>
      </div>
      {path !== '' && (
        <PlainField
          field={which === 'first' ? VALUES : { ...VALUES, label: 'Its values' }}
          value={values}
          problem={null}
          onChange={(typed) => change(path, String(typed))}
        />
      )}
    </>
  );
}

const LOOKS = text({
  label: 'Look at steps',
  help: 'Steps at which each pretraining is measured on its way, with commas between; empty measures its end alone.',
  default: '',
});

/** A curve over the length of pretraining from one run: cheaper than a run of each length, and not the same. */
function Looks({ sweeps }: Props) {
  const looks = useSweep((state) => state.choice.looks);
  const steps = useSweep((state) => state.choice.steps);
  return (
    <>
      <PlainField field={LOOKS} value={looks} problem={null} onChange={(typed) => sweeps.choose({ looks: String(typed) })} />
      {looks !== '' && (
        <p className="small muted">
          One run of {formatCount(steps)} steps is looked at on its way, in the middle of its schedule. For a run of each length
          sweep over Steps.
        </p>
      )}
    </>
  );
}

const NOTHING = 'nothing';

/** What was chosen for another run. */
const strange = (path: string): string => `${path}: changes nothing of this run`;

function Numbers({ sweeps, names }: Props & { names: readonly NumberName[] }) {
  const choice = useSweep((state) => state.choice);
  return names.map((name) => {
    const field = NUMBERS[name];
    const clamp = (value: unknown): number => Math.min(field.max, Math.max(field.min, Math.round(Number(value)) || field.min));
    return (
      <PlainField
        key={name}
        field={field}
        value={choice[name]}
        problem={null}
        onChange={(value) => sweeps.choose({ [name]: clamp(value) } as Partial<SweepChoice>)}
      />
    );
  });
}

function Start({ sweeps }: Props) {
  const busy = useSweep((state) => state.work !== null);
  const other = useApp(selectMeasurer);
  const run = useApp(selectConfig);
  const choice = useSweep((state) => state.choice);
  const estimate = useSweep((state) => state.estimate);
  const sweep = sweepOf(choice, run);
  const looks = Math.max(1, sweep.checkpointsAt.length);
  const points = sweep.axes.reduce((count, { values }) => count * values.length, sweep.seeds.length * looks);
  const off = busy || other !== null;
  return (
    <div className="study-start">
      <button type="button" className="button primary" disabled={off} onClick={() => sweeps.begin(sweep)}>
        <Play size={16} aria-hidden="true" />
        Sweep
      </button>
      <button type="button" className="button" disabled={off} onClick={() => sweeps.estimate(sweep)}>
        How long?
      </button>
      <p className="small muted" aria-live="polite">
        {estimate === null
          ? `${plural(points, 'point')}. Training rests meanwhile; you may look at other pages.`
          : `${plural(estimate.points, 'point')} to do, baselines included: ${sayAbout(estimate.seconds)}, from a step timed here.`}
      </p>
    </div>
  );
}

function Problems() {
  const problems = useSweep((state) => state.problems);
  if (problems.length === 0) return null;
  return (
    <div role="alert">
      {problems.map(({ message }) => (
        <p key={message} className="study-problem">
          {message}
        </p>
      ))}
    </div>
  );
}
