/** What the weights do not tell: parts that are there only of a run that somebody watched, or saved whole. */
import { modalityFacts } from '../config/modalities.ts';
import type { HomeModel, HomePart } from './part.ts';
import { jsonFile, textFile } from './pictureModel.ts';

/** The whole run: Patchwork, and train_patchwork.py, go on from it. */
export const wholeRun: HomePart = {
  id: 'run',
  label: 'The whole run',
  help: 'Goes on training where it was, here or in PyTorch. Three to four times the size of the weights.',
  path: ['run.patchwork'],
  refusal: ({ run }) =>
    run === undefined ? 'The file holds weights only: what training needs to go on is not in it.' : undefined,
  build: ({ run }) => (run === undefined ? [] : [{ path: 'run.patchwork', bytes: run }]),
};

export const curves: HomePart = {
  id: 'curves',
  label: 'Curves and scores',
  help: 'Curves as CSV, scores with the number of samples that they were measured on as JSON, and a picture of the board where there is one.',
  path: ['curves.csv', 'metrics.json', 'board.png'],
  refusal: ({ report }) =>
    report === undefined ? 'Curves and scores are not in this file; take a run home from the page.' : undefined,
  build: function* (model) {
    const { report } = model;
    if (report === undefined) return;
    yield textFile('curves.csv', report.curves);
    yield jsonFile('metrics.json', metricsOf(model));
    // Boards of people's own samples would show them.
    if (report.board !== undefined && !isOwn(model)) yield { path: 'board.png', bytes: report.board };
  },
};

function isOwn({ config }: HomeModel): boolean {
  return config.data.dataset === 'files';
}

function metricsOf({ config, step, report }: HomeModel): object {
  return {
    step,
    seed: config.optimiser.seed,
    samples_of: modalityFacts(config).words.samples,
    device: report?.device ?? null,
    scores_at_step: report?.scoresStep ?? null,
    scores: report?.scores ?? [],
  };
}
