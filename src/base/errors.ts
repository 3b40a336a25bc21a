/**
 * Named errors. A message says what happened and what to do about it; `name` survives the trip through a worker, so the
 * page and the command line can tell bad use from a failed run.
 */
export class PatchworkError extends Error {
  override name = 'PatchworkError';
}

/** A setting outside its range, an unknown option, settings that contradict each other. Exit code 2 on the command line. */
export class BadSettingError extends PatchworkError {
  override name = 'BadSettingError';
}

/** A file or folder that cannot be used as data. The message names the reason only; the caller adds the file's name. */
export class BadDataError extends PatchworkError {
  override name = 'BadDataError';
}

/** The loss or the gradient stopped being a finite number. The weights of the last good step are kept. */
export class NonFiniteError extends PatchworkError {
  override name = 'NonFiniteError';
}

/** The requested backend cannot run here. */
export class BackendError extends PatchworkError {
  override name = 'BackendError';
}

/** A checkpoint that does not fit the model, or is not a checkpoint. */
export class CheckpointError extends PatchworkError {
  override name = 'CheckpointError';
}

/** A file could not be written: the disk is full, or it may not be. What it held before is still there. */
export class FileWriteError extends PatchworkError {
  override name = 'FileWriteError';
}

/** Some of the work that was asked for failed; the rest is done. Exit code 1 on the command line. */
export class StudyError extends PatchworkError {
  override name = 'StudyError';
}

/** What was asked for is about a run that made place for another. */
export class RunGoneError extends PatchworkError {
  override name = 'RunGoneError';
}

/** What of an error travels through `postMessage`. */
export interface ErrorReport {
  name: string;
  message: string;
  stack?: string;
}

export function toErrorReport(error: unknown): ErrorReport {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const report: ErrorReport = { name: error.name, message: error.message };
  if (error.stack !== undefined) report.stack = error.stack;
  return report;
}

/** What was thrown, in words; anything can be. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
