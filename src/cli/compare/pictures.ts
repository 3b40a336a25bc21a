/** The pictures of experiments, each set opened once while it is needed by one unit after another. */
import type { RunConfig } from '../../config/run.ts';
import { loadOptions } from '../../data/files.ts';
import type { Dataset } from '../../data/samples.ts';
import { openDataset, openSource, type PictureOutlets } from '../dataset.ts';

export class Pictures {
  private latest: { key: string; dataset: Dataset } | undefined;

  constructor(private readonly outlets: PictureOutlets) {}

  /** @throws BadDataError when there are none that can be used */
  async of(config: RunConfig, data: readonly string[], val: readonly string[]): Promise<Dataset> {
    const key = JSON.stringify([config.data.dataset, loadOptions(config), data, val]);
    if (this.latest?.key === key) return this.latest.dataset;
    // Two sets are not in memory at a time.
    this.latest = undefined;
    const dataset = await openDataset({ config, data, val, modality: config.data.modality }, this.outlets);
    this.latest = { key, dataset };
    return dataset;
  }

  source(config: RunConfig, target: Dataset): Promise<Dataset> {
    return openSource(target, { config, data: [], val: [] }, this.outlets);
  }
}
