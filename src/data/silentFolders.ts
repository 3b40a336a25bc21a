/** Names of folders that say nothing about what is in a picture. */
import { splitName } from './splitWords.ts';

/** Say nothing wherever they stand: parts of a download, folders of cameras, sizes. */
const PARTS: readonly RegExp[] = [
  /^(part|batch|chunk|shard|fold|vol|volume|disc|disk)[\s_.-]*\d+$/i,
  /^dcim$/i,
  // The Camera & Imaging Products Association's DCF: 100CANON, 101_PANA.
  /^[1-9]\d\d(?=[a-z0-9_]*[a-z_])[a-z0-9_]{5}$/i,
  /^\d{2,5}\s*[x×]\s*\d{2,5}(px)?$/i,
  /^\d{2,5}px$/i,
];

const WORDS =
  /^(images?|imgs?|jpe?gs?|jpegimages|pngs?|bmps?|pics?|pictures?|photos?|sounds?|audios?|recordings?|wavs?|flacs?|mp3s?|clips?|raw|data|dataset|files|all|originals?|frames?|media|content|default|new folder|untitled folder)$/i;

const DATES: readonly RegExp[] = [
  /^(19|20)\d\d$/,
  /^(19|20)\d\d[-_. ]?(0[1-9]|1[0-2]|[1-9])([-_. ]?\d{1,2})?$/,
  /^\d{1,2}[-_. ]\d{1,2}[-_. ](19|20)\d\d$/,
  /^(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sep(t|tember)?|oct(ober)?|nov(ember)?|dec(ember)?)$/i,
];

const NUMBERS = /^((id|subject|person|user|session|seq|sequence|scene|video|clip|camera|cam|run|take)[\s_.-]*)?#?\d+$/i;
const VARIANTS =
  /^(colou?r|gr[ae]y|gr[ae]y[\s_-]?scale|rgb|segmented|original|processed|augmented|cropped|resized|hr|lr|high[\s_-]?res|low[\s_-]?res)$/i;

export function isPart(name: string): boolean {
  return PARTS.some((pattern) => pattern.test(name));
}

/** Whether all of these, which stand side by side, say nothing: `images`; 2019 and 2020; `train` and `val`. */
export function areSilent(names: Iterable<string>): boolean {
  return [...names].every(
    (name) =>
      isPart(name) ||
      WORDS.test(name) ||
      DATES.some((pattern) => pattern.test(name)) ||
      ['train', 'test', 'validation'].includes(soleKind(name) ?? ''),
  );
}

/** Whether all of these say less than words do, so that they are classes only where nothing else is: numbers, renderings. */
export function areFaint(names: Iterable<string>): boolean {
  const all = [...names];
  return all.every((name) => NUMBERS.test(name)) || all.every((name) => VARIANTS.test(name));
}

function soleKind(name: string): string | undefined {
  const said = splitName(name);
  return said?.rest === '' ? said.kind : undefined;
}
