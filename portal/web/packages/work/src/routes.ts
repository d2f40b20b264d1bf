/** The work screens as routes below an app's base, each in a chunk of its own. */
import type { ComponentType } from 'react';

export interface WorkRoute {
  path: string;
  load: () => Promise<{ default: ComponentType }>;
  /** One of the app's tabs: the app draws its tab bar beneath it. */
  isTab?: boolean;
}

/** Where each work screen lives; to be mounted by wouter. */
export const workRoutes: readonly WorkRoute[] = [
  { path: '/tasks', load: () => import('./tasks/Tasks'), isTab: true },
  { path: '/case/:id', load: () => import('./case/CasePage') },
  { path: '/case/:id/do/:act', load: () => import('./do/Do') },
  { path: '/notices', load: () => import('./notices/Notices') },
  { path: '/notice-wishes', load: () => import('./notices/Wishes') },
];
