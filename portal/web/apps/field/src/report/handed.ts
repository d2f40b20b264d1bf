/** What another screen hands to the report: photos just taken, a place just scanned. */
import type { Spot } from '../place/places';

/** The way to the scanner and back to the report that asked: a new one, or the declined one of this id. */
export function scanFor(id?: string): string {
  return `/scan?for=report${id ? `/again/${id}` : ''}`;
}

/** The report that waits for what is scanned, out of the address of the scanner; null: nobody asked. */
export function waitingReport(search: string): string | null {
  const wanted = new URLSearchParams(search).get('for');
  return wanted && /^report(\/again\/[0-9a-f-]{36})?$/.test(wanted) ? `/${wanted}` : null;
}

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
