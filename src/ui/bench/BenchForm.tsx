/** What is to be measured, and how long that may take. */
import { Play } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { BENCH_CONFIGS, type BenchConfigName, benchRun, describeRun } from '../../bench/configs.ts';
import { deviceOf, estimateSeconds, sayRoughly, toggledSize } from '../controller/benchPlan.ts';
import { useController } from '../controller/context.ts';
import { Toggles } from '../controls/Toggles.tsx';
import { StopButton } from '../parts/StopButton.tsx';
import { BENCH_BACKENDS, type BenchBackend } from '../store/bench.ts';
import { useApp } from '../store/store.ts';

const STEPS = [1, 5, 20] as const;

export function BenchForm() {
  return (
    <div className="bench-form">
      <Sizes />
      <Backends />
      <Steps />
      <StartStop />
    </div>
  );
}

function Group({ label, children }: { label: string; children(labelId: string): ReactNode }) {
  const id = useId();
  return (
    <div className="bench-group">
      <span id={id} className="small muted">
        {label}
      </span>
      {children(id)}
    </div>
  );
}

function Sizes() {
  const sizes = useApp((state) => state.bench.choice.sizes);
  const busy = useIsBusy();
  const { bench } = useController();
  return (
    <fieldset className="bench-sizes" disabled={busy}>
      <legend className="small muted">Sizes</legend>
      {BENCH_CONFIGS.map((name: BenchConfigName) => (
        <label key={name} className="bench-size">
          <input
            type="checkbox"
            checked={sizes.includes(name)}
            onChange={() => bench.choose({ sizes: toggledSize(sizes, name) })}
          />
          <b>{name}</b>
          <span className="small muted">{describeRun(benchRun(name))}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Backends() {
  const backend = useApp((state) => state.bench.choice.backend);
  const adapter = useApp((state) => state.bench.adapter);
  const busy = useIsBusy();
  const { bench } = useController();
  const names: Readonly<Record<BenchBackend, string>> = {
    webgpu: adapter?.software === true ? 'WebGPU, in software' : 'WebGPU',
    wasm: 'WebAssembly',
  };
  const available = BENCH_BACKENDS.filter((name) => name !== 'webgpu' || (adapter !== null && adapter !== undefined));
  const choose = (value: string): void => {
    const chosen = available.find((name) => name === value);
    if (chosen !== undefined) bench.choose({ backend: chosen });
  };
  return (
    <Group label="Backend">
      {(labelId) => (
        <>
          <Toggles
            labelledBy={labelId}
            value={backend}
            disabled={busy}
            options={available.map((name) => [name, names[name]])}
            onChange={choose}
          />
          <span className="small muted">
            {adapter === undefined && 'Looking for a graphics adapter…'}
            {adapter === null && 'WebGPU offers no adapter here.'}
            {adapter?.name !== undefined && `WebGPU adapter: ${adapter.name}`}
          </span>
        </>
      )}
    </Group>
  );
}

function Steps() {
  const steps = useApp((state) => state.bench.choice.steps);
  const busy = useIsBusy();
  const { bench } = useController();
  return (
    <Group label="Timed steps">
      {(labelId) => (
        <Toggles
          labelledBy={labelId}
          value={String(steps)}
          disabled={busy}
          options={STEPS.map((count) => [String(count), String(count)])}
          onChange={(value) => bench.choose({ steps: Number(value) })}
        />
      )}
    </Group>
  );
}

function StartStop() {
  const busy = useIsBusy();
  const { bench } = useController();
  const empty = useApp((state) => state.bench.choice.sizes.length === 0);
  return (
    <div className="bench-start">
      {busy ? (
        <StopButton onStop={() => bench.stop()} />
      ) : (
        <button type="button" className="button primary" disabled={empty} onClick={() => bench.start()}>
          <Play size={16} aria-hidden="true" />
          Start
        </button>
      )}
      <Outlook />
    </div>
  );
}

/** What to expect, before it begins. */
function Outlook() {
  const state = useApp((all) => all.bench);
  const training = useApp((all) => all.run.wanted);
  const { sizes, steps, backend } = state.choice;
  const device = deviceOf(state);
  if (sizes.length === 0) return <p className="small muted">Choose at least one size.</p>;
  const machine = device === 'graphics card' ? 'on a laptop’s graphics card' : 'on two processor cores';
  const crowded = backend === 'webgpu' && sizes.includes('base');
  return (
    <p className="small muted">
      Takes {sayRoughly(estimateSeconds(sizes, device, steps))} {machine}, nearly all of it in stock TensorFlow.js; it can be
      stopped at any time, and leaving this page stops it.{' '}
      {training ? 'Training is paused for as long.' : 'The run rests for as long.'}
      {crowded && ' Stock TensorFlow.js takes 2.5 GB of graphics memory at size base.'}
    </p>
  );
}

function useIsBusy(): boolean {
  return useApp((state) => state.bench.work !== null);
}
