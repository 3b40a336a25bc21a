/** How the page shows objectives on texts, where that is otherwise: words are guessed, not painted. */
import type { ChartPlan } from '../charts/plan.ts';
import { BesideMae } from './BesideMae.tsx';
import type { ObjectivePage } from './page.ts';

type Page = Partial<ObjectivePage>;

const WORDS_RIGHT: ChartPlan = {
  title: 'Masked words right',
  metric: 'maskedWordAccuracy',
  training: 'maskedWordAccuracy',
  heldOut: [
    { name: 'held-out', metric: 'maskedWordAccuracy' },
    { name: 'elsewhere', metric: 'elsewhereAccuracy' },
  ],
};

const CROSS_ENTROPY: ChartPlan = {
  title: 'Cross-entropy, nats',
  metric: 'wordCrossEntropy',
  training: 'loss',
  heldOut: [{ name: 'held-out', metric: 'wordCrossEntropy' }],
};

const guessing: Page = {
  board: 'cloze',
  measures: ['curves', 'explorer'],
  charts: [WORDS_RIGHT, CROSS_ENTROPY],
  looksBack: true,
  aboutCurves: () => (
    <>
      <p>
        <b>Masked words right</b>: the share of masked words that the likeliest guess is right about. <b>Elsewhere</b> counts only
        those that stand unmasked in another place of the text, without the words that every text is full of: nothing but looking
        back tells them. It stays low for long and then rises within some hundreds of steps, when the model has found out how to
        copy; the other line moves by 15 points or so meanwhile, this one by 50. When that begins differs from seed to seed.
      </p>
      <p>
        The dashed lines are what counting gives, without any learning: the <b>most frequent</b> word, the likeliest one after the{' '}
        <b>left neighbour</b>, between <b>both neighbours</b>, and between <b>two on each side</b>. A model that only knows the
        grammar ends at the last of them.
      </p>
      <p>
        <b>Cross-entropy</b>: mean surprise at the true word, in nats. e to it is the number of words among which the model seems
        to choose.
      </p>
    </>
  ),
  aboutExplorer: () => (
    <p>
      The more is hidden, the less there is to copy from, and the curve falls below what neighbours alone tell where even they are
      hidden. The dashed upright line is the mask ratio of this training; the dashed levels are those of the curves.
    </p>
  ),
};

const beside = <BesideMae />;

export const bertOnWords: Page = {
  ...guessing,
  beside,
  about: () => (
    <>
      <p>
        BERT’s masked language model: some words of a text are masked, <b>all places enter the encoder</b>, and where a word is
        masked a mask stands for it. The model says which word of the vocabulary was there; the loss is the cross-entropy over
        masked words.
      </p>
      <p>
        Words are guessed with the same table that reads them (<b>Tied output</b>), which brings copying forward. BERT masks 15 %;
        here 30 % asks twice as many words a step and is at least as good. <b>Beside MAE</b> shows both.
      </p>
    </>
  ),
};

export const maeOnWords: Page = {
  ...guessing,
  beside,
  about: () => (
    <>
      <p>
        MAE on words: <b>only the kept words enter the encoder</b>, each with its position; a light decoder gets them back
        together with one and the same learned mask token for every gap, and guesses the words there.
      </p>
      <p>Empty places behind a short text fill what is kept up to one length, so that all texts of a batch fit together.</p>
    </>
  ),
};

export const mp3OnWords: Page = {
  about: () => (
    <>
      <p>
        MP3 on words: a stretch of a text is cut into its words, they are shuffled, and the Transformer, which gets no positions,
        says for each which place it came from.
      </p>
      <p>
        Equal words cannot be told apart, so position accuracy has a ceiling below 100 %; <b>right word</b> counts a place as
        right that the same word belongs to.
      </p>
    </>
  ),
};

export const data2vecOnWords: Page = {
  about: () => (
    <>
      <p>
        data2vec 2.0 guesses no words. A teacher, the running average of the student itself, reads <b>the whole text</b>; its
        inner values are the targets. <b>The student’s encoder gets the kept words only</b>, and convolutions carry what it read
        into the gaps.
      </p>
      <p>
        Learning from one’s own average can collapse: on words most easily into a table of positions that looks finished. The
        watch on the right tells by the <b>spread within one word</b>.
      </p>
    </>
  ),
};

export const labelsOnWords: Page = {
  about: () => (
    <>
      <p>
        Training with labels, from scratch: what all pretraining is compared with. <b>All words enter the encoder</b>, nothing is
        masked, and a linear head on the mean over real words names the class.
      </p>
      <p>
        A bag of words with a linear classifier is hard to beat here, and with all labels it is not beaten: look at few labels.
      </p>
    </>
  ),
};

export const distillationOnWords: Page = {
  ...guessing,
  measures: ['curves', 'phases', 'explorer'],
  charts: [
    WORDS_RIGHT,
    {
      title: 'Distance to the teacher',
      metric: 'distillation',
      training: 'distillation',
      heldOut: [{ name: 'held-out', metric: 'distillation' }],
      task: 'distillation',
    },
  ],
  about: () => (
    <>
      <p>
        A run in phases. A model is pretrained on one kind of text (BERT: masked words are guessed), then further pretrained on
        the data set chosen above. That model becomes a teacher; a student starts again from the pretrained weights and learns to
        guess words and to agree with the teacher on <b>whole texts</b>, by the mean over their words.
      </p>
      <p>The variants switch off one part each, as the paper’s ablations do.</p>
    </>
  ),
};
