/** Runs of this browser come back: that of a tab which was loaded again by itself, others when somebody asks. */
import type { ErrorReport } from '../../../base/errors.ts';
import { loadOptions } from '../../../data/files.ts';
import type { Resumed } from '../../../worker/keeping/messages.ts';
import type { TrainerEvent } from '../../../worker/protocol.ts';
import { formatCount } from '../../format.ts';
import { withRunMark } from '../../store/curves.ts';
import { withDraft } from '../../store/settings.ts';
import { update } from '../../store/store.ts';
import type { Experiment } from '../experiment.ts';
import type { ReadFiles } from '../files.ts';
import { dismissAbout, notify } from '../notices.ts';
import type { ReadFromDisk } from '../ownFiles.ts';
import type { RunController } from '../runs.ts';
import type { Workplace } from '../workplace.ts';
import { findOnDisk } from './handles.ts';
import { readPageRecord } from './pageRecord.ts';
import { readKept } from './readKept.ts';
import { type Seen, sayBack, sayRun } from './sayings.ts';
import { type KeptPage, showAgain, showEarly } from './show.ts';
import { rememberRun, type TabRun, wasDiscarded } from './tabRun.ts';

/** A run on its way back. */
interface Coming {
  id: string;
  kept: KeptPage;
  /** Where the page stood; null when another run was opened. */
  seen: Seen | null;
  /** It trained when the browser put the tab away. */
  train: boolean;
  /** What is done where it cannot come. */
  instead: () => void;
}

export class ComeBack {
  private resumed: Resumed | null = null;

  constructor(
    private readonly workplace: Workplace,
    private readonly runs: RunController,
    private readonly experiment: Experiment,
  ) {
    runs.listen((event) => this.hear(event));
    experiment.own.findOnDisk = findOnDisk;
  }

  /**
   * The run that this tab showed before it was loaded again.
   *
   * @param instead opens what the address says, where the run is not there any more
   */
  async ofTab(tab: TabRun, instead: () => void): Promise<void> {
    const { store } = this.workplace;
    const kept = await readKept(tab.id).catch(() => null);
    if (kept === null) {
      rememberRun(null);
      const text = `The run of this tab, at step ${formatCount(tab.step)}, is not in this browser any more: its data was cleared, or there was no time to write it. Begun anew.`;
      notify(store, 'info', text, { stays: true });
      return instead();
    }
    showEarly(store, kept);
    this.resume({ id: tab.id, kept, seen: tab, train: tab.training && wasDiscarded(), instead });
  }

  /** Puts a kept run in the place of the one that is there, which Undo brings back. */
  async open(id: string): Promise<void> {
    const kept = await readKept(id).catch(() => null);
    if (kept === null) notify(this.workplace.store, 'error', 'This run is not in this browser any more: its data was cleared.');
    else this.resume({ id, kept, seen: null, train: false, instead: () => {} });
  }

  private resume(coming: Coming, read?: ReadFiles): void {
    const { config } = coming.kept;
    const { own } = this.experiment;
    // Read again by then, or as the trainer finds them.
    const held = config.data.dataset === 'files' ? (read ?? own.ofKept(coming.id, config)) : null;
    this.experiment.waiting.clear();
    this.experiment.want(null);
    this.runs.resume(coming.id, config, {
      what: 'Another run opened',
      tellsItself: true,
      ...(held !== null && read === undefined ? { held } : {}),
      ...(read && { files: read }),
      told: (outcome) => {
        if (outcome === 'there') {
          if (held !== null) own.take(held.files);
          this.there(coming);
        } else if (outcome !== 'replaced') this.refused(coming, outcome, read !== undefined);
      },
    });
  }

  private hear(event: TrainerEvent): void {
    if (event.type === 'run') this.resumed = event.resumed ?? null;
    // Read, or not: it trains on.
    if (event.type === 'phase' && event.phase === 'running') dismissAbout(this.workplace.store, 'back');
  }

