/** What the five papers claim and how their methods work, in our own words, for somebody who has not read them. */
import type { PaperName } from '../../config/figures/card.ts';

export interface PaperText {
  /** All of them, in the paper's order. */
  authors: string;
  /** Where it appeared. */
  where: string;
  about: string;
  /** The drawing of its method in words. */
  picture: string;
}

export const PAPER_TEXTS: Readonly<Record<PaperName, PaperText>> = {
  mp3: {
    authors:
      'Shuangfei Zhai, Navdeep Jaitly, Jason Ramapuram, Dan Busbridge, Tatiana Likhomanenko, Joseph Yitan Cheng, Walter Talbott, Chen Huang, Hanlin Goh, Joshua Susskind',
    where: 'ICML 2022',
    about:
      'A picture is cut into patches, and the model gets them without being told where each was. It has to say for every patch which cell of the grid it came from: a jigsaw puzzle, answered as a choice among all cells. A part of the patches can be hidden from the others, so that nobody may look at them for help: that makes the puzzle harder, and what is learned more useful. Nothing is painted, so no decoder is needed. The paper claims that a model pretrained so learns a task with labels better than one that starts from nothing, on pictures and on speech, about as well as with the best other ways.',
    picture:
      'Left a picture cut into nine patches. In the middle the same patches, shuffled, go into an encoder that is not told their positions. Right an empty grid of nine cells: an arrow with a question mark leads from each patch to the cell where the model says it belongs.',
  },
  mae: {
    authors: 'Kaiming He, Xinlei Chen, Saining Xie, Yanghao Li, Piotr Dollár, Ross Girshick',
    where: 'CVPR 2022',
    about:
      'Three quarters of the patches of a picture are taken away. A large encoder looks at the quarter that is left, and a small decoder paints the rest from it. Because the encoder never sees what is missing, a step is cheap, and because so much is missing, copying from the neighbours is not enough. It is BERT’s idea, which hides 15 % of the words of a text and guesses them, taken over to pictures: words say much each, patches little, so far more of them can go. The paper claims that a high share of hidden patches is best, that the decoder may be small, and that fine-tuned models beat those that were trained with labels alone.',
    picture:
      'Left a grid of nine patches of which six are masked. The three that can be seen go into a large encoder. What comes out goes with mask tokens at the empty places into a small decoder, which paints the whole picture, at the right.',
  },
  data2vec: {
    authors: 'Alexei Baevski, Arun Babu, Wei-Ning Hsu, Michael Auli',
    where: 'ICML 2023',
    about:
      'The model teaches itself. A teacher, which is the running average of the student, looks at the whole picture, sound or text; the student sees a small part of it and predicts what the teacher makes of the rest. Targets are not pixels or words but features that know their context, and the method is the same for all kinds of samples. Three things make it fast: the student skips what is masked, its decoder is a small convolution, and one look of the teacher serves several differently masked copies. The paper claims the accuracy of MAE in about a sixteenth of the time.',
    picture:
      'Above, a teacher, the running average of the student, looks at the whole picture once and makes targets. Below, a student sees three copies of it, each masked otherwise, and a small decoder predicts the teacher’s targets for each.',
  },
  selfDistillation: {
    authors: 'Seanie Lee, Minki Kang, Juho Lee, Sung Ju Hwang, Kenji Kawaguchi',
    where: 'ICLR 2023',
    about:
      'A model was pretrained on one kind of pictures or texts and shall be used on another. The usual answer is to pretrain it a little further on the new samples; done for long, it forgets what it knew, and fits the few new samples too closely. Here the further pretrained model becomes a teacher only. A student starts again from the first weights, does the same task on the new samples, and is asked beside it to make hidden features like the teacher’s. The paper claims that the student ends nearer to where it started than plain further pretraining, and does better once it is fine-tuned with labels.',
    picture:
      'Above, pretrained weights are pretrained further on new samples and become a teacher. Below, a student starts from the same pretrained weights: it does the same task on the new samples, and its features are held near to the teacher’s. Then labels come.',
  },
  robustness: {
    authors: 'Brandon McKinzie, Joseph Cheng, Vaishaal Shankar, Yinfei Yang, Jonathon Shlens, Alexander Toshev',
    where: 'arXiv 2304.04385, 2023',
    about:
      'A model learns from several senses at once, such as sight, sound and words, and then works where one of them is missing, or another one has been added. The paper measures that in one way for all pairs of what a model had labels for and what it is tested on, and finds that common methods lose much. It proposes two remedies: self-distillation, where a teacher that sees all senses of unlabelled samples teaches a student that sees some of them, and averaging the weights before and after fine-tuning. It claims that both together make models 1.5 to 4 times as robust.',
    picture:
      'Three senses: a picture, a sound and a word. A teacher sees all three. A student sees a picture and a word, while the sound is switched off, and learns to answer as the teacher does.',
  },
};
