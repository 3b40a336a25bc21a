/** What the Bench page found, for machines: the same fields as the lines that the bench command prints. */
import type { BenchOutcome } from '../store/bench.ts';

/** What is told of the browser and the machine. */
export interface Place {
  userAgent: string;
  hardwareConcurrency: number;
}

/** One object a line: the machine, then each contender at each size. What failed has no numbers, and is left out. */
export function outcomesJson(outcomes: readonly BenchOutcome[], { userAgent, hardwareConcurrency }: Place): string {
  const machine = { event: 'machine', place: userAgent, cores: hardwareConcurrency };
  const rows = outcomes.flatMap((outcome) => {
    if (!outcome.ok) return [];
    const { rows: contenders, ...shared } = outcome.report;
    return contenders.map((row) => ({ event: 'row', config: outcome.config, device: outcome.device, ...row, ...shared }));
  });
  return [machine, ...rows].map((line) => JSON.stringify(line)).join('\n');
}
