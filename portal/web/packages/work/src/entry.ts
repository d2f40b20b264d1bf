/** Coming in: what both small apps show while nobody is signed in. */
export { ChangePassword } from './entry/ChangePassword';
export { Entry, type EntryProps } from './entry/Entry';
