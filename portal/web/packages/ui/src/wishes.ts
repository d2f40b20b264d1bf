/** What a person wishes of the screen, kept on the device: light or dark or sun, size of letters, gloves, left hand. */

export type Theme = 'auto' | 'light' | 'dark' | 'sun';
export type Scale = 'usual' | 'large' | 'huge';

export interface Wishes {
  theme: Theme;
  scale: Scale;
  /** Buttons under the left thumb. */
  isLeftHanded: boolean;
  /** Larger targets. */
  wearsGloves: boolean;
}

const KEPT = 'anhuan.wishes';
const USUAL: Wishes = { theme: 'auto', scale: 'usual', isLeftHanded: false, wearsGloves: false };
let wishes: Wishes = read();

/** As they are now. */
export function wished(): Wishes {
  return wishes;
}

/** Change some; the page follows at once. */
export function wish(change: Partial<Wishes>): Wishes {
  wishes = { ...wishes, ...change };
  try {
    localStorage.setItem(KEPT, JSON.stringify(wishes));
  } catch {
    // Kept until the page is closed.
  }
  show();
  return wishes;
}

/** Put them on the page; once, when an app starts. */
export function show(): void {
  const root = document.documentElement;
  if (wishes.theme === 'auto') delete root.dataset.theme;
  else root.dataset.theme = wishes.theme;
  root.dataset.scale = wishes.scale;
  root.dataset.hand = wishes.isLeftHanded ? 'left' : 'right';
  root.dataset.gloves = wishes.wearsGloves ? 'yes' : 'no';
}

function read(): Wishes {
  try {
    return { ...USUAL, ...(JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Wishes>) };
  } catch {
    return USUAL;
  }
}
