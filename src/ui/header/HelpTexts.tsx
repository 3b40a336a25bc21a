/** What becomes of texts, and how tables are read. */
import { TEXT_LIMITS } from '../../data/text/limits.ts';
import { formatBytes, formatCount } from '../format.ts';

export function HelpTexts() {
  return (
    <section>
      <h3>Texts</h3>
      <p>
        Read are plain texts and Markdown, each a text of its own, and tables with a text in each row: .csv, .tsv, .json and
        .jsonl. Of a table the column with the most words is the text, and one of few values that recur the class; the number of
        columns under Data shows its first rows and takes others. Files without labels become stretches of whole sentences. Of a
        text that is longer than the model has places for, the rest is not read, and that is counted.
      </p>
      <p>
        Tokens are the most frequent words of the training texts, pairs of bytes learned from them, or single bytes. A word that
        is none of them is unknown: it is never masked and never asked for. Texts with equal words are one text, and what is
        tested on is not trained on.
      </p>
      <p>
        UTF-8, UTF-16 and Windows-1252 are told apart; other encodings are refused, with the line that converts them. At most{' '}
        {formatBytes(TEXT_LIMITS.fileBytes)} a file and {formatCount(TEXT_LIMITS.setTokens)} tokens; runs of more than{' '}
        {TEXT_LIMITS.wordSigns} characters without a space are left out, unless their language writes so.
      </p>
    </section>
  );
}
