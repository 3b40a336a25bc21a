/** What a file's name says it is. The page knows no more of a file before its loader has looked into it. */
const PICTURES = /\.(jpe?g|jfif|png|apng|gif|webp|avif|bmp|ico|svg|tiff?|heic|heif|jxl)$/i;
const SOUNDS =
  /\.(wave?|w64|rf64|aif[fc]?|au|snd|mp[123]|mpga|flac|og[gax]|opus|spx|m4[abpr]|aac|wma|asf|ape|wv|mp[c+]|tta|dsf|dff|amr|3gpp?|ac3|dts|caf|mka|weba|ra|midi?)$/i;
const TEXTS = /\.(txt|text|md|markdown|rst|adoc|org|tex|log|srt)$/i;
const SEPARATED = /\.(csv|tsv|tab|psv)$/i;
const JSON_NAMES = /\.(json|jsonl|ndjson)$/i;

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
