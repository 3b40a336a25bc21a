/** The data behind runs: drawn from a seed, or brought as files by the page. Both outlive a run, so that starting over is quick. */
import { BadDataError } from '../base/errors.ts';
import type { BuiltInDataset } from '../config/datasets.ts';
import { formOf, MODALITIES, modalityFacts, modalityOf, type SampleForm } from '../config/modalities.ts';
import type { RunConfig } from '../config/run.ts';
import { builtInDataset } from '../data/builtIn.ts';
import type { PictureShelf } from '../data/builtInPictures.ts';
import { type Dataset, formText } from '../data/samples.ts';
import { inFormOf, sourceOf } from '../data/source.ts';

export type DrawProgress = (done: number, total: number) => Promise<void>;

export class Datasets {
  private files: Dataset | undefined;
  private readonly drawn: Partial<Record<'target' | 'source', { key: string; dataset: Dataset }>> = {};

  /** @param shelf where drawn pictures may lie */
  constructor(private readonly shelf?: PictureShelf) {}

  /** Keeps files for this and later runs. */
  bring(files: Dataset): void {
    this.files = files;
  }

  /**
   * The run's own pictures, and those of its phases that learn from elsewhere: the same when there are none. `files`: those that
   * come with it, in place of those that were brought before.
   *
   * @throws BadDataError when the settings ask for files that are not here, or are here at another size
   */
  async of(config: RunConfig, onProgress: DrawProgress, files = this.files): Promise<{ target: Dataset; source: Dataset }> {
    const { dataset } = config.data;
    const form = formOf(config);
    const { seed } = config.optimiser;
    const target = dataset === 'files' ? filesFor(config, files) : await this.draw('target', dataset, form, seed, onProgress);
    const source = sourceOf(config);
    if (source === undefined) return { target, source: target };
    const drawn = await this.draw('source', source, form, seed, onProgress);
    return { target, source: inFormOf(target.train, drawn) };
  }

  private async draw(
    role: 'target' | 'source',
    name: BuiltInDataset,
    form: SampleForm,
    seed: number,
    onProgress: DrawProgress,
  ): Promise<Dataset> {
    const key = JSON.stringify([name, form, seed]);
    const known = this.drawn[role];
    if (known?.key === key) return known.dataset;
    // The old pictures go first: two large sets at once are one too many for a phone.
    delete this.drawn[role];
    const dataset = await builtInDataset(name, form, seed, onProgress, this.shelf);
    this.drawn[role] = { key, dataset };
    return dataset;
  }
}

/** Why files that were read in one form do not do for the settings of a run. */
function unfit(config: RunConfig, here: string): string | undefined {
  const facts = modalityFacts(config);
  if (facts.unfit !== undefined) return facts.unfit(config, here);
  const wanted = facts.form(config);
  return here === wanted ? undefined : `The files were read at ${here}; add them again at ${wanted}.`;
}

function filesFor(config: RunConfig, files: Dataset | undefined): Dataset {
  if (files === undefined) {
    throw new BadDataError(
      "This run uses someone's own files, which a link cannot carry: add them, or choose a built-in data set.",
    );
  }
  const { modality } = files.train;
  if (modality !== modalityOf(config)) {
    throw new BadDataError(
      `The files hold ${MODALITIES[modality].words.samples}, the settings are for ${modalityFacts(config).words.samples}.`,
    );
  }
  const problem = unfit(config, formText(files.train));
  if (problem !== undefined) throw new BadDataError(problem);
  return files;
}
