/** What a run tells about itself. Plain data: the same objects reach the page, the command line and the tests. */
import type { Scores } from '../config/metrics.ts';
import type { Sense } from '../config/modalities/names.ts';
import type { Gallery } from '../data/gallery.ts';
import type { Alignment, EmbeddingPlane } from '../metrics/alignment.ts';
import type { Neighbour, Precision } from '../metrics/retrieval.ts';

export interface StepReport {
  /** Steps done, this one included. */
  step: number;
  /** Index of the phase that it belongs to. */
  phase: number;
  loss: number;
  /** The objective's step metrics, on the training batch (`ObjectiveMetrics`). */
  metrics: Scores;
  learningRate: number;
  /** Global norm of the gradient before clipping. */
  gradientNorm: number;
  /** Time that the step added: from its start, or from the end of the one before if they overlapped. */
  milliseconds: number;
  /** The most that a step of this run has taken so far, what stays between steps included. */
  memoryBytes: number;
}

/** One point of the mask-ratio explorer, and the step it was measured at. */
export interface MaskRatioPoint {
  maskRatio: number;
  /** The objective's explorer metric. */
  value: number;
  step: number;
  /** Levels to compare it with, on the very same masks, by name. */
  references?: Readonly<Record<string, number>>;
}

/** How often a test answer (column) was given for a truth (row): cells of the picture, or classes. */
export interface Confusion {
  of: 'positions' | 'classes';
  /** (side, side) */
  counts: Uint32Array;
  side: number;
}

/**
 * The latest of everything that is measured on held-out pictures. It is sent whenever a part of it is new; parts that
 * have not been measured yet, or that the objective does not have, are absent or empty.
 */
export interface EvaluationReport {
  /** The step that `scores` were measured at. */
  step: number;
  /** At the run's own mask ratio; the loss among them. */
  scores: Scores;
  /** Pictures that `scores` are of, and standard errors of those that are means over pictures. */
  pictures: number;
  /** Of runs with labels: samples of the training set that the training loss is of. */
  trainingPictures?: number;
  errors: Scores;
  maskRatioCurve: MaskRatioPoint[];
  /** (depth, heads) mean attention distance in patches, full attention, class token left out; of a run with one encoder. */
  attentionDistance?: Float32Array;
  /** The step that they were measured at, or began to be. */
  attentionStep?: number;
  /** The same number for attention that is spread evenly. */
  uniformDistance: number;
  /** The same of every encoder of a run that has several, in their order. */
  attentionBySense?: readonly SenseAttention[];
  /** Levels to compare the main metric with, which took measuring: "content only" and the like, by name. */
  references?: Readonly<Record<string, number>>;
  confusion?: Confusion;
  /** (n) mean error at every cell, where the objective paints or predicts patches; NaN where nothing was measured. */
  cellErrors?: Float32Array;
  health?: Health;
  mistakes?: Mistakes;
  /** How senses lie to each other, where embeddings of several are compared. */
  senses?: SensesReport;
  /** What every subset of the senses is worth, in the order of `subsetsOf`: share of right answers, and of how many samples. */
  subsets?: { accuracy: number[]; counts: number[] };
}

/** How far the heads of one sense's own encoder look, all tokens of that sense in sight and of no other. */
export interface SenseAttention {
  sense: Sense;
  /** (depth, heads) in tokens of the sense; NaN where no sample has it. */
  distances: Float32Array;
  /** The same for attention that is spread evenly. */
  uniform: number;
  /** Held-out samples that they are means of: those that have the sense. */
  samples: number;
}

export interface SensesReport {
  /** Of every ordered pair: how often the nearest one of the other sense is of the sample itself, or of its class. */
  retrieval: { from: Sense; to: Sense; byPartner: Precision; byClass?: Precision }[];
  alignment: ({ first: Sense; second: Sense } & Alignment)[];
  /** The embeddings of some samples in a plane; classes by index, where there are any. */
  plane: EmbeddingPlane & { senses: Sense[]; classes?: Uint16Array };
}

