/** What operating systems, storage boxes and tools leave beside people's files, and nobody misses. */

/** Folders, by name. */
const FOLDERS = new Set([
  ...['__MACOSX', '.AppleDouble', '.AppleDB', '.AppleDesktop', 'Network Trash Folder', 'Temporary Items'],
  ...['.Trashes', '.Spotlight-V100', '.fseventsd', '.TemporaryItems', '.DocumentRevisions-V100'],
  ...['@eaDir', '@tmp', '#recycle', '#snapshot', '@Recycle', '@Recently-Snapshot', '@Transcode', '.@__thumb', '.@upload_cache'],
  ...['$RECYCLE.BIN', 'RECYCLER', 'System Volume Information', 'lost+found'],
  ...['.git', '.svn', '.hg', '.ipynb_checkpoints', '__pycache__', 'node_modules', 'CVS'],
  ...['.picasaoriginals', '.thumbnails', '.tmb', '.cache', '.dropbox.cache', '.sync', '.stfolder', '.stversions'],
]);
const FILES =
  /^(thumbs\.db(:encryptable)?|ehthumbs(_vista)?\.db|desktop\.ini|icon\r|\.ds_store|\._.*|\.picasa\.ini|picasa\.ini|zbthumbnail\.info|synophoto_.*|synoindex_.*|\.dropbox(\.attr)?|\.directory|\.nomedia|\.localized|\.gitignore|\.gitkeep|\.gitattributes|\.keep)$/i;

/**
 * The part of a path that makes a file debris; undefined when it is none. Hidden folders and files are; a folder that was asked for by
 * its own name is not, whatever it is called, nor is a file.
 *
 * @param asked folders and files at the front of the path that were asked for by name
 */
export function debrisIn(path: string, asked = 0): string | undefined {
  const parts = path.split('/');
  // A file that lies among others which were all chosen at once was not chosen for its name.
  const last = parts.length === asked ? parts.filter((part, i) => i === parts.length - 1 && FILES.test(part)) : [];
  return [...parts.slice(asked), ...last].find((part) => FOLDERS.has(part) || FILES.test(part) || /^\.[^.]/.test(part));
}
