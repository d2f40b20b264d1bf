/** The work screens that the field app and the portal share: tasks, cases, acts, notices. */
export { back } from './back';
export { later } from './later';
export { workRoutes, type WorkRoute } from './routes';
export { useVoice, type Voice } from './speak/use-voice';
export { TasksCard, TasksShown } from './tasks/TasksCard';
export { useTasks, useUnread, type Tasks } from './tasks/use-tasks';
