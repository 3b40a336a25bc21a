/** A frame from the camera, as another way to bring a picture: it stands on the board as a photo that is dropped does. */
import { Camera as CameraIcon, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import '../styles/camera.css';
import { openCamera, problemOf, takeFrame } from './camera.ts';

/** Frames taken so far, over all times that the camera was open. */
let taken = 0;

export function Camera({ onFile }: { onFile(file: File): void }) {
  const [asking, setAsking] = useState(false);
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // The browser's mark that somebody is looked at goes out with the panel, too.
  useEffect(() => () => endOf(stream), [stream]);

  const open = async (): Promise<void> => {
    setAsking(true);
    setProblem(null);
    try {
      const opened = await openCamera();
      for (const track of opened.getVideoTracks()) track.addEventListener('ended', () => setStream(null));
      setStream(opened);
    } catch (error) {
      setProblem(problemOf(error));
    }
    setAsking(false);
  };
  const take = async (video: HTMLVideoElement): Promise<void> => {
    try {
      taken += 1;
      onFile(await takeFrame(video, `Camera ${taken}.png`));
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <>
      {stream === null && (
        <button
          type="button"
          className="button picker record"
          disabled={asking}
          title="Shows what the camera sees, and takes a picture of it when you say so. It stays on this computer."
          onClick={() => void open()}
        >
          <CameraIcon size={14} aria-hidden="true" />
          {asking ? 'Asking…' : 'Camera'}
        </button>
      )}
      {stream !== null && <Preview stream={stream} onTake={take} onClose={() => setStream(null)} />}
      <output className="record-words small" data-problem={problem !== null || undefined}>
        {problem}
      </output>
    </>
  );
}

interface PreviewProps {
  stream: MediaStream;
  onTake(video: HTMLVideoElement): Promise<void>;
  onClose(): void;
}

function Preview({ stream, onTake, onClose }: PreviewProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream;
  }, [stream]);
  return (
    <div className="camera">
      <video ref={video} autoPlay muted playsInline aria-label="What the camera sees" onLoadedData={() => setReady(true)} />
      <div className="camera-buttons">
        <button
          type="button"
          className="button"
          disabled={!ready}
          onClick={() => video.current !== null && void onTake(video.current)}
        >
          <CameraIcon size={14} aria-hidden="true" />
          Take
        </button>
        <button type="button" className="button" onClick={onClose}>
          <X size={14} aria-hidden="true" />
          Close
        </button>
      </div>
    </div>
  );
}

function endOf(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
