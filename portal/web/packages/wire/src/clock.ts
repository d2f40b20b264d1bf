/** How far this device's clock is from the server's, learned from the dates of its answers. */
import { setAhead } from '@anhuan/i18n/time';

const KEPT = 'anhuan.clock';
/** Less than this is the network's doing as much as the clock's. */
const NOTHING = 60_000;
let offset: number | undefined = read();
tellTime();

/** Milliseconds that the server's clock is ahead of this one; undefined until an answer came on this device. Good to a second. */
export function clockOffset(): number | undefined {
  return offset;
}

/** Learn from an answer that was asked for at `began`. */
export function learn(response: Response, began: number): void {
  const said = Date.parse(response.headers.get('date') ?? '');
  if (Number.isNaN(said)) return;
  // The header has whole seconds, cut off; the answer was made somewhere between asking and hearing.
  const found = Math.round(said + 500 - (began + Date.now()) / 2);
  // Storage is slow, and a second more or less is nothing.
  const isNews = offset === undefined || Math.abs(found - offset) > 2_000;
  offset = found;
  tellTime();
  try {
    if (isNews) localStorage.setItem(KEPT, String(offset));
  } catch {
    // Learned again next time.
  }
}

function tellTime(): void {
  setAhead(offset !== undefined && Math.abs(offset) > NOTHING ? offset : 0);
}

function read(): number | undefined {
  try {
    const kept = Number.parseInt(localStorage.getItem(KEPT) ?? '', 10);
    return Number.isNaN(kept) ? undefined : kept;
  } catch {
    return undefined;
  }
}
