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
];
