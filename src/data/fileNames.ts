/** What a file's name says it is. The page knows no more of a file before its loader has looked into it. */
const PICTURES = /\.(jpe?g|jfif|png|apng|gif|webp|avif|bmp|ico|svg|tiff?|heic|heif|jxl)$/i;
const SOUNDS =
  /\.(wave?|w64|rf64|aif[fc]?|au|snd|mp[123]|mpga|flac|og[gax]|opus|spx|m4[abpr]|aac|wma|asf|ape|wv|mp[c+]|tta|dsf|dff|amr|3gpp?|ac3|dts|caf|mka|weba|ra|midi?)$/i;

export function isNamedLikePicture(name: string): boolean {
  return PICTURES.test(name);
}

export function isNamedLikeSound(name: string): boolean {
  return SOUNDS.test(name);
}
