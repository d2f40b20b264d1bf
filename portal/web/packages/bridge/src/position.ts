/** Where the phone is (WGS-84, as browsers give it), and which known place that is. Never asked twice, never waited for. */

export interface Position {
  latitude: number;
  longitude: number;
  accuracyM: number;
}

export interface Located {
  at: Position;
}

/** Why there is no position. */
export interface Unlocated {
  why: 'denied' | 'unavailable' | 'timeout';
}

const PATIENCE = 8_000;
const FRESH = 60_000;
const EARTH = 6_371_008.8;

/** Ask once; always answers, at the latest after eight seconds. */
export function position(patience = PATIENCE): Promise<Located | Unlocated> {
  return new Promise((resolve) => {
    if (typeof navigator === 'undefined' || !navigator.geolocation) {
      resolve({ why: 'unavailable' });
      return;
    }
    // Some webviews never call back at all when the system's location is off.
    const timer = setTimeout(() => resolve({ why: 'timeout' }), patience + 500);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        clearTimeout(timer);
        resolve({ at: { latitude: coords.latitude, longitude: coords.longitude, accuracyM: Math.round(coords.accuracy) } });
      },
      (problem) => {
        clearTimeout(timer);
        resolve({ why: problem.code === 1 ? 'denied' : problem.code === 3 ? 'timeout' : 'unavailable' });
      },
      { enableHighAccuracy: true, timeout: patience, maximumAge: FRESH },
    );
  });
}

/** Metres along the ground. */
export function distance(from: Pick<Position, 'latitude' | 'longitude'>, to: Pick<Position, 'latitude' | 'longitude'>): number {
  const rad = Math.PI / 180;
  const high = ((to.latitude - from.latitude) * rad) / 2;
  const wide = ((to.longitude - from.longitude) * rad) / 2;
  const chord = Math.sin(high) ** 2 + Math.cos(from.latitude * rad) * Math.cos(to.latitude * rad) * Math.sin(wide) ** 2;
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(chord)));
}

export interface Place {
  latitude: number | null;
  longitude: number | null;
  radiusM: number | null;
}

const USUAL_RADIUS = 60;
const WORST_ACCURACY = 200;

/** The place that the position lies in, or nearest to within its own uncertainty; undefined when that would be guessing. */
export function nearest<Any extends Place>(places: readonly Any[], at: Position): { place: Any; metres: number } | undefined {
  if (at.accuracyM > WORST_ACCURACY) return undefined;
  let best: { place: Any; metres: number; over: number } | undefined;
  for (const place of places) {
    if (place.latitude === null || place.longitude === null) continue;
    const metres = distance(at, { latitude: place.latitude, longitude: place.longitude });
    const over = metres - (place.radiusM ?? USUAL_RADIUS);
    if (over <= at.accuracyM && (!best || over < best.over)) best = { place, metres, over };
  }
  return best && { place: best.place, metres: best.metres };
}
