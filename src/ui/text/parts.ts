/** All that has to do with reading, which comes in one file. */
import '../styles/text.css';
import '../styles/textMaps.css';

export { AboutTexts } from './AboutTexts.tsx';
export { TextAttention } from './TextAttention.tsx';
export { TextBoard } from './TextBoard.tsx';
export { TextTiles } from './TextTiles.tsx';
export { TokensButton } from './TokensButton.tsx';
