/** What a modality adds to the drawings of its samples: ways to hear them, for instance. */
import type { ComponentType, ReactNode } from 'react';
import type { Grid } from '../../config/modalities/tokens.ts';
import type { Gallery } from '../../data/gallery.ts';
import type { NoiseLevels } from '../../trainer/memberNoise.ts';
import type { BoardReport, FilledText, NoisyAnswer } from '../../trainer/reports.ts';
import type { RunInfo } from '../../worker/protocol.ts';
import type { FindingState } from './finding.ts';
import type { Looked } from './looked.ts';

export interface Extras {
  /** What they are for, where the board is explained. */
  About?: ComponentType;
  /** Small buttons beside a drawing. */
  Beside?: ComponentType<DrawingProps>;
  /** Over a drawing, and as large. */
  Over?: ComponentType<DrawingProps>;
  /** Under the drawings of one sample. */
  Below?: ComponentType<Pick<DrawingProps, 'set' | 'index'>>;
  /** One line over the drawings: what is going on. */
  Line?: ComponentType<{ onSave(bytes: Uint8Array, name: string): void }>;
  /** A way to bring samples, beside files. */
  Source?: ComponentType<{ onFile(file: File): void }>;
  /** In place of drawings. */
  instead?: Instead;
}

/** What stands where other modalities have drawings: of samples that are read, for instance. */
export interface Instead {
  /** The rows of the board. */
  Board: ComponentType<BoardProps>;
  /** The board has a place of its own for the legend. */
  placesLegend?: boolean;
  /** What the board shows. */
  About: ComponentType<{ kind: BoardReport['kind'] }>;
  /** Where the chosen head looks on one sample, which `picker` chooses; absent where samples are looked at sense by sense. */
  Attention?: ComponentType<AttentionProps>;
  /** A few training samples. */
  Samples: ComponentType<{ set: Gallery }>;
  /** Things of other senses that are near to what one asks with. */
  Retrieval?: ComponentType<RetrievalProps>;
  /** A button that opens what samples are cut into. */
  Cut?: ComponentType<{ onSave(bytes: Uint8Array, name: string): void; onCount(): Promise<Uint32Array | null> }>;
}

export interface AttentionProps {
  looked: Looked;
  picker: ReactNode;
  onQuery(place: number): void;
}

export interface RetrievalProps {
  info: RunInfo;
  state: FindingState;
  onLook(change: Partial<Omit<FindingState, 'found' | 'problem'>>): void;
  onFile(kind: 'picture' | 'sound', file: File): void;
}

export interface BoardProps {
  info: RunInfo;
  kind: BoardReport['kind'];
  /** What its colours mean, in a line. */
  legend: ReactNode;
  onFill: Fill;
  onAnswer: Answer;
}

/** Asks the model of now about a sample of the board under noise: null when there is no answer. */
export type Answer = (sample: number, noise: NoiseLevels) => Promise<NoisyAnswer | null>;

/** Asks the model of now to fill masked places in: null when there is no answer. @param mask (n) 1 where one is masked */
export type Fill = (ids: Int32Array, mask: Uint8Array) => Promise<Filled | null>;

/** A text, filled in by the weights of a step. */
export interface Filled {
  step: number;
  filled: FilledText;
}

export interface DrawingProps {
  set: Gallery;
  index: number;
  shown: Shown;
  /** What the sample is called: "Sample 2". */
  name: string;
  /** The key that presses the first of the buttons. */
  shortcut?: string;
}

/** What a drawing shows of a sample. */
export type Shown =
  /** All of it. */
  | { is: 'whole' }
  | { is: 'truth'; grid: Grid }
  /** @property compared beside what is painted, which only its drawing tells of */
  | { is: 'original'; grid: Grid; compared: boolean }
  /** @property cells (n) the patch that stands at each, or `NOTHING` */
  | { is: 'shuffled' | 'argmax' | 'assignment'; grid: Grid; cells: readonly number[] }
  /** @property mask (n) 1 where the patch is removed */
  | { is: 'masked'; grid: Grid; mask: Uint8Array }
  | ({ is: 'prediction' | 'pasted'; grid: Grid } & Painted);

export interface Painted {
  mask: Uint8Array;
  /** (height, width, channels) 0..255, visible patches too. */
  raster: Uint8Array;
  /** The mean and spread of each patch were taken from the truth. */
  borrowed: boolean;
}

/** A cell where no patch stands. */
export const NOTHING = -1;
