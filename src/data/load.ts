/** From files to a data set: what the page's loader and the command line both call. */
import { BadDataError } from '../base/errors.ts';
import { LIMITS } from '../config/limits.ts';
import { MODALITIES, MODALITY_NAMES, type ModalityName } from '../config/modalities.ts';
import { type Arrangement, arrange } from './arrange.ts';
import { type Collection, collect, dropFiles, filesOf } from './collect.ts';
import { assembleDataset, chooseHeldOut, type LoadedSample } from './dataset.ts';
import { type Entry, fileEntry } from './entries.ts';
import { isNamedLikeTable } from './fileNames.ts';
import { baseName, type LoadOptions, type NamedFile, naturalCompare, type OptionsByKind, optionsFor, tidyPath } from './files.ts';
import { groupsOf } from './groups.ts';
import { debrisNotes, notesOf } from './notes.ts';
import { type OnProgress, Pace } from './pace.ts';
import { leaveOtherTables, readManifests } from './pairs/manifests.ts';
import { pairingOf } from './pairs/openPairs.ts';
import type { Instead, Reader, Single } from './readers/reader.ts';
import { type Decoders, withReader } from './readers/readers.ts';
import type { Dataset, LoadReport, Refusal } from './samples.ts';
import { finalOrder, listPicks, type Pick, thinOut } from './select.ts';
import type { Source } from './sources/source.ts';
import { amountText, sizeText } from './wording.ts';

export interface Loaded {
  /** Absent when nothing could be used. */
  dataset?: Dataset;
  report: LoadReport;
  /** Used samples that the files themselves set aside for testing, see `asSplit`. */
  setAside: number;
}

/** Samples that are read side by side; the decoders bound their memory. */
const AT_ONCE = 8;

/**
 * Reads pictures, sounds or texts, folders, archives, IDX and CIFAR files into a data set of one modality. What cannot be used is listed in
 * the report and never thrown. The same files, options and decoders give the same data set, whatever the order of `files`.
 * Throws the reason of `signal` when it is aborted.
 *
 * @param options of one kind, or of each: then what there is more of is read
 */
export async function loadFiles(
  files: readonly NamedFile[],
  options: LoadOptions | OptionsByKind,
  decoders: Decoders,
  onProgress: OnProgress,
  signal?: AbortSignal,
): Promise<Loaded> {
  const pace = new Pace(onProgress, signal);
  const { loaded, instead } = await loadOnce(files, options, decoders, pace);
  if (instead === undefined) return loaded;
  // Whoever asked for this kind alone gets no other.
  const { refused, modality } = loaded.report;
  if ('modality' in options)
    return { report: { modality, refused, shortened: [], used: 0, notes: [...instead.why] }, setAside: 0 };
  const other = await loadOnce(files, options[instead.modality], decoders, pace);
  const { report } = other.loaded;
  return { ...other.loaded, report: { ...report, notes: [...instead.why, ...report.notes] } };
}

/** @returns what was read, and as what to read it anew where that is no set of its kind */
async function loadOnce(
  files: readonly NamedFile[],
  options: LoadOptions | OptionsByKind,
  decoders: Decoders,
  pace: Pace,
): Promise<{ loaded: Loaded; instead: Instead | undefined }> {
  const found = await collect(files, pace);
  const manifests = await readManifests(found, pace);
  found.manifests = manifests.read;
  const pairing = await pairingOf(found);
  const kinds = { ...countKinds(found, pairing.count > 0), pair: pairing.count };
  const own = optionsFor(options, pairing.count > 0 ? 'pair' : largest(kinds));
  if (own.modality !== 'text') leaveOtherTables(found, manifests);
  leaveOthers(found, own.modality);
  const { loaded, instead } = await withReader(own.modality, own, decoders, async (reader) => ({
    loaded: await load(files, found, own, reader, pace),
    instead: reader.instead?.(),
  }));
  const isMixed = MODALITY_NAMES.filter((name) => kinds[name] > 0).length > 1;
  const notes = [...loaded.report.notes, ...(pairing.why === undefined ? [] : [pairing.why])];
  return { loaded: { ...loaded, report: { ...loaded.report, notes, ...(isMixed && { kinds }) } }, instead };
}

/** Files of each kind that ask to be read. @param together pictures, sounds and texts are members of samples: then every caption counts */
function countKinds(found: Collection, together: boolean): Record<ModalityName, number> {
  const counts = MODALITY_NAMES.map((name) => [name, filesOf(found, name).length]);
  const text = together ? found.text.filter(({ path }) => !isNamedLikeTable(path)).length : countTexts(found);
  return { ...(Object.fromEntries(counts) as Record<ModalityName, number>), text };
}

/** Texts beside pictures and sounds go with them where they have their names, as captions do, or where there is one that is no table. */
function countTexts({ picture, sound, text }: Collection): number {
  const stem = ({ path }: Entry): string => baseName(path).replace(/\.\w+$/, '');
  const stems = new Set([...picture, ...sound].map(stem));
  const own = text.filter((entry) => !stems.has(stem(entry)));
  const isRemark = stems.size > 0 && own.length === 1 && !own.some(({ path }) => isNamedLikeTable(path));
  return isRemark ? 0 : own.length;
}

/** The kind that most files are of; the first of equals. */
function largest(kinds: Readonly<Record<ModalityName, number>>): ModalityName {
  return MODALITY_NAMES.reduce((most, name) => (kinds[name] > kinds[most] ? name : most));
}

