/** Files that hold texts in a form that is not read here, told by their first bytes. */

const SAVE = 'save it as plain text.';
const EXPORT = 'save its table as CSV.';

/** What the first file of an archive is called where the archive is a document. */
const OFFICE = /^(\[Content_Types\]\.xml|_rels\/|docProps\/|customXml\/|word\/|xl\/|ppt\/)/;
const FIRST_NAME = 30;

/** Why a document is refused; undefined where it is none. @param head the first bytes of the file */
export function documentReason(head: Uint8Array, name: string): string | undefined {
  const start = String.fromCharCode(...head.subarray(0, 128));
  if (start.startsWith('%PDF')) return `is a PDF document: ${SAVE}`;
  if (start.startsWith('{\\rtf')) return `is an RTF document: ${SAVE}`;
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) {
    return /\.xl\w$/i.test(name)
      ? `is an Excel workbook: ${EXPORT}`
      : `is a Word document, or another of Microsoft Office: ${SAVE}`;
  }
  return start.startsWith('PK\x03\x04') ? zippedReason(start.slice(FIRST_NAME), name) : undefined;
}

/** Word, EPUB and OpenDocument are archives of pages. @param inside the archive from the name of its first file on */
function zippedReason(inside: string, name: string): string | undefined {
  if (inside.startsWith('mimetypeapplication/epub')) return `is an EPUB book: ${SAVE}`;
  if (inside.startsWith('mimetypeapplication/vnd.oasis.opendocument.spreadsheet')) return `is a spreadsheet: ${EXPORT}`;
  if (inside.startsWith('mimetypeapplication/vnd.oasis.opendocument')) return `is an OpenDocument text: ${SAVE}`;
  if (!OFFICE.test(inside)) return undefined;
  if (/\.xl\w+$/i.test(name)) return `is an Excel workbook: ${EXPORT}`;
  if (/\.pp\w+$/i.test(name)) return `is a PowerPoint presentation: ${SAVE}`;
  return `is a Word document: ${SAVE}`;
}

export function looksLikeWebPage(text: string): boolean {
  return /^\s*(\xef\xbb\xbf)?<(!doctype html|html[\s>])/i.test(text);
}

/** Whether the first bytes of a file can be those of a text, in whatever encoding. */
export function isTextual(head: Uint8Array): boolean {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return true;
  return !head.some((byte) => byte < 9 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32));
}
