/** What a phone can do for us, behind one face: every call has a fallback that works in a plain browser. */
export { facts, type Facts } from './exif';
export { host, type Host } from './host';
export { PhotoError, prepare, type Prepared, type PhotoFault } from './photo';
export { distance, nearest, position, type Located, type Place, type Position, type Unlocated } from './position';
export { CameraError, labelIn, openCamera, readPhoto, type Camera, type CameraFault } from './scan';
export { handOver, saveFile } from './share';
export { canListen, listen, type Listening } from './voice';
export { watermark } from './watermark';