  private there({ kept, seen, train }: Coming): void {
    const { store } = this.workplace;
    const { resumed } = this;
    const { info, step } = store.getState().run;
    if (resumed === null || info === null) return;
    if (info.config.data.dataset === 'files') update(store, 'files', (files) => ({ ...files, usable: true }));
    const page = readPageRecord(resumed.page);
    this.runs.tally.restore(page.cost);
    showAgain(store, { ...kept, page, step });
    const { id, savedAt: at } = resumed;
    update(store, 'keeping', (keeping) => ({ ...keeping, id, saved: { step, at, bytes: 0 } }));
    store.setState(({ files }) => ({ settings: withDraft(info.config, files.usable) }));
    if (!resumed.exact) this.markOtherEngine(step);
    this.say(resumed, step, seen, train, photoLost(kept));
    if (kept.shown?.photo) this.experiment.pinned.pinAgain(kept.shown.photo);
    if (train) this.experiment.goOn();
  }

  /** Where numbers stop being comparable to the last digit the curves have a line. */
  private markOtherEngine(step: number): void {
    const { backend } = this.workplace.store.getState().run;
    const text = `went on with ${backend?.label ?? 'another engine'}, other last digits from here on`;
    // What a step took was the other engine's.
    update(this.workplace.store, 'run', (run) => ({ ...run, stepMilliseconds: null }));
    update(this.workplace.store, 'curves', (curves) => withRunMark(curves, { step, text, upright: true }));
  }

  private say(
    { exact, notes, savedAt, copyOf }: Resumed,
    step: number,
    seen: Seen | null,
    train: boolean,
    lost: readonly string[],
  ): void {
    const back = sayBack(step, savedAt, seen);
    const digits = exact ? 'Numbers go on bit for bit.' : 'Numbers will differ in the last digits from here on.';
    const next = train ? 'The browser had put this tab away; training goes on.' : 'Train goes on.';
    const copy = copyOf === null ? [] : ['Another tab has this run: here it is a copy of its own.'];
    notify(this.workplace.store, 'info', `${back} ${next} ${digits}`, {
      stays: true,
      untilRun: true,
      // Read, or not, it goes once somebody trains on; what trains by itself nobody has seen.
      ...(train ? {} : { about: 'back' as const }),
      details: [...copy, ...notes, ...lost],
      action: { label: 'Start over', run: () => this.experiment.reset() },
    });
  }

  /** Where the browser knows where they lie, and asks whether the page may read them. */
  private async readAgain(read: ReadFromDisk): Promise<void> {
    const files = await read();
    if (files !== null && files.length > 0) return this.experiment.learnFrom(files);
    const text = 'The files were not read: they are not where they were, or the browser was not allowed to. Add them again.';
    notify(this.workplace.store, 'error', text);
  }

  /** @param brought its files came with it: they are others */
  private refused(coming: Coming, error: ErrorReport, brought: boolean): void {
    const { store } = this.workplace;
    const { config, step, shown } = coming.kept;
    coming.instead();
    if (brought || config.data.dataset !== 'files' || error.name !== 'BadDataError') {
      const again = brought ? ' Added once more they begin a run of their own.' : '';
      notify(store, 'error', `The run does not come back. ${error.message}${again}`);
      return;
    }
    const name = sayRun(config, shown?.info.datasetName ?? 'your files', step);
    const text = `${name}, learns from files that are not kept here. Add the same files again, and it goes on; they are compared with those it had.`;
    void findOnDisk(coming.id).then((read) => {
      const action = read && { label: 'Read them again', run: () => void this.readAgain(read) };
      notify(store, 'info', text, { stays: true, details: [error.message], ...(action && { action }) });
    });
    this.experiment.want({
      options: loadOptions(config),
      take: (read) => this.resume({ ...coming, instead: () => {} }, read),
    });
  }
}

function photoLost({ shown }: KeptPage): string[] {
  return shown?.info.pinned === true && shown.photo === null
    ? ['What you had pinned on the board is too large to be kept: add it again.']
    : [];
}
