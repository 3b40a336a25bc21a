/** What a file's name says it is. The page knows no more of a file before its loader has looked into it. */
import { MODALITY_NAMES, type ModalityName } from '../config/modalities/names.ts';

const PICTURES = /\.(jpe?g|jfif|png|apng|gif|webp|avif|bmp|ico|svg|tiff?|heic|heif|jxl)$/i;
const SOUNDS =
  /\.(wave?|w64|rf64|aif[fc]?|au|snd|mp[123]|mpga|flac|og[gax]|opus|spx|m4[abpr]|aac|wma|asf|ape|wv|mp[c+]|tta|dsf|dff|amr|3gpp?|ac3|dts|caf|mka|weba|ra|midi?)$/i;
const TEXTS = /\.(txt|text|md|markdown|rst|adoc|org|tex|log|srt)$/i;
const SEPARATED = /\.(csv|tsv|tab|psv)$/i;
const JSON_NAMES = /\.(json|jsonl|ndjson)$/i;

/** What names and media types tell of single files, by modality; absent where nothing does. */
const TOLD: Readonly<Partial<Record<ModalityName, { media: string; names: RegExp }>>> = {
  picture: { media: 'image/', names: PICTURES },
  sound: { media: 'audio/', names: SOUNDS },
};

/** What a single file is by what its browser says of it, or by its name; undefined for archives, tables, texts and the like. */
export function kindByName(name: string, media: string): ModalityName | undefined {
  return MODALITY_NAMES.find((kind) => {
    const told = TOLD[kind];
    return told !== undefined && (media.startsWith(told.media) || told.names.test(name));
  });
}

export function isNamedLikePicture(name: string): boolean {
  return PICTURES.test(name);
}

export function isNamedLikeSound(name: string): boolean {
  return SOUNDS.test(name);
}

export function isNamedLikeText(name: string): boolean {
  return TEXTS.test(name) || isNamedLikeTable(name);
}

/** Whether a text of this name is rows of cells. */
export function isNamedLikeTable(name: string): boolean {
  return SEPARATED.test(name) || JSON_NAMES.test(name);
}

/** Of tables: whether the cells are those of JSON. */
export function isNamedLikeJson(name: string): boolean {
  return JSON_NAMES.test(name);
}
