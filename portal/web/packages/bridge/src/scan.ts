/** The camera as a reader of codes: live picture, light, and single photos. */
import { theDecoder } from './decoder';
import { fit } from './fit';

export { labelIn } from './label';

/** `denied`: the person or the system said no; `missing`: no camera or no secure page; `busy`: another app holds it. */
export type CameraFault = 'denied' | 'missing' | 'busy';

/** Why there is no live picture. */
export class CameraError extends Error {
  readonly fault: CameraFault;

  constructor(fault: CameraFault) {
    super(fault);
    this.fault = fault;
  }
}

export interface Camera {
  stop: () => void;
  hasLight: boolean;
  light: (isOn: boolean) => Promise<void>;
}

const BREATH = 120;
const WIDE = 1000;

/** Show the rear camera in `video` and tell of every code that is read. */
export async function openCamera(video: HTMLVideoElement, found: (text: string) => void): Promise<Camera> {
  const stream = await wanted();
  const [track] = stream.getVideoTracks();
  video.srcObject = stream;
  video.setAttribute('playsinline', '');
  video.muted = true;
  await video.play().catch(() => undefined);
  let isOpen = true;
  void look(video, () => isOpen, found);
  return {
    stop: () => {
      isOpen = false;
      for (const one of stream.getTracks()) one.stop();
      video.srcObject = null;
    },
    hasLight: track ? canTorch(track) : false,
    light: async (isOn) => track?.applyConstraints({ advanced: [{ torch: isOn } as MediaTrackConstraintSet] }),
  };
}

/** Whether the camera has a light that can be switched. */
export function canTorch(track: MediaStreamTrack): boolean {
  return Boolean((track.getCapabilities?.() as { torch?: boolean } | undefined)?.torch);
}

async function wanted(): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia) throw new CameraError('missing');
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } } });
  } catch (problem) {
    const { name } = problem as Error;
    throw new CameraError(name === 'NotAllowedError' || name === 'SecurityError' ? 'denied' : name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'missing');
  }
}

async function look(video: HTMLVideoElement, isOpen: () => boolean, found: (text: string) => void): Promise<void> {
  const decode = await theDecoder().catch(() => undefined);
  if (!decode) return;
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d', { willReadFrequently: true })!;
  while (isOpen()) {
    if (video.videoWidth && !video.paused) {
      const size = fit(video.videoWidth, video.videoHeight, WIDE);
      if (canvas.width !== size.width) Object.assign(canvas, size);
      pen.drawImage(video, 0, 0, size.width, size.height);
      // oxlint-disable-next-line no-await-in-loop -- one frame after the other: a slow phone reads fewer, it does not pile them up
      const text = await decode(canvas).catch(() => undefined);
      if (text && isOpen()) found(text);
    }
    // oxlint-disable-next-line no-await-in-loop -- the pause between two frames
    await new Promise((wake) => setTimeout(wake, BREATH));
  }
}

/** The text of the code in a photo; undefined where none can be read. */
export async function readPhoto(file: Blob): Promise<string | undefined> {
  const decode = await theDecoder();
  const picture = await createImageBitmap(file);
  for (const longest of [1000, 1800, 500]) {
    const size = fit(picture.width, picture.height, longest);
    const canvas = document.createElement('canvas');
    Object.assign(canvas, size);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, size.width, size.height);
    // oxlint-disable-next-line no-await-in-loop -- the next size is only tried when this one showed nothing
    const text = await decode(canvas).catch(() => undefined);
    if (text) return text;
  }
  return undefined;
}