/** A data set is of one kind; what is of the others is told, and not opened. */
function leaveOthers(found: Collection, modality: ModalityName): void {
  // Their members are of all kinds.
  if (modality === 'pair') return;
  for (const other of MODALITY_NAMES) {
    const { length: count, 0: first } = filesOf(found, other);
    if (other === modality || count === 0) continue;
    const example = first === undefined ? '' : ` For instance ${first.path}.`;
    found.refused.push({
      name: amountText(count, MODALITIES[other].words.sample),
      reason: `left out: this is a set of ${MODALITIES[modality].words.samples}.${example}`,
      sums: { modality: other, count },
    });
    dropFiles(found, other);
  }
}

async function load<C>(
  files: readonly NamedFile[],
  found: Collection,
  options: LoadOptions,
  reader: Reader<C>,
  pace: Pace,
): Promise<Loaded> {
  const { refused, debris } = found;
  const { modality } = reader;
  const opened = await reader.open(found, pace);
  const arrangement = await arrange(opened, options.classLevel, modality, refused, pace);
  const groups = options.holdOut === 'group' ? freeGroups(arrangement) : undefined;
  const all = listPicks(arrangement.sources, modality, refused);
  const picks = thinOut(all, reader.plan(all), modality, refused);
  const { samples: read, shortened } = await readAll(picks, groups, reader, refused, pace);
  const samples = (await reader.sift?.(read, refused, pace)) ?? read;
  refused.sort((a, b) => naturalCompare(a.name, b.name));
  shortened.sort((a, b) => naturalCompare(a.name, b.name));
  const table = reader.table?.();
  const report = { modality, refused, shortened, ...(table && { table }) };
  if (samples.length === 0) {
    return { report: { ...report, used: 0, notes: [...reader.notes(), ...debrisNotes(debris)] }, setAside: 0 };
  }
  const setAside = samples.filter(({ split }) => split === 'heldOut').length;
  const isHeldOut = chooseHeldOut(samples, options.seed) ?? [];
  const by = {
    isGiven: setAside > 0,
    groups: groups === undefined ? [] : heldOutGroups(samples, isHeldOut),
    files: isHeldOut.filter((held) => held).length,
    noGroups: options.holdOut === 'group' && groups === undefined,
  };
  const dataset = await assembleDataset(samples, {
    name: nameDataset(files, samples, modality),
    seed: options.seed,
    gather: (contents) => reader.gather(contents, pace),
  });
  const notes = [...notesOf(arrangement, dataset, by, opened.notes), ...reader.notes(), ...debrisNotes(debris)];
  return { dataset, report: { ...report, used: samples.length, notes }, setAside };
}

/** The groups of what is read, where no folders say what is tested on: what names of files say of it is put aside for them. */
function freeGroups({ sources, splitBy }: Arrangement): Map<Source, string> | undefined {
  const isByFolder = splitBy.train.length > 0 || splitBy.heldOut.length > 0;
  const groups = isByFolder ? undefined : groupsOf(sources);
  if (groups === undefined) return undefined;
  for (const source of sources) source.split = undefined;
  return new Map(sources.map((source, i) => [source, groups[i]]));
}

function heldOutGroups(samples: readonly LoadedSample<unknown>[], isHeldOut: readonly boolean[]): string[] {
  return [...new Set(samples.flatMap(({ group }, i) => (isHeldOut[i] && group !== undefined ? [group] : [])))].sort(
    naturalCompare,
  );
}

/**
 * One file as a set of one sample, of any size and length.
 * Throws BadDataError when the file holds none that can be read, or is beyond the limits.
 */
export async function loadSample(
  file: NamedFile,
  modality: ModalityName,
  options: LoadOptions,
  channels: 1 | 3,
  decoders: Decoders,
): Promise<Single> {
  const entry = fileEntry(file);
  if (entry.size > LIMITS.fileBytes) {
    throw new BadDataError(`is ${sizeText(entry.size)} large: ${sizeText(LIMITS.fileBytes)} is the most that is read.`);
  }
  return withReader(modality, options, decoders, (reader) => reader.one(entry, channels));
}

/** Reads several at a time, in the order in which they are stored; returns those that are sound in final order. */
async function readAll<C>(
  picks: readonly Pick[],
  groups: ReadonlyMap<Source, string> | undefined,
  reader: Reader<C>,
  refused: Refusal[],
  pace: Pace,
): Promise<{ samples: LoadedSample<C>[]; shortened: Refusal[] }> {
  const loaded = new Map<Pick, LoadedSample<C>>();
  const shortened: Refusal[] = [];
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    while (next < picks.length) {
      const pick = picks[next++];
      const { source, split, className, stratum } = pick;
      try {
        const { shortened: short, ...reading } = await reader.read(pick);
        loaded.set(pick, { ...reading, split, className, stratum, group: groups?.get(source) ?? source.boundBy });
        if (short !== undefined) shortened.push({ name: source.path, reason: `shortened: ${short}` });
      } catch (error) {
        if (!(error instanceof BadDataError)) throw error;
        refused.push({ name: source.path, reason: error.message });
      }
      await pace.tick(`Reading ${MODALITIES[reader.modality].words.samples}`, ++done, picks.length);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    // When one of them throws, the others stop too.
    next = picks.length;
  }
  return { samples: finalOrder(picks).flatMap((pick) => loaded.get(pick) ?? []), shortened };
}

/** "flowers (512 pictures, 3 classes)": the folder or file that was brought, or how many there were. */
function nameDataset(files: readonly NamedFile[], samples: readonly LoadedSample<unknown>[], modality: ModalityName): string {
  const roots = new Set(files.map(({ path }) => tidyPath(path).split('/')[0]));
  const [root = ''] = roots;
  const classes = new Set(samples.map(({ className }) => className)).size;
  const contents =
    amountText(samples.length, MODALITIES[modality].words.sample) +
    (classes > 1 ? `, ${amountText(classes, 'class', 'classes')}` : '');
  return `${roots.size === 1 ? root : amountText(roots.size, 'file')} (${contents})`;
}
