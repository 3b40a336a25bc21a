/**
 * What settings and numbers are called on the samples of a run. Their tables are written for pictures, which have patches and pixels, and
 * for texts of words; a sound has pieces or frames, and a text can be cut into bytes.
 */
import { METRICS, type Metric, type MetricName } from './metrics.ts';
import { modalityFacts, wordsOf } from './modalities.ts';
import { factsOf } from './objectives.ts';
import type { CoreConfig } from './sections.ts';

/** A text that speaks of patches, pixels or words as it is said of a run's samples. A bag of words stays one. */
export function inWordsOf(config: CoreConfig, text: string): string {
  const { token, tokens, value } = wordsOf(config);
  const said = replaceNoun(replaceNoun(text, 'patch', 'patches', token, tokens), 'pixel', 'pixels', value, `${value}s`);
  const written = modalityFacts(config).writtenIn?.(config);
  return written === undefined ? said : replaceNoun(said, 'word', 'words', written.token, written.tokens);
}

function replaceNoun(text: string, one: string, many: string, newOne: string, newMany: string): string {
  if (one === newOne) return text;
  return text.replaceAll(new RegExp(`(?<!bag of )\\b(${many}|${one})\\b`, 'gi'), (found) => {
    const said = found.toLowerCase() === many ? newMany : newOne;
    return found.startsWith(one.charAt(0)) ? said : said.charAt(0).toUpperCase() + said.slice(1);
  });
}

/** A number that objectives report, as it is called on a run's samples. */
export function metricOn(name: MetricName, config: CoreConfig): Metric {
  const metric = METRICS[name];
  return { ...metric, label: inWordsOf(config, metric.label), help: inWordsOf(config, metric.help) };
}

/** What the objective of a run is called on its samples: "BERT (masked bytes)". */
export function titleOf(config: Parameters<typeof factsOf>[0] & CoreConfig): string {
  return inWordsOf(config, factsOf(config).title);
}
