/** Measures the visitor's machine. Fetched when somebody comes here; the run stays as it is. */
import '../styles/bench.css';
import { ArrowLeft, Copy } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useController } from '../controller/context.ts';
import { About } from '../controls/About.tsx';
import { PageHeader } from '../header/PageHeader.tsx';
import { RUN_ADDRESS } from '../place.ts';
import { useApp } from '../store/store.ts';
import { BenchForm } from './BenchForm.tsx';
import { BenchResult } from './BenchResult.tsx';
import { BenchRun } from './BenchRun.tsx';

export default function BenchPage() {
  const { bench } = useController();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    title.current?.focus();
    void bench.lookForGpu();
    return () => bench.stop();
  }, [bench]);
  return (
    <>
      <BenchHeader />
      <main className="bench">
        <div className="bench-head">
          <h2 ref={title} tabIndex={-1}>
            Bench
          </h2>
          <About title="Bench">
            <AboutBench />
          </About>
        </div>
        <p className="bench-intro">
          How fast does this machine train? One training step of Patchwork beside the same step in stock TensorFlow.js: same first
          weights, same batches, taking turns. Times are told only once both have computed the same losses.
        </p>
        <BenchForm />
        <BenchRun />
        <Results />
      </main>
    </>
  );
}

function BenchHeader() {
  return (
    <PageHeader>
      <a className="button" href={RUN_ADDRESS}>
        <ArrowLeft size={16} aria-hidden="true" />
        Back to the run
      </a>
    </PageHeader>
  );
}

function Results() {
  const outcomes = useApp((state) => state.bench.outcomes);
  const { bench } = useController();
  const busy = useApp((state) => state.bench.work !== null);
  if (outcomes.length === 0) return <p className="small muted">{!busy && 'Nothing is measured yet.'}</p>;
  return (
    <>
      {outcomes.map((outcome) => (
        <BenchResult key={`${outcome.config} ${outcome.backend}`} outcome={outcome} />
      ))}
      {outcomes.some(({ ok }) => ok) && (
        <div>
          <button type="button" className="button" onClick={() => void bench.copy()}>
            <Copy size={16} aria-hidden="true" />
            Copy as JSON
          </button>
        </div>
      )}
    </>
  );
}

function AboutBench() {
  return (
    <>
      <p>
        A step is what training repeats: draw a batch, loss, gradient, update. <b>Patchwork</b> does it with kernels of its own
        and, on WebGPU, replays a recorded list of commands. <b>Stock TensorFlow.js</b> does the same arithmetic with the
        library’s ops, as people write it.
      </p>
      <p>
        <b>GFLOP/s</b> count the matrix products of the step; <b>peak</b> is the best plain matrix product that either of them
        reached here just now. <b>Speed</b> is the median against that of stock TensorFlow.js.
      </p>
      <p>
        The command <code>npm run bench</code> measures more: in Node, and beside jax-js.
      </p>
    </>
  );
}
