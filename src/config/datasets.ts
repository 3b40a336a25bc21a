/** The data sets that the page can make by itself; `files` is whatever the visitor brought. */
export const BUILT_IN_DATASETS = ['scenes', 'faces', 'digits'] as const;
export type BuiltInDataset = (typeof BUILT_IN_DATASETS)[number];
export type DatasetName = BuiltInDataset | 'files';

export const DATASET_LABELS: Readonly<Record<DatasetName, string>> = {
  scenes: 'Scenes',
  faces: 'Faces',
  digits: 'Digits',
  files: 'Your files',
};

/** Pictures that a built-in data set holds: enough to pretrain on, little enough to draw in a second. */
export const BUILT_IN_COUNTS = { train: 5000, heldOut: 500 } as const;
