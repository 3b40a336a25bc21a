/** What the page computes on, to be chosen: the page loads anew for it. */
import { useState } from 'react';
import { BACKEND_REQUESTS, type BackendRequest } from '../../config/backends.ts';
import { useController } from '../controller/context.ts';
import { About } from '../controls/About.tsx';
import { Choice } from '../controls/Choice.tsx';

const LABELS: Readonly<Record<BackendRequest, string>> = {
  auto: 'The fastest here',
  webgpu: 'WebGPU',
  'webgpu-f16': 'WebGPU, 16-bit activations',
  wasm: 'WebAssembly',
  cpu: 'Plain JavaScript',
};

const OPTIONS = BACKEND_REQUESTS.map((value) => ({ value, label: LABELS[value] }));

const HELP = 'The page loads anew on it, with the same settings. A run that this browser keeps goes on from where it was.';

export function ComputeOn() {
  const { asked, computeOn } = useController();
  const [chosen, setChosen] = useState(asked);
  const [leaving, setLeaving] = useState(false);
  const same = chosen === asked;
  return (
    <section className="engine-setting compute-on" aria-label="Compute on">
      <span className="compute-on-name">
        Compute on
        <About title="Compute on">
          <AboutRequests />
        </About>
      </span>
      <span className="compute-on-choice">
        <Choice
          id="compute-on"
          label="Compute on"
          options={OPTIONS}
          value={chosen}
          onChange={(value) => setChosen(value as BackendRequest)}
        />
        <button
          type="button"
          className="button"
          aria-disabled={same || leaving}
          onClick={() => {
            if (same || leaving) return;
            setLeaving(true);
            // Still here where somebody stays with a run that is not kept.
            void computeOn(chosen).finally(() => setLeaving(false));
          }}
        >
          {leaving ? 'Loading…' : 'Load the page on it'}
        </button>
      </span>
      <p id="compute-on-help" className="small muted compute-on-help">
        {HELP}
      </p>
    </section>
  );
}

function AboutRequests() {
  return (
    <>
      <p>
        <b>The fastest here</b> is WebGPU where there is a graphics card, else WebAssembly on all cores, else plain JavaScript.
        Asked for by name, an engine is taken even where it is slower, and where it cannot run the page says so and does not take
        another.
      </p>
      <p>
        <b>16-bit activations</b>: what the gradient needs again of attention (queries, keys, values) and of the MLP (its hidden
        layer, before and after GELU) is kept as numbers of 16 bits, half the memory of 32. Sums, weights, gradients and
        everything else stay in 32 bits. Sizes that four does not divide, and attention with relative positions, stay in 32 bits;
        numbers beyond 65,504 are held there. Numbers are rounded to 11 bits of precision there, so a run is not the same run as
        in 32 bits; how far apart they come is for you to compare.
      </p>
      <p>Runs on different engines agree to about six digits at first, and training makes small differences grow.</p>
    </>
  );
}
