/** For components: draw again when the language changes. */
import { useEffect, useState } from 'react';
import { onLanguage, spoken, type Language } from './index';

/** The language of the moment; a component that calls it follows every change. */
export function useLanguage(): Language {
  const [now, set] = useState(spoken());
  useEffect(() => onLanguage(() => set(spoken())), []);
  return now;
}
