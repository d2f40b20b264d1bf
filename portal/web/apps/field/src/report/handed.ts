/** What another screen hands to the report: photos just taken, a place just scanned. */
import type { Spot } from '../place/places';

let files: File[] = [];
let spot: Spot | null = null;

export function handFiles(given: FileList | readonly File[]): void {
  files = [...files, ...given];
}

/** Take them; they are handed over once. */
export function takeFiles(): File[] {
  const taken = files;
  files = [];
  return taken;
}

export function handSpot(given: Spot): void {
  spot = given;
}

/** Take it; it is handed over once. */
export function takeSpot(): Spot | null {
  const taken = spot;
  spot = null;
  return taken;
}
