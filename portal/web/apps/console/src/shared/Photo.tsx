/** A small picture out of the store. Its address is new with every answer and dies in minutes: the first one is kept while it lives, so that nothing flickers. */
import { FileImageOutlined } from '@ant-design/icons';
import css from './photo.module.css';

const LIFE = 120_000;
/** Wherever pictures are shown the question is asked again so often: an address lives five minutes, of which `LIFE` may have passed when it is shown anew. */
export const FRESH = 150_000;
const known = new Map<string, { url: string; at: number }>();

/** The address for a picture, the same as before while that is good. */
export function steady(id: string, url: string, now = Date.now()): string {
  const before = known.get(id);
  if (before && now - before.at < LIFE) return before.url;
  known.set(id, { url, at: now });
  return url;
}

/** Without an address (on its way, or refused) an empty frame stands in its place. */
export function Photo({ id, url, alt, className }: { id: string; url: string | null | undefined; alt: string; className?: string }) {
  const frame = className ? `${css.frame} ${className}` : css.frame;
  return <span className={frame}>{url ? <img src={steady(id, url)} alt={alt} loading="lazy" decoding="async" /> : <FileImageOutlined aria-label={alt} />}</span>;
}
