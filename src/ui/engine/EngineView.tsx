/** What runs the model here, how fast, and what one step spends its time on. Fetched when somebody asks. */
import '../styles/engine.css';
import { Timer } from 'lucide-react';
import type { BackendInfo } from '../../engine/backend.ts';
import type { Phase } from '../../worker/protocol.ts';
import { useController } from '../controller/context.ts';
import { About } from '../controls/About.tsx';
import { Toggle } from '../controls/Toggle.tsx';
import { formatBytes, formatMilliseconds, formatRate } from '../format.ts';
import { selectImagesPerSecond, selectMemory, selectPhase, selectStepTime } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';
import { useAppSlowly } from '../store/useAppSlowly.ts';
import { useWords } from '../store/useView.ts';
import { setWakeLock, useWakeLock } from '../wakeLock.ts';
import { Advice, OFFLINE } from './Advice.tsx';
import { ComputeOn } from './ComputeOn.tsx';
import { KernelTable } from './KernelTable.tsx';

const READABLE_MILLISECONDS = 500;

export default function EngineView({ backend }: { backend: BackendInfo }) {
  return (
    <>
      <Facts backend={backend} />
      <ComputeOn />
      <ScreenOn />
      <Advice />
      <section className="kernels" aria-label="Kernels">
        <div className="kernels-head">
          <h3>Kernels</h3>
          <About title="Kernels">
            <AboutKernels />
          </About>
        </div>
        <MeasureStep />
        <Findings backend={backend} />
      </section>
    </>
  );
}

function Facts({ backend }: { backend: BackendInfo }) {
  const rate = useAppSlowly(selectImagesPerSecond, READABLE_MILLISECONDS);
  const step = useAppSlowly(selectStepTime, READABLE_MILLISECONDS);
  const memory = useAppSlowly(selectMemory, READABLE_MILLISECONDS);
  const copy = useApp((state) => state.offline.copy);
  const { brief } = useWords();
  return (
    <dl className="engine-facts">
      <Fact name="Runs on" value={backend.label} />
      <Fact name="Speed" value={step === null ? '–' : `${formatRate(1000 / step)} steps/s`} />
      <Fact name="One step" value={step === null ? '–' : formatMilliseconds(step)} />
      <Fact name="Throughput" value={rate === null ? '–' : `${formatRate(rate)} ${brief}s/s`} />
      <Fact name="Memory" value={memory === 0 ? '–' : formatBytes(memory)} />
      <Fact name="This page" value={OFFLINE[copy]} />
    </dl>
  );
}

/** Where the browser lets a page keep the screen on. */
function ScreenOn() {
  const on = useWakeLock((state) => state.on);
  if (!('wakeLock' in navigator)) return null;
  return (
    <div className="engine-setting">
      <span>Keep the screen on while it trains</span>
      <Toggle id="screen-on" label="Keep the screen on while it trains" checked={on} onChange={setWakeLock} />
      <p id="screen-on-help" className="visually-hidden">
        A screen that goes off may take the machine to sleep, and the run stops until it wakes.
      </p>
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Why no step can be measured now; null when one can. */
const OBSTACLES: Readonly<Record<Phase, string | null>> = {
  opening: 'The run is not ready yet.',
  ready: null,
  running: null,
  paused: null,
  finished: 'The run is finished: raise Steps or start over to measure another step.',
  failed: 'The run has failed: start over to measure a step.',
  recovering: 'The run is being brought back.',
};

function MeasureStep() {
  const phase = useApp(selectPhase);
  const measuring = useApp((state) => state.kernels.measuring);
  const { commands } = useController();
  const obstacle = OBSTACLES[phase];
  return (
    <div className="measure-step">
      <button
        type="button"
        className="button"
        // Kept in reach of the keyboard while it works: a button that goes dead loses the focus.
        aria-disabled={measuring || obstacle !== null}
        onClick={() => {
          if (!measuring && obstacle === null) void commands.measureKernels();
        }}
      >
        <Timer size={16} aria-hidden="true" />
        Measure one step
      </button>
      <p className="small muted" aria-live="polite">
        {measuring
          ? 'Measuring…'
          : (obstacle ?? 'Takes two training steps: one to warm up, one that is measured. Training waits meanwhile.')}
      </p>
    </div>
  );
}

function Findings({ backend }: { backend: BackendInfo }) {
  const report = useApp((state) => state.kernels.report);
  if (report === null) return null;
  if (report.timings.length === 0) {
    return <p className="small">This GPU offers no timestamp queries, so its kernels cannot be timed one by one.</p>;
  }
  return <KernelTable report={report} counted={backend.name === 'webgpu'} />;
}

function AboutKernels() {
  return (
    <>
      <p>
        One training step, taken apart: how often each kernel ran, how long all its calls took together, and what share of the
        step that is. The step is a real one; the run goes on from it.
      </p>
      <p>
        On WebGPU the GPU itself notes when each kernel begins and ends. Chrome rounds those times to 0.1 ms unless its flag
        “WebGPU Developer Features” is set, so short kernels show as 0. Each kernel runs alone here, so their sum is more than a
        plain step takes. GFLOP/s count the arithmetic of matrix products and attention; the peak is the best plain matrix
        product, measured at the same time.
      </p>
      <p>
        On WebAssembly and in plain JavaScript each call is timed as it is made. Operations are not counted there; everything that
        TensorFlow.js itself does, and the drawing of the batch, stands under “everything else”.
      </p>
    </>
  );
}
