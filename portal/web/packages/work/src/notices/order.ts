/** In which order notices stand: urgent and unread first, then as they came; pure. */

export interface Ranked {
  isUrgent: boolean;
  readAt: string | null;
  createdAt: string;
}

function rank(notice: Ranked): number {
  return notice.isUrgent && notice.readAt === null ? 0 : 1;
}

/** Whatever is urgent and not read yet stands above everything, whenever it came. */
export function ranked<Notice extends Ranked>(notices: readonly Notice[]): Notice[] {
  return [...notices].sort((one, other) => rank(one) - rank(other) || other.createdAt.localeCompare(one.createdAt));
}
