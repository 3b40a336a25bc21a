import { describe, expect, it } from 'vitest';
import { type FileFormat, recogniseFormat } from '../../src/data/formats.ts';
import { ascii, gzip, idxLabels, tar, zip } from './makeFiles.ts';

function kindOf(bytes: Uint8Array | string, name = 'file'): string {
  const format: FileFormat = recogniseFormat(typeof bytes === 'string' ? ascii(bytes) : bytes.subarray(0, 512), name);
  return format.kind === 'picture' ? format.format : format.kind === 'other' ? format.reason : format.kind;
}

describe('recogniseFormat', () => {
  it.each([
    ['JPEG', '\xff\xd8\xff\xe0'],
    ['PNG', '\x89PNG\r\n\x1a\n'],
    ['GIF', 'GIF89a'],
    ['WebP', 'RIFF\x10\0\0\0WEBPVP8 '],
    ['AVIF', '\0\0\0\x1cftypavif\0\0\0\0mif1avifmiaf'],
    ['AVIF', '\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf'],
    ['HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
    ['BMP', 'BM????\0\0\0\0\x36\0\0\0\x28\0\0\0'],
    ['icon', '\0\0\x01\0\x01\0\x20\x20\0\0\x01\0'],
    ['TIFF', 'II*\0\x08\0\0\0'],
    ['SVG', '<?xml version="1.0"?>\n<svg xmlns="x">'],
    ['SVG', '\xef\xbb\xbf<svg>'],
    ['JPEG XL', '\xff\x0a\x00'],
    ['JPEG 2000', '\0\0\0\x0cjP  \r\n'],
  ])('knows %s by its first bytes', (format, bytes) => {
    expect(kindOf(bytes, 'picture.jpg')).toBe(format);
  });

  it('knows archives and data, whatever they are called', () => {
    expect(kindOf(zip({ 'a.txt': ascii('a') }), 'cats.jpg')).toBe('zip');
    expect(kindOf(gzip(ascii('a')), 'cats.zip')).toBe('gzip');
    expect(kindOf(tar({ name: 'a', bytes: ascii('a') }), 'cats')).toBe('tar');
    expect(kindOf(idxLabels([1, 2]), 'cats')).toBe('idx');
  });

  it('goes by the name where the bytes say nothing', () => {
    expect(kindOf(new Uint8Array(600), 'data_batch_1.bin')).toBe('cifar');
    expect(kindOf(new Uint8Array(600), 'empty.tar')).toBe('tar');
    expect(kindOf('\x01\x02\x03\x04', 'train-images-idx3-ubyte')).toBe('idx');
    expect(kindOf('BM nonsense', 'x.bmp')).toBe('BMP');
  });

  it('knows texts by their names, whatever they begin with and however they are encoded', () => {
    const utf16 = '\xff\xfeM\0A\0C\0 \0';
    for (const bytes of [
      'BMW is a car',
      'MAC addresses',
      '<svg> is an element',
      utf16,
      'M\0A\0C\0',
      '\x8c\xe1\x94\x79',
      '\x01\x02\x03\xff',
    ]) {
      for (const name of ['notes.txt', 'README.md', 'rows.CSV', 'rows.jsonl']) expect(kindOf(bytes, name)).toBe('text');
    }
    expect(kindOf('Copyright', 'LICENSE')).toBe('text');
    expect(kindOf('import os', 'run.py')).toMatch(/not named like one \(\.py\).*rename it to \.txt/);
    expect(kindOf('<!DOCTYPE html><html>', 'page.txt')).toMatch(/web page/);
    expect(kindOf('\x89PNG\r\n\x1a\n', 'notes.txt')).toBe('PNG');
    expect(kindOf(`${'PK\x03\x04'.padEnd(30)}xl/workbook.xml`, 'book.xlsx')).toMatch(/Excel.*CSV/);
    expect(kindOf(zip({ 'word.txt': ascii('a') }), 'words.zip')).toBe('zip');
  });

  it('does not take Targa pictures for cursors', () => {
    expect(kindOf('\0\0\x02\0\0\0\0\0\0\0\0\0\x01\0\x01\0', 'x.tga')).toMatch(/picture format that is not decoded/);
  });

  it.each([
    ['7z\xbc\xaf\x27\x1c', /7-Zip.*repack/],
    ['Rar!\x1a\x07', /RAR/],
    ['BZh91AY', /bzip2/],
    ['%PDF-1.7', /PDF/],
    ['\x93NUMPY\x01', /NumPy/],
    ['\x80\x02}q\x01', /pickle.*binary version/],
    ['PAR1\x15', /Parquet/],
    ['RIFF\x10\0\0\0WAVEfmt ', /sound/],
    ['\0\0\0\x18ftypmp42', /sound/],
    ['version https://git-lfs.github.com/spec/v1', /git lfs pull/],
    ['<!DOCTYPE html><html>', /web page/],
    ['{\\rtf1\\ansi', /RTF.*plain text/],
    ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', /Word document, or another/],
    [`${'PK\x03\x04'.padEnd(30)}[Content_Types].xml`, /Word document: save it as plain text/],
    [`${'PK\x03\x04'.padEnd(30)}mimetypeapplication/epub+zip`, /EPUB book/],
    [`${'PK\x03\x04'.padEnd(30)}mimetypeapplication/vnd.oasis.opendocument.text`, /OpenDocument text/],
    ['\x01\x02\x03\xff', /not a picture, a sound, a text, an archive or a data set/],
  ])('says what it is instead: %j', (bytes, reason) => {
    expect(kindOf(bytes)).toMatch(reason);
  });

  it('says that a name promises something else', () => {
    expect(kindOf('\x01\x02\x03\xff', 'x.JPG')).toMatch(/named like a picture/);
    expect(kindOf('\x01\x02\x03\xff', 'x.zip')).toMatch(/named like an archive/);
    expect(kindOf('\x01\x02\x03\xff', 'model.safetensors')).toMatch(/model weights/);
    expect(kindOf('\x01\x02\x03\xff', 'song.aiff')).toMatch(/sound/);
  });
});
