/** The way to the server, for every app. */
export { act, ask, reach, whenOutdated, type Asking } from './ask';
export { clockOffset } from './clock';
export type { Document } from './document';
export { WireError, said, troubleOf, type Problem, type Trouble } from './errors';
export { hear, hush, type Change } from './live';
export { fetchWho, onSession, sessionEnded, signIn, signOut, whoIsHere, type Credentials, type Who } from './session';
export { rememberIn, useAsk, type Answer, type Keeper } from './use-ask';
