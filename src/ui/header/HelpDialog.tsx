/** What this is, how to read it, how to steer it, and what stays private. */
import { CircleHelp, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { LIMITS } from '../../config/limits.ts';
import { formatBytes, formatCount } from '../format.ts';
import { HelpHome } from './HelpHome.tsx';
import { HelpKeeping } from './HelpKeeping.tsx';
import { HelpPairs } from './HelpPairs.tsx';
import { HelpSounds } from './HelpSounds.tsx';
import { HelpStudies } from './HelpStudies.tsx';
import { HelpTexts } from './HelpTexts.tsx';

export function HelpDialog() {
  return (
    <Dialog.Root>
      <Dialog.Trigger className="button quiet">
        <CircleHelp size={16} aria-hidden="true" />
        Help
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content className="dialog">
          <Dialog.Title>Patchwork in two minutes</Dialog.Title>
          <Dialog.Description>
            A small Transformer learns from pictures, sounds or texts, in this browser. It starts with jigsaw puzzles: it sees the
            patches of a picture, the pieces of a sound or the words of a sentence without their positions and learns where each
            belongs. Nobody labels anything; pictures, sounds and texts themselves are the teacher. Where things have a picture, a
            sound and a caption, or two of these, it learns from all at once.
          </Dialog.Description>
          <Objectives />
          <HowToRead />
          <HelpStudies />
          <Shortcuts />
          <HelpHome />
          <Machine />
          <HelpKeeping />
          <FilesAndLimits />
          <HelpTexts />
          <HelpPairs />
          <HelpSounds />
          <Dialog.Close className="icon-button popover-close" aria-label="Close">
            <X size={16} aria-hidden="true" />
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Objectives() {
  return (
    <section>
      <h3>Ways to learn</h3>
      <ul>
        <li>
          <b>MP3</b> puts shuffled patches where they belong. Its cousins drop the masked patches (JigsawViT), or tell some their
          place (DropPos).
        </li>
        <li>
          <b>MAE</b> sees a quarter of the patches and paints the rest. <b>SimMIM</b> paints too, with mask tokens inside the
          encoder, as BERT has them.
        </li>
        <li>
          <b>data2vec 2.0</b> predicts what its own running average makes of the whole.
        </li>
        <li>
          <b>Self-distillation</b> takes a pretrained model to other samples without losing what it knew.
        </li>
        <li>
          <b>Contrastive</b> and <b>Multimodal MAE</b> learn from several senses of a thing: which picture, sound and caption
          belong together, or what was removed of each. <b>Robustness</b> then learns labels from some of the senses and is tested
          on all.
        </li>
        <li>
          <b>Labels</b> is what all of them are compared with.
        </li>
      </ul>
      <p>
        Choosing one under <b>Objective</b> also sets what it needs, and keeps your data; the board and the panels on the right
        follow. <b>Preset</b> has ready runs of each, with the time they take here. A setting that does nothing at the moment is
        off, and says why. At the end of a run the green button trains on, or leads to Fine-tune.
      </p>
    </section>
  );
}

function HowToRead() {
  return (
    <section>
      <h3>How to read it</h3>
      <ul>
        <li>
          <b>Board.</b> For puzzles: left the shuffled pieces, in the middle where the model puts each, right the truth. A blue
          border is right, an orange one wrong; faint pieces were masked: no other patch could look at them. Models that paint
          show what they saw and what they painted; the question mark says more.
        </li>
        <li>
          <b>Curves.</b> The objective’s main number, thick on held-out samples. Dashed lines are what takes no learning to reach:
          chance, a model without attention (content only), or answering zeros. Point at a chart for its values; wedges on the
          axis are changed settings, and what lies outside has an arrow. Drag <b>Training time</b> under the board, and the curves
          are marked at its step.
        </li>
        <li>
          <b>Mask ratio explorer.</b> How the same weights do when more or fewer patches are hidden at the test.
        </li>
        <li>
          <b>Attention locality.</b> How far each head looks, in patches. Choose a head to see its map over a sample.
        </li>
        <li>
          <b>Position confusion</b> and <b>Class confusion.</b> What is taken for what. A clean diagonal is all right.
        </li>
        <li>
          <b>Error by cell, Collapse watch, Phases.</b> Where painting is hard; whether data2vec’s targets, or the embeddings of
          several senses, still say something; where a run of several phases stands.
        </li>
        <li>
          <b>Retrieval.</b> What of the other senses is nearest to a thing of the board, or to your own picture, sound or words.
        </li>
      </ul>
      <p>
        Train, then drag <b>Mask ratio</b> while it runs and watch the board break down and heal. The sign ↻ marks settings that
        start the run over; everything else applies at once.
      </p>
    </section>
  );
}

function Shortcuts() {
  return (
    <section>
      <h3>Keyboard</h3>
      <dl className="shortcuts">
        <dt>
          <kbd>Space</kbd>
        </dt>
        <dd>Train or pause, when no control has the focus</dd>
        <dt>
          <kbd>←</kbd> <kbd>→</kbd>
        </dt>
        <dd>Move a slider, the query patch, the cell of the confusion map, or the place of a chart whose values are read</dd>
        <dt>
          <kbd>Home</kbd> <kbd>End</kbd>
        </dt>
        <dd>Lowest and highest value of a slider</dd>
        <dt>
          <kbd>Esc</kbd>
        </dt>
        <dd>Leave the values of a chart; close a list or a window</dd>
      </dl>
    </section>
  );
}

function Machine() {
  return (
    <section>
      <h3>Your machine</h3>
      <p>
        The chip in the header names what does the arithmetic: the graphics card through WebGPU, or the processor through
        WebAssembly. Open it to read why, to choose another, and to measure what each kernel of a training step costs. A graphics
        card can keep in 16 bits what a step needs again of attention and MLP: less memory, other last digits. <b>Bench</b> sets a
        step of Patchwork beside the same step in stock TensorFlow.js. If the graphics card resets in the middle of a run, the run
        comes back by itself, at most five seconds older.
      </p>
    </section>
  );
}

function FilesAndLimits() {
  return (
    <section>
      <h3>Your files</h3>
      <p>
        Drop pictures, sounds or texts, folders or archives anywhere on the page. One picture or short sound is pinned to the
        board as yours; more become the data set, of one kind, or of pairs (below). Read are all pictures this browser can show,
        folders, .zip, .tar, .tar.gz, .tgz, CIFAR-10, CIFAR-100 and STL-10 in their binary versions, and IDX files (MNIST,
        Fashion-MNIST, EMNIST), plain or gzipped.
      </p>
      <p>
        The level of folders that tells files apart is the class; <b>Classes by</b>, under Data, takes another. Folders with the
        words train and test, or val, beside each other are a given split. Equal files are used once, and what is tested on is not
        trained on. The number of classes under Data opens the list of all with their counts.
      </p>
      <p>
        At most {formatCount(LIMITS.samples)} samples, and {formatBytes(LIMITS.decodedBytes)} of pixels after resizing or of sound
        at 16 kHz, or of text; a file or archive up to {formatBytes(LIMITS.fileBytes)}, unpacked up to{' '}
        {formatBytes(LIMITS.unpackedBytes)} in {formatCount(LIMITS.entries)} entries; a picture from {LIMITS.minSidePixels} to{' '}
        {formatCount(LIMITS.sidePixels)} pixels a side and up to {LIMITS.pixelsPerPicture / 1e6} megapixels;{' '}
        {formatCount(LIMITS.classes)} classes. What cannot be read is listed by name with the reason, and everything else is used.
      </p>
      <h3>Privacy</h3>
      <p>
        The page asks its own server for its own files, and nothing else: the browser itself holds it to that. Pictures, sounds,
        texts, weights and numbers stay on this computer. Soon after the first run is ready the browser keeps a copy of the whole
        page (about 2 MB to fetch): from then on it opens without the network too. Not in Firefox, where a second tab of such a
        page would stay blank. The chip in the header says whether it does. When a new version is there the page tells, and goes
        on in the old one until you load it again. Built-in pictures that were drawn last (17 MB at 32 pixels) lie there as well,
        so that the next visit need not draw them again. <b>?sw=off</b> in the address keeps neither, and removes both.
      </p>
    </section>
  );
}
