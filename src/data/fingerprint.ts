/**
 * A data set in a few numbers: the same wherever its samples lie, in whatever order, whoever decodes them. Made of the samples' own
 * bytes, whatever they hold.
 */
import { crc32 } from '../base/crc32.ts';

/** A sample before it is decoded. */
export interface PrintedSample {
  /** CRC-32 of its bytes as they were brought. */
  print: number;
  className: string | undefined;
}

/** Some samples. Two sets of other samples agree by chance once in 4,000 million times. */
export interface SetPrint {
  count: number;
  samples: number;
  /** Of the samples with their labels. */
  labels: number;
}

export interface Fingerprint {
  /** Of training and test together. */
  all: SetPrint;
  /** Null where too few were there to set any aside. */
  heldOut: SetPrint | null;
}

export function printSet(samples: readonly PrintedSample[]): SetPrint {
  const labelled = samples.map(({ print, className = '' }) => `${print} ${className}`);
  return {
    count: samples.length,
    samples: crc32(new Uint8Array(Uint32Array.from(samples, ({ print }) => print).sort().buffer)),
    labels: crc32(new TextEncoder().encode(labelled.sort().join('\n'))),
  };
}
