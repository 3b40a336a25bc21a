/** Measures on the visitor's machine, one size after the other, each in a worker of its own; training waits meanwhile. */
import type { BenchConfigName } from '../../bench/configs.ts';
import { adapterName, isSoftware } from '../../engine/adapter.ts';
import type { BenchClient } from '../../worker/client.ts';
import type { BenchEvent } from '../../worker/protocol.ts';
import {
  type Adapter,
  type BenchChoice,
  type BenchOutcome,
  type BenchWork,
  type Finding,
  withAdapter,
  withOutcome,
} from '../store/bench.ts';
import { update } from '../store/store.ts';
import { outcomesJson } from './benchJson.ts';
import { deviceOf, parityStepsOf } from './benchPlan.ts';
import type { CommandController } from './commands.ts';
import { notify } from './notices.ts';
import type { Workplace } from './workplace.ts';

export class BenchController {
  private client: BenchClient | null = null;
  /** Training was under way when the first size began. */
  private goOn = false;

  constructor(
    private readonly workplace: Workplace,
    private readonly commands: CommandController,
  ) {}

  /** Finds out which backends run here. */
  async lookForGpu(): Promise<void> {
    if (this.state.adapter !== undefined) return;
    const adapter = await findAdapter();
    update(this.workplace.store, 'bench', (bench) => withAdapter(bench, adapter));
  }

  choose(change: Partial<BenchChoice>): void {
    update(this.workplace.store, 'bench', (bench) => ({ ...bench, choice: { ...bench.choice, ...change } }));
  }

  start(): void {
    const { choice, work } = this.state;
    if (work !== null || choice.sizes.length === 0) return;
    this.goOn = this.workplace.store.getState().run.wanted;
    if (this.goOn) this.commands.pause();
    this.measureNext(choice.sizes);
  }

  /** Ends the measurement under way; what was found before stays. */
  stop(): void {
    if (this.state.work === null) return;
    this.endWorker();
    this.finish();
  }

  /** Copies what was found; where the browser does not let a page copy, it is shown to be copied by hand. */
  async copy(): Promise<void> {
    const json = outcomesJson(this.state.outcomes, navigator);
    try {
      await navigator.clipboard.writeText(json);
      notify(this.workplace.store, 'info', 'Copied as JSON.');
    } catch {
      notify(this.workplace.store, 'info', 'This browser does not let the page copy. The JSON to copy:', {
        details: [json],
        stays: true,
      });
    }
  }

  private get state() {
    return this.workplace.store.getState().bench;
  }

  private measureNext(sizes: readonly BenchConfigName[]): void {
    const [config, ...waiting] = sizes;
    if (config === undefined) {
      this.finish();
      return;
    }
    this.setWork({ config, waiting, progress: null });
    const client = this.workplace.startBench((message) => this.crashed(message));
    this.client = client;
    client.listen((event) => {
      if (this.client === client) this.onEvent(event);
    });
    const { backend, steps } = this.state.choice;
    client.send({ type: 'measure', config, backend, steps, paritySteps: parityStepsOf(config, deviceOf(this.state)) });
  }

  private onEvent(event: BenchEvent): void {
    switch (event.type) {
      case 'progress':
        update(this.workplace.store, 'bench', (bench) =>
          bench.work === null ? bench : { ...bench, work: { ...bench.work, progress: event } },
        );
        break;
      case 'measured':
        this.take({ ok: true, device: event.device, report: event.report });
        break;
      case 'error':
        this.take({ ok: false, problem: event.error.message });
        break;
      default:
        event satisfies never;
    }
  }

  /** The worker is gone with the size it was at; the next one gets another. */
  private crashed(message: string): void {
    this.take({ ok: false, problem: `The measurement stopped${message === '' ? '' : ` (${message})`}.` });
  }

  private take(found: Finding): void {
    this.endWorker();
    const { work, choice } = this.state;
    if (work === null) return;
    const outcome: BenchOutcome = { config: work.config, backend: choice.backend, ...found };
    update(this.workplace.store, 'bench', (bench) => withOutcome(bench, outcome));
    this.measureNext(work.waiting);
  }

  private finish(): void {
    this.setWork(null);
    if (this.goOn) this.commands.train();
    this.goOn = false;
  }

  private endWorker(): void {
    this.client?.end();
    this.client = null;
  }

  private setWork(work: BenchWork | null): void {
    update(this.workplace.store, 'bench', (bench) => ({ ...bench, work }));
  }
}

async function findAdapter(): Promise<Adapter | null> {
  // Absent, not null, on plain http and in browsers without WebGPU, whatever the types say.
  const gpu: GPU | undefined = navigator.gpu;
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  return adapter === null || adapter === undefined ? null : { name: adapterName(adapter), software: isSoftware(adapter) };
}