/** Pictures that were taken for something else, the surest answers first. */
export interface Mistakes {
  pictures: Gallery;
  /** One for each picture: classes by index, and the probability of the answer. */
  answers: readonly { truth: number; answer: number; confidence: number }[];
}

/** What there is to say about the run's health, in a sentence, and whether it is bad. */
export interface Health {
  verdict: 'healthy' | 'positional' | 'collapsed';
  message: string;
  /** Nothing is wrong, and yet somebody may want to do something about it. */
  isNotable?: boolean;
}

/** How one board picture's puzzle stands. All arrays have one entry per slot; slot s holds the patch of cell `order[s]`. */
export interface JigsawSample {
  /** (n) the true cell of the patch in each slot. Slots below `context` are context, the others are masked. */
  order: Uint16Array;
  context: number;
  /** (n) where the model would put each slot's patch (argmax). */
  predicted: Uint16Array;
  /** (n) probability of that cell. */
  confidence: Float32Array;
  /** (n) where each patch goes when the puzzle is solved as a whole. */
  assigned: Uint16Array;
  /** Slots that the model gets at all; those from here on were dropped. All when absent. */
  kept?: number;
  /** The first so many slots were told their position. None when absent. */
  anchors?: number;
  /** (n) of texts: the word by id that belongs into each cell. Equal words cannot be told apart. */
  ids?: Int32Array;
}

/** What a model that paints made of one board picture. Pixels are 0..255, (size, size, channels), row-major. */
export interface PaintedSample {
  /** (n) 1 where the patch was removed. */
  mask: Uint8Array;
  /** The whole picture as predicted, visible patches too. */
  predicted: Uint8Array;
  /** On removed patches: mean squared error of the target; of code book entries mean cross-entropy. */
  error: number;
  /** Of code book entries: share of removed patches whose entry is the most probable one. */
  right?: number;
}

/** What a model that fills masked words in made of one text. Arrays of m have one entry for each masked word, in reading order. */
export interface WordSample {
  /** (n) the true words by id; `EMPTY` behind the text's end. */
  ids: Int32Array;
  /** (n) 1 where the word was masked. */
  mask: Uint8Array;
  /** (m) where the masked words stand. */
  places: Uint16Array;
  /** (m, `guessed`) ids of the likeliest words, the likeliest first, and the probability of each. */
  guesses: Int32Array;
  probabilities: Float32Array;
  /** Guesses for each masked word. */
  guessed: number;
  /** (m) probability of the true word. */
  truth: Float32Array;
  /** What the two neighbours of each masked word alone would say, counted on the training texts. */
  neighbours?: NeighbourGuesses;
  /** (m) 1 where the true word stands elsewhere in the text, unmasked: it could be copied. */
  elsewhere: Uint8Array;
}

/** Arrays of m have one entry for each masked word. */
export interface NeighbourGuesses {
  /** (m) the likeliest word by id, and its probability. */
  guesses: Int32Array;
  probabilities: Float32Array;
  /** (m, `guessed`) the probability of each of the model's own guesses. */
  ofGuesses: Float32Array;
}

/** A text that somebody masked, filled in; and where the model looked. */
export interface FilledText extends WordSample {
  /** (m, depth, n) how much each masked word attends to every place, mean over heads; where masked words are in the encoder. */
  attended?: Float32Array;
}

/** The board of a model that fills words in. */
export interface WordBoard {
  kind: 'cloze';
  step: number;
  samples: WordSample[];
}

/** What a model that predicts latents made of one board picture. */
export interface LatentSample {
  /** (n) 1 where the patch was hidden from the student. */
  mask: Uint8Array;
  /** (n, 3) 0..255: first three principal components of the teacher's targets, and the student's predictions on the same axes. */
  target: Uint8Array;
  predicted: Uint8Array;
  /** (n) cosine similarity of prediction and target; NaN where nothing is predicted. */
  cosine: Float32Array;
  /** (n) of texts: the same with the target of another word, NaN where there is none. */
  other?: Float32Array;
  /** (n) of texts: their words by id. */
  ids?: Int32Array;
}

