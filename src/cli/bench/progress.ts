/** Tells how far the bench is: a bar on a terminal, elsewhere a line for each new phase. */
import { ProgressBar } from '../progressBar.ts';
import type { AnyProgress } from './browser.ts';

export class BenchProgressLine {
  private readonly bar: ProgressBar;
  private phase = '';

  constructor(private readonly stream: NodeJS.WriteStream) {
    this.bar = new ProgressBar(stream);
  }

  show(config: string, { phase, contender, done, total }: AnyProgress): void {
    if (this.stream.isTTY) this.bar.draw(`${config}: ${phase}`, done, total, contender);
    else if (`${config} ${phase}` !== this.phase) this.stream.write(`${config}: ${phase}\n`);
    this.phase = `${config} ${phase}`;
  }

  /** A line of its own. */
  say(line: string): void {
    this.clear();
    this.stream.write(`${line}\n`);
  }

  clear(): void {
    this.bar.clear();
  }
}
