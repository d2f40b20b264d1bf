/** The way back of a phone closes what lies on top before it leaves the screen: each thing on top is a step of the history of its own. */
import { useEffect, useRef } from 'react';

interface Layer {
  id: number;
  close: () => void;
  /** Whether it has its step. */
  isIn: boolean;
}

/** How long a browser may take for a step back. */
const PATIENCE = 500;

const layers: Layer[] = [];
/** Steps that an earlier page of the app left in this window are never taken for one of ours. */
let last = Date.now();
/** A step back that was asked for and has not been taken; browsers take them a moment later. */
let leaving: Promise<void> | null = null;
let arrive = (): void => undefined;

if (typeof addEventListener !== 'undefined')
  addEventListener('popstate', () => {
    arrive();
    const at = here();
    for (let top = layers[layers.length - 1]; top?.isIn && top.id > at; top = layers[layers.length - 1]) {
      layers.pop();
      top.close();
    }
    // The step of something from which one went elsewhere: nobody wants to stand on it.
    if (at && layers.every((layer) => layer.id !== at)) history.back();
  });

/** While its component is there, the way back calls `close` and the screen below stays. */
export function useWayBack(close: () => void): void {
  const latest = useRef(close);
  useEffect(() => {
    latest.current = close;
  });
  useEffect(() => {
    const layer: Layer = { id: ++last, close: () => latest.current(), isIn: false };
    layers.push(layer);
    void (leaving ?? Promise.resolve()).then(() => {
      if (!layers.includes(layer)) return;
      layer.isIn = true;
      history.pushState({ ...(history.state as object | null), layer: layer.id }, '');
    });
    return () => {
      const index = layers.indexOf(layer);
      if (index < 0) return;
      layers.splice(index, 1);
      // Whoever closes it and goes elsewhere in one breath has put another step on top by then.
      setTimeout(() => {
        if (layer.isIn && here() === layer.id) void stepBack();
      }, 0);
    };
  }, []);
}

/** Close what lies on top; resolves when the screen below stands alone, so that one may go elsewhere from there. */
export async function closeTop(): Promise<void> {
  await leaving;
  const top = layers[layers.length - 1];
  if (top?.isIn && here() === top.id) await stepBack();
}

async function stepBack(): Promise<void> {
  leaving ??= new Promise<void>((resolve) => {
    const timer = setTimeout(() => arrive(), PATIENCE);
    arrive = () => {
      clearTimeout(timer);
      leaving = null;
      arrive = () => undefined;
      resolve();
    };
    history.back();
  });
  return leaving;
}

function here(): number {
  return (history.state as { layer?: number } | null)?.layer ?? 0;
}
