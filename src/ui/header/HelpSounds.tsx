/** What becomes of sounds, and whose decoders read them. */

export function HelpSounds() {
  return (
    <>
      <section>
        <h3>Sounds</h3>
        <p>
          Every sound becomes one channel at 16 kHz, at one loudness, without the silence around it. Long ones are cut into clips,
          at most 64 of a file, without those that are silent beside the rest, and all clips of a file are on the same side of the
          split; shorter ones are used as they are, never padded or repeated. A clip is cut into pieces that share no sample; the
          numbers of a piece are the energies of its mel bands. On the board time runs to the right and pitch upwards.
        </p>
        <p>
          Read are WAV, AIFF, AU, MP3, FLAC, and Vorbis, Opus and FLAC in Ogg, with the same samples here and on the command line;
          M4A, AAC and the sound of WebM where this browser decodes them. What is damaged is used up to the damage, and said.
        </p>
        <p>
          What a model paints of a sound has no phase: to hear it one is made up, by 32 rounds of Griffin-Lim from the same start
          every time. <i>Through the bands</i> plays the original the same way, to compare like with like.
        </p>
      </section>
      <section>
        <h3>Licences</h3>
        <p>
          Patchwork is free under the MIT licence, and so is most of what it is built with; Inter is under the SIL Open Font
          Licence. Unmodified, in files of their own: <b>mpg123</b> (LGPL 2.1, mpg123.org), in @audio/decode-mp3, for MP3;{' '}
          <b>codec-parser</b> (LGPL 3, github.com/eshaz/codec-parser), in @audio/decode-vorbis, for Ogg Vorbis; <b>Opus</b> and{' '}
          <b>Vorbis</b> (BSD, xiph.org); <b>Mediabunny</b> (MPL 2.0, mediabunny.dev), for M4A, AAC and WebM. MP3, Vorbis and Opus
          are decoded through eshaz’s wasm-audio-decoders (MIT).
        </p>
      </section>
    </>
  );
}
