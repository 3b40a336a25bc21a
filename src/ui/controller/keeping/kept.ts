/** What of keeping runs is not needed for the first paint of a fresh tab. */
import type { CommandController } from '../commands.ts';
import type { Experiment } from '../experiment.ts';
import type { RunController } from '../runs.ts';
import type { WeightsReader } from '../weightsReader.ts';
import type { Workplace } from '../workplace.ts';
import { Awake } from './awake.ts';
import { ComeBack } from './comeBack.ts';
import { KeptList } from './keptList.ts';
import { offerNewest } from './offer.ts';
import { Safety } from './safety.ts';
import { Scribe } from './scribe.ts';

export class Kept {
  readonly comeBack: ComeBack;
  readonly list: KeptList;
  /** In a fresh tab: the newest run that is not over, should somebody have come back for it. */
  readonly offerNewest: () => Promise<void>;

  constructor(
    workplace: Workplace,
    runs: RunController,
    commands: CommandController,
    experiment: Experiment,
    weights: WeightsReader,
  ) {
    new Awake(workplace.store);
    // The list looks at what the store knows of a run before the scribe forgets it.
    this.list = new KeptList(workplace, runs, weights);
    new Scribe(workplace, runs);
    new Safety(workplace, runs, commands);
    this.comeBack = new ComeBack(workplace, runs, experiment);
    this.offerNewest = () => offerNewest(workplace.store, (id) => void this.comeBack.open(id));
  }
}
