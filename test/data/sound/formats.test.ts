import { describe, expect, it } from 'vitest';
import { isNamedLikeSound } from '../../../src/data/fileNames.ts';
import { recogniseSound } from '../../../src/data/sound/formats.ts';
import { readSound } from '../../../src/data/sound/read.ts';
import { join, numbers, text } from './makeSounds.ts';

const page = (packet: string): string => `OggS\0\x02${'\0'.repeat(20)}\x01\x1e${packet}`;
/** 128 kbit/s at 44.1 kHz: 417 bytes. */
const FRAME = join(numbers([0xff, 0xfb, 0x90, 0x44], 1), new Uint8Array(413));

describe('recogniseSound', () => {
  it.each([
    ['WAV', 'RIFF????WAVEfmt '],
    ['WAV', 'RF64????WAVEds64'],
    ['WAV', 'BW64????WAVE'],
    ['AIFF', 'FORM????AIFC'],
    ['AU', '.snd\0\0\0\x18'],
    ['FLAC', 'fLaC\0\0\0\x22'],
    ['Ogg Vorbis', page('\x01vorbis')],
    ['Ogg Opus', page('OpusHead')],
    ['Ogg FLAC', page('\x7fFLAC')],
    ['Speex', page('Speex   ')],
    ['Theora', page('\x80theora')],
    ['Ogg', page('something')],
    ['MP4', '\0\0\0\x18ftypM4A \0\0\0\0'],
    ['MP4', '\0\0\0\x18ftyp3gp4\0\0\0\0'],
    ['WebM', '\x1a\x45\xdf\xa3'],
    ['Windows Media', '\x30\x26\xb2\x75\x8e\x66\xcf\x11'],
    ["Monkey's Audio", 'MAC \x96\x0f'],
    ['WavPack', 'wvpk'],
    ['Musepack', 'MPCK'],
    ['DSD', 'DSD \x1c'],
    ['AMR', '#!AMR\n'],
    ['AC-3', '\x0b\x77\0\0\x14\x40'],
    ['MIDI', 'MThd\0\0\0\x06\0\x01'],
    ['CAF', 'caff\0\x01'],
  ])('knows %s by its first bytes', (format, bytes) => {
    expect(recogniseSound(text(bytes), 'x')).toBe(format);
  });

  it('knows MP3 by two frames, or one and a name', () => {
    expect(recogniseSound(join(FRAME, FRAME), 'x')).toBe('MP3');
    expect(recogniseSound(FRAME, 'x')).toBeUndefined();
    expect(recogniseSound(FRAME, 'x.mp3')).toBe('MP3');
    expect(recogniseSound(join(FRAME, text('something else')), 'x.mp3')).toBeUndefined();
  });

  it('looks behind tags', () => {
    const tag = text('ID3\x03\0\0\0\0\0\x04abcd');
    expect(recogniseSound(join(tag, text('fLaC\0\0\0\x22')), 'x')).toBe('FLAC');
    expect(recogniseSound(join(tag, tag, FRAME, FRAME), 'x')).toBe('MP3');
    expect(recogniseSound(text('ID3\x03\0\0\0\0\x7f\x7f...'), 'x')).toBe('MP3');
  });

  it.each([
    ['a text in UTF-16', '\xff\xfeh\0e\0l\0l\0o\0'],
    ['JPEG', '\xff\xd8\xff\xe0\0\x10JFIF\0'],
    ['ones', '\xff'.repeat(600)],
    ['zeros', '\0'.repeat(600)],
    ['AVIF', '\0\0\0\x1cftypavif\0\0\0\0'],
    ['HEIC', '\0\0\0\x18ftypheic\0\0\0\0'],
    ['nothing', ''],
    ['a byte', '\xff'],
    ['half a tag', 'ID3'],
    ['two letters that AC-3 begins with', '\x0b\x77 and so on'],
  ])('does not take %s for a sound', (_, bytes) => {
    for (const name of ['x', 'x.mp3', 'x.flac', 'x.aac']) expect(recogniseSound(text(bytes), name)).toBeUndefined();
  });

  it('knows names of sounds', () => {
    for (const name of ['a.WAV', 'b.mp3', 'c.m4a', 'd.oga', 'e.aif', 'f.wma']) expect(isNamedLikeSound(name)).toBe(true);
    for (const name of ['a.png', 'wav', 'b.mp4', 'c.txt']) expect(isNamedLikeSound(name)).toBe(false);
  });

  it('leads to a refusal with a way out', async () => {
    await expect(readSound(text('wvpk'), 'a.wv')).rejects.toThrow(
      'is in the WavPack format, which is not decoded here: save it as WAV, FLAC, MP3 or Ogg first.',
    );
    await expect(readSound(text('MThd\0\0\0\x06'), 'a.mid')).rejects.toThrow(/^is a MIDI file: it holds notes, not sound/);
    await expect(readSound(text(page('\x80theora')), 'a.ogv')).rejects.toThrow(/^is a video/);
  });
});
