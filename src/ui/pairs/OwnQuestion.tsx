/** Somebody's own picture, sound and words to ask with. */
import { X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { sensesOf } from '../../config/modalities/pair.ts';
import type { MemberRasters } from '../../data/gallery.ts';
import type { RetrievalProps } from '../modalities/extras.ts';
import { Record } from '../sound/Record.tsx';
import { MemberCanvas } from './Member.tsx';

const HEIGHT = 40;
/** A pause that ends what is being typed. */
const TYPING_MILLISECONDS = 400;

export function OwnQuestion({ info: { board, config }, state, onLook, onFile }: RetrievalProps) {
  const all = sensesOf(config);
  const { picture, sound, text, found } = state;
  const seen = found !== null && state.from === 'own' ? found.seen : {};
  return (
    <div className="own-question">
      {all.includes('picture') && (
        <OwnFile
          kind="picture"
          name={picture?.path ?? null}
          raster={picture === null ? undefined : seen.picture}
          rasters={board.members?.picture}
          onFile={(file) => onFile('picture', file)}
          onLeave={() => onLook({ picture: null })}
        />
      )}
      {all.includes('sound') && (
        <div className="own-sound">
          <OwnFile
            kind="sound"
            name={sound?.path ?? null}
            raster={sound === null ? undefined : seen.sound}
            rasters={board.members?.sound}
            onFile={(file) => onFile('sound', file)}
            onLeave={() => onLook({ sound: null })}
          />
          <Record onFile={(file) => onFile('sound', file)} />
        </div>
      )}
      {all.includes('text') && <OwnCaption text={text} onType={(typed) => onLook({ text: typed })} />}
      <p className="small muted">A picture or a sound may also be dropped anywhere on the page.</p>
    </div>
  );
}

interface OwnFileProps {
  kind: 'picture' | 'sound';
  /** Path of what was brought. */
  name: string | null;
  raster: Uint8Array | undefined;
  rasters: MemberRasters | undefined;
  onFile(file: File): void;
  onLeave(): void;
}

function OwnFile({ kind, name, raster, rasters, onFile, onLeave }: OwnFileProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="own-file">
      <button type="button" className="button small-button" onClick={() => input.current?.click()}>
        {kind === 'picture' ? 'Picture…' : 'Sound…'}
      </button>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={`Your own ${kind} to ask with`}
        accept={kind === 'picture' ? 'image/*' : 'audio/*'}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file !== undefined) onFile(file);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
      {raster !== undefined && rasters !== undefined && (
        <MemberCanvas
          rasters={rasters}
          sense={kind}
          index={0}
          height={HEIGHT}
          label={`Your ${kind}, as the model sees it`}
          raster={raster}
        />
      )}
      {name !== null && (
        <>
          <span className="own-name" title={name}>
            {name.slice(name.lastIndexOf('/') + 1)}
          </span>
          <button type="button" className="icon-button" aria-label={`Leave your ${kind} out`} title="Leave out" onClick={onLeave}>
            <X size={12} aria-hidden="true" />
          </button>
        </>
      )}
    </div>
  );
}

function OwnCaption({ text, onType }: { text: string; onType(text: string): void }) {
  const id = useId();
  const [typed, type] = useState(text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = (next: string): void => {
    type(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onType(next), TYPING_MILLISECONDS);
  };
  return (
    <div className="own-caption">
      <label htmlFor={id}>Caption</label>
      <input
        id={id}
        type="text"
        className="text-box"
        value={typed}
        placeholder="a small seven on the left"
        onChange={({ currentTarget }) => change(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          clearTimeout(timer.current);
          onType(typed);
        }}
      />
    </div>
  );
}
