/** What is burned into a photo, as sites expect of a 水印相机. It is for people's eyes: what counts is sent as data beside it. */
import { moment } from '@anhuan/i18n/time';

export interface Marked {
  at: number;
  place?: string | undefined;
  position?: { latitude: number; longitude: number } | undefined;
  person: string;
  company: string;
}

/** Two to three lines: when; where, as far as it is known; who. */
export function watermark({ at, place, position, person, company }: Marked): string[] {
  const where = place ?? (position ? `${position.latitude.toFixed(5)}, ${position.longitude.toFixed(5)}` : undefined);
  return [moment(at), ...(where ? [where] : []), `${person} · ${company}`];
}

/** Burn the lines into the lower edge. */
export function burn(canvas: HTMLCanvasElement, lines: readonly string[]): void {
  const pen = canvas.getContext('2d');
  if (!pen || !lines.length) return;
  const size = Math.max(12, Math.round(Math.max(canvas.width, canvas.height) / 44));
  const line = size * 1.45;
  const tall = line * lines.length + size;
  const top = canvas.height - tall;
  const shade = pen.createLinearGradient(0, top - size * 2, 0, canvas.height);
  shade.addColorStop(0, 'rgba(0,0,0,0)');
  shade.addColorStop(1, 'rgba(0,0,0,0.72)');
  pen.fillStyle = shade;
  pen.fillRect(0, top - size * 2, canvas.width, tall + size * 2);
  pen.fillStyle = '#ff8a1f';
  pen.fillRect(size, top + size * 0.35, Math.max(2, size / 5), line * lines.length - size * 0.2);
  pen.fillStyle = '#fff';
  pen.textBaseline = 'top';
  lines.forEach((text, index) => {
    pen.font = `${index === 0 ? 700 : 500} ${size}px sans-serif`;
    pen.fillText(text, size * 1.7, top + size * 0.3 + line * index, canvas.width - size * 2.4);
  });
}
