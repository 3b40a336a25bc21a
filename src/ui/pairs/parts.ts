/** All that has to do with samples of several senses, which comes in one file. */
import '../styles/pairs.css';
import '../styles/retrieval.css';
import '../styles/sound.css';

export { AboutPairs } from './AboutPairs.tsx';
export { PairBoard } from './PairBoard.tsx';
export { PairTiles } from './PairTiles.tsx';
export { Retrieval } from './Retrieval.tsx';
