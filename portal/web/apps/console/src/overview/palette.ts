/** The colours of the page as it is now, for what CSS does not reach. */
import { dark, light, type Palette } from '@anhuan/tokens';
import { useDark } from '../shell/look';

/** Changes with the theme. */
export function usePalette(): { palette: Palette; isDark: boolean } {
  const isDark = useDark();
  return { palette: isDark ? dark : light, isDark };
}
