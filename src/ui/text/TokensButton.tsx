/** Opens what texts are cut into. */
import { X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useEffect, useMemo, useState } from 'react';
import type { GalleryText } from '../../data/gallery.ts';
import { tokenizerJson } from '../../data/text/tokenizerJson.ts';
import { useBeside } from '../hooks.ts';
import { selectInfo } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';
import { writtenPieces } from './readable.ts';
import { Tokens } from './Tokens.tsx';

interface Props {
  onSave(bytes: Uint8Array, name: string): void;
  /** Asks how often each id comes in the training texts. */
  onCount(): Promise<Uint32Array | null>;
}

export function TokensButton({ onSave, onCount }: Props) {
  const side = useBeside('right');
  const gallery = useApp((state) => selectInfo(state)?.thumbnails);
  if (gallery?.text === undefined) return null;
  return (
    <Popover.Root>
      <Popover.Trigger className="toggle alone">Tokens</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover token-popover"
          side={side}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Tokens"
        >
          <h3>What texts are cut into</h3>
          <Cut text={gallery.text} onSave={onSave} onCount={onCount} />
          <Popover.Close className="icon-button popover-close" aria-label="Close">
            <X size={14} aria-hidden="true" />
          </Popover.Close>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Cut({ text: { vocabulary, texts }, onSave, onCount }: Props & { text: GalleryText }) {
  const [shown, show] = useState(0);
  const [counts, setCounts] = useState<Uint32Array | null>(null);
  useEffect(() => {
    let isOpen = true;
    void onCount().then((counted) => isOpen && setCounts(counted));
    return () => {
      isOpen = false;
    };
  }, [onCount]);
  const sample = texts[shown % texts.length];
  const pieces = useMemo(() => writtenPieces(vocabulary, sample), [vocabulary, sample]);
  return (
    <>
      <button type="button" className="link-button" onClick={() => show(shown + 1)}>
        another text
      </button>
      <Tokens
        kind={vocabulary.kind}
        pieces={pieces}
        names={vocabulary.names}
        counts={counts}
        onSave={() => onSave(new TextEncoder().encode(tokenizerJson(vocabulary)), 'tokenizer.json')}
      />
    </>
  );
}