/** What a classifier says of one board picture. */
export interface ClassifiedSample {
  /** Class by index; absent for a picture without a label. */
  truth?: number;
  /** (classes) probabilities. */
  probabilities: Float32Array;
  /** (n) of texts: how much less probable the most probable class is where a word is left out. */
  shares?: Float32Array;
  /** (n) of texts: their words by id. */
  ids?: Int32Array;
}

/** The objective decides what its board shows; the page picks the panel by `kind`. */
export type BoardReport =
  | { kind: 'jigsaw'; step: number; samples: JigsawSample[] }
  /** `borrowed`: the picture of a normalised target was made with the true mean and spread of each patch. */
  /** `learned`: what is painted in place of pixels; drawn is what a table makes of it. */
  | { kind: 'painting'; step: number; borrowed: boolean; learned?: 'pca' | 'tokens'; samples: PaintedSample[] }
  | WordBoard
  | { kind: 'latents'; step: number; samples: LatentSample[] }
  | { kind: 'classes'; step: number; samples: ClassifiedSample[] }
  | { kind: 'pairs'; step: number; pairs: { first: Sense; second: Sense }[]; samples: PairedSample[] }
  | { kind: 'senses'; step: number; samples: { members: PaintedMember[] }[] }
  /** Answers to every subset of the senses, in the order of `subsetsOf`. */
  | { kind: 'switchboard'; step: number; senses: Sense[]; trainedOn: Sense[]; samples: SwitchboardSample[] };

/** How near a sample's members are to those of all samples of the board. */
export interface PairedSample {
  /** For each of the board's pairs: (samples) cosines of its first member with the second ones; NaN where one is absent. */
  cosines: Float32Array[];
}

/** What multimodal MAE painted of one member. */
export interface PaintedMember {
  sense: Sense;
  /** (n) 1 where a token was removed. */
  mask: Uint8Array;
  /** Of pictures and sounds: the kept parts with what was painted in the gaps, as `Gallery.members` draws them. */
  raster?: Uint8Array;
  /** Of texts: (n) the guessed word at every removed place that holds one, -1 elsewhere. */
  words?: Int32Array;
}

export interface SwitchboardSample {
  /** Class by index; absent for a sample without a label. */
  truth?: number;
  /** (classes) probabilities for every subset; undefined where the sample lacks a sense of it. */
  answers: (Float32Array | undefined)[];
}

/** What a model says of a sample under noise that somebody put over it. */
export interface NoisyAnswer {
  sample: SwitchboardSample;
  /** What it saw: rasters as `Gallery.members` has them, and (places) ids of the words. */
  members: { picture?: Uint8Array | undefined; sound?: Uint8Array | undefined; text?: Int32Array };
}

/** What is nearest to a question, by each sense that it was not asked with. */
export interface Found {
  step: number;
  asked: Sense[];
  /** Held-out samples that were looked through. */
  of: number;
  /** Nearest first, by index into `shown`. */
  lists: { sense: Sense; nearest: Neighbour[] }[];
  shown: Gallery;
  /** The question as the encoders saw it: rasters as `Gallery.members` has them. */
  seen: { picture?: Uint8Array | undefined; sound?: Uint8Array | undefined };
  /** Class of what was asked with, by index; absent where nobody knows. */
  truth?: number;
  /** What was done to it that people should know, in sentences. */
  notes: string[];
}

export interface AttentionReport {
  step: number;
  /** Index of the board picture. */
  sample: number;
  /** Whose encoder it is, where a run has several. */
  sense?: Sense;
  depth: number;
  heads: number;
  /** Patches (n). */
  patches: number;
  /** (depth, heads, n, n) attention of query cell (row) over key cells (column), in raster order, rows sum to 1. */
  maps: Float32Array;
}
