/** Versions of the run file: which there are, and how older ones become those of now. */
import { CheckpointError } from '../../base/errors.ts';

/** A run that a newer Patchwork wrote: it is left alone. */
export class NewerRunError extends CheckpointError {
  override name = 'NewerRunError';
}

type Metadata = Readonly<Record<string, string>>;
/** Makes the metadata of one version those of the next. */
export type Migration = (metadata: Metadata) => Metadata;

/** The first one leads from run/1 to run/2. Every version that ever was must load for ever: test/formats holds a file of each. */
const MIGRATIONS: readonly Migration[] = [];

/** The version that is written. */
export const RUN_FORMAT = MIGRATIONS.length + 1;

/** Where things stand in a file's metadata. */
export const RUN_KEYS = {
  format: 'patchwork.format',
  sequence: 'patchwork.sequence',
  checksum: 'patchwork.crc32',
  run: 'patchwork.run',
  parameters: 'patchwork.parameters',
} as const;

export interface RunFields {
  /** JSON of the record. */
  run: string;
  /** A whole number that can still be counted up. */
  sequence: string;
  /** Eight hexadecimal digits. */
  checksum: string;
  /** See `listParameters`. */
  parameters: string;
}

/**
 * What a file of any version says, as this version would have written it. The checksum is that of the file.
 *
 * @throws NewerRunError, CheckpointError when it is of a later version, or of none
 */
export function currentFields(metadata: Metadata, migrations = MIGRATIONS): RunFields {
  const version = versionOf(metadata[RUN_KEYS.format]);
  const newest = migrations.length + 1;
  if (version > newest) {
    throw new NewerRunError(
      `This run was saved by a newer Patchwork (run/${version}; this one reads up to run/${newest}). Update this one to open it.`,
    );
  }
  const current = migrations.slice(version - 1).reduce((fields, migrate) => migrate(fields), metadata);
  const { [RUN_KEYS.run]: run, [RUN_KEYS.parameters]: parameters } = current;
  const { [RUN_KEYS.sequence]: sequence = '', [RUN_KEYS.checksum]: checksum = '' } = current;
  const counts = /^(0|[1-9]\d{0,15})$/.test(sequence) && Number.isSafeInteger(Number(sequence) + 1);
  if (run === undefined || parameters === undefined || !counts || !/^[0-9a-f]{8}$/.test(checksum)) {
    throw new CheckpointError(
      'The run in this file is damaged: its header does not say all that it has to. Nothing was taken from it.',
    );
  }
  return { run, sequence, checksum, parameters };
}

function versionOf(format: string | undefined): number {
  const [, number] = /^run\/([1-9]\d{0,8})$/.exec(format ?? '') ?? [];
  if (number === undefined) {
    throw new CheckpointError('This file holds no run of Patchwork: a run file says patchwork.format = run/1 in its metadata.');
  }
  return Number(number);
}
