/** What a photo shows, in words. */
import { words } from '@anhuan/i18n';

const t = words({
  report: ['上报照片', 'Reported'],
  before: ['整改前', 'Before'],
  after: ['整改后', 'After'],
  test: ['试验', 'Test'],
  verification: ['现场验证', 'On-site check'],
  progress: ['进展', 'Progress'],
  comment: ['讨论', 'Comment'],
  resume: ['复工', 'Resumption'],
  photo: ['照片', 'Photo'],
});

/** Its name; whatever is not known is a photo. */
export function purposeName(purpose: string | null | undefined): string {
  return (t as Record<string, string>)[(purpose ?? '').toLowerCase()] ?? t.photo;
}

const ORDER = ['report', 'before', 'after', 'test', 'verification', 'progress', 'resume', 'comment'];

/** Photos in the order of the story that they tell. */
export function inStory<Photo extends { purpose: string | null; createdAt: string }>(photos: readonly Photo[]): Photo[] {
  const place = (photo: Photo): number => {
    const found = ORDER.indexOf((photo.purpose ?? '').toLowerCase());
    return found < 0 ? ORDER.length : found;
  };
  return [...photos].sort((one, other) => place(one) - place(other) || one.createdAt.localeCompare(other.createdAt));
}
