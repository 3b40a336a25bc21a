/** The data behind runs: drawn from a seed, or brought as files by the page. Both outlive a run, so that starting over is quick. */
import { BadDataError } from '../base/errors.ts';
import type { BuiltInDataset } from '../config/datasets.ts';
import type { RunConfig } from '../config/run.ts';
import { builtInDataset } from '../data/builtIn.ts';
import type { Dataset } from '../data/pictures.ts';

export type DrawProgress = (done: number, total: number) => Promise<void>;

export class Datasets {
  private files: Dataset | undefined;
  private drawn: { key: string; dataset: Dataset } | undefined;

  /** Keeps files for this and later runs. */
  bring(files: Dataset): void {
    this.files = files;
  }

  /** @throws BadDataError when the settings ask for files that are not here, or are here at another size */
  async of(config: RunConfig, onProgress: DrawProgress): Promise<Dataset> {
    const { dataset, size } = config.data;
    return dataset === 'files' ? this.filesAt(size) : this.draw(dataset, size, config.optimiser.seed, onProgress);
  }

  private filesAt(size: number): Dataset {
    if (this.files === undefined) {
      throw new BadDataError(
        "This run uses someone's own files, which a link cannot carry: add them, or choose a built-in data set.",
      );
    }
    if (this.files.train.size !== size) {
      throw new BadDataError(`The files were read at ${this.files.train.size} px; add them again at ${size} px.`);
    }
    return this.files;
  }

  private async draw(name: BuiltInDataset, size: number, seed: number, onProgress: DrawProgress): Promise<Dataset> {
    const key = `${name} ${size} ${seed}`;
    if (this.drawn?.key === key) return this.drawn.dataset;
    // The old pictures go first: two large sets at once are one too many for a phone.
    this.drawn = undefined;
    const dataset = await builtInDataset(name, size, seed, onProgress);
    this.drawn = { key, dataset };
    return dataset;
  }
}
