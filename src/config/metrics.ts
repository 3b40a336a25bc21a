/** The numbers that objectives report, by name: what the page, the command line and the comparison call them. */
export interface Metric {
  label: string;
  /** One sentence. */
  help: string;
  /** `share` is shown in percent; `cosine` lies between -1 and 1. */
  kind: 'share' | 'cosine' | 'number';
  better: 'higher' | 'lower';
}

const metric = (label: string, kind: Metric['kind'], better: Metric['better'], help: string): Metric => ({
  label,
  kind,
  better,
  help,
});

/** Held-out pictures that live numbers are measured on, if there are as many; the command line uses all of them. */
export const LIVE_PICTURES = 256;

export const METRICS = {
  loss: metric('Loss', 'number', 'lower', 'What training lowers.'),
  // Positions.
  positionAccuracy: metric(
    'Position accuracy',
    'share',
    'higher',
    'Share of patches put where they belong, by the first guess for each.',
  ),
  positionTop5: metric('Top 5', 'share', 'higher', 'Share of patches whose cell is among the five most probable.'),
  contextAccuracy: metric('Context accuracy', 'share', 'higher', 'Accuracy on the patches in the context.'),
  maskedAccuracy: metric('Masked accuracy', 'share', 'higher', 'Accuracy on the other patches.'),
  meanError: metric('Mean error', 'number', 'lower', 'Distance from the predicted to the true cell, in patches.'),
  assignmentAccuracy: metric('Assignment accuracy', 'share', 'higher', 'Patches put right when the puzzle is solved as a whole.'),
  rightNeighbours: metric(
    'Right neighbours',
    'share',
    'higher',
    'Share of successive cells whose patches follow each other in truth, each patch where the first guess puts it.',
  ),
  // Classes.
  accuracy: metric('Accuracy', 'share', 'higher', 'Share of samples whose class is the most probable one.'),
  trainingLoss: metric(
    'Training loss, measured',
    'number',
    'lower',
    'Mean surprise at the true class of up to 256 samples that the run learned from, as they are: not augmented, labels not smoothed.',
  ),
  generalisationGap: metric(
    'Generalisation gap',
    'number',
    'lower',
    'Loss on held-out samples less loss on up to 256 samples that the run learned from, both as they are.',
  ),
  // Painting.
  maskedError: metric(
    'Error on removed patches',
    'number',
    'lower',
    'Mean squared error per number of the target, pixels or PCA coefficients; painting nothing costs (N - 1) / N with normalised pixels.',
  ),
  visibleError: metric(
    'Error on visible patches',
    'number',
    'lower',
    'The same where nothing was removed, which is not trained: it stays high.',
  ),
  absoluteError: metric('Absolute error', 'number', 'lower', 'Mean absolute error per pixel, on masked patches.'),
  maskedVariance: metric(
    'Variance across cells',
    'number',
    'higher',
    'How much predictions differ from cell to cell; 0 means that the decoder does not know where it paints.',
  ),
  tokenAccuracy: metric(
    'Removed entries right',
    'share',
    'higher',
    'Share of removed patches whose entry of the code book is the most probable one.',
  ),
  // Words.
  maskedWordAccuracy: metric(
    'Masked words right',
    'share',
    'higher',
    'Share of masked words that the likeliest guess is right about.',
  ),
  elsewhereAccuracy: metric(
    'Right, stands elsewhere',
    'share',
    'higher',
    'The same for masked words that also stand unmasked in the text, without those that a third of all texts hold: what looking back alone tells.',
  ),
  wordCrossEntropy: metric(
    'Cross-entropy',
    'number',
    'lower',
    'Mean of -ln of the probability that a masked word’s true word was given.',
  ),
  perplexity: metric(
    'Perplexity over masked words',
    'number',
    'lower',
    'e to the cross-entropy: among so many equally likely words the model seems to choose. Not the perplexity of a language model.',
  ),
  rightWord: metric(
    'Right word',
    'share',
    'higher',
    'Share of words put where the same word belongs: equal words cannot be told apart, and either place will do.',
  ),
  withinWord: metric(
    'Spread within one word',
    'share',
    'lower',
    'How much of all spread of targets is left among the places of one word: near 0 targets are a table of words, near 1 they tell places and not words.',
  ),
  // Latents.
  perDimension: metric(
    'Error per dimension',
    'number',
    'lower',
    'Mean squared error of the predicted targets, in units of what predicting 0 costs.',
  ),
  cosine: metric('Cosine similarity', 'cosine', 'higher', 'Between prediction and target, mean over masked patches.'),
  predictionStd: metric('Prediction spread', 'number', 'higher', 'Standard deviation of predictions over patches.'),
  targetStd: metric(
    'Target spread',
    'number',
    'higher',
    'Standard deviation of targets over patches; layer norm keeps it near 1.',
  ),
  acrossImages: metric(
    'Spread across samples',
    'number',
    'higher',
    'Standard deviation of targets over samples at a fixed position where samples differ: near 0 the model knows positions only.',
  ),
  targetVariance: metric(
    'Variance before norm',
    'number',
    'higher',
    'Variance of the teacher’s outputs before they are normalised.',
  ),
  effectiveRank: metric('Effective rank', 'number', 'higher', 'How many directions the targets use.'),
  // Several senses.
  retrievalPrecision: metric(
    'Retrieval',
    'share',
    'higher',
    'Share of samples whose nearest one by another sense is of the same class, mean over every ordered pair of senses.',
  ),
  partnerPrecision: metric(
    'Own partner found',
    'share',
    'higher',
    'The same where only the sample itself counts: what looks alike is easily taken for it.',
  ),
  modalityGap: metric(
    'Gap between senses',
    'number',
    'lower',
    'Distance between the means of the embeddings of two senses, mean over pairs of senses; unit vectors, so 2 at most.',
  ),
  pairMargin: metric(
    'Pairs over others',
    'number',
    'higher',
    'Mean cosine of the members of a sample, less that of members of different samples.',
  ),
  embeddingSpread: metric(
    'Spread of embeddings',
    'number',
    'higher',
    'How much embeddings differ from sample to sample, of the sense where they do least: 0 all the same, 1 the most possible.',
  ),
  pictureError: metric('Error on pictures', 'number', 'lower', 'Mean squared error per number, on removed patches of pictures.'),
  soundError: metric('Error on sounds', 'number', 'lower', 'Mean squared error per number, on removed tokens of sounds.'),
  wordError: metric('Error on words', 'number', 'lower', 'Cross-entropy of the removed words.'),
  performance: metric(
    'Performance',
    'share',
    'higher',
    'Accuracy, mean over every subset of the senses that a sample may show (P).',
  ),
  robustness: metric('Robustness', 'share', 'higher', 'Accuracy on the subset of the senses where it is lowest (R).'),
  // Self-distillation.
  distillation: metric('Distillation', 'number', 'lower', 'Squared distance of the student’s class token to the teacher’s.'),
  distance: metric(
    'Distance to the start',
    'number',
    'lower',
    'Length of the change in the encoder’s weights since the start of the run, or since its pretrained start.',
  ),
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof METRICS;

/** Numbers by metric. */
export type Scores = Readonly<Partial<Record<MetricName, number>>>;
