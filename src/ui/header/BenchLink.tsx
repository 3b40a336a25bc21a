/** The way to the Bench page. */
import { Gauge } from 'lucide-react';
import { Hint } from '../controls/Hint.tsx';
import { BENCH_ADDRESS } from '../place.ts';

export function BenchLink() {
  return (
    <Hint text="Measures this machine: a training step of Patchwork beside the same step in stock TensorFlow.js.">
      <a className="chip" href={BENCH_ADDRESS}>
        <Gauge size={14} aria-hidden="true" />
        Bench
      </a>
    </Hint>
  );
}
