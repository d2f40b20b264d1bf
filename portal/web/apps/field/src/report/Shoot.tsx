/** A place to press that is the camera itself: no question between the thumb and the lens. */
import type { ReactNode } from 'react';
import css from './shoot.module.css';

/** `isCamera` asks for the rear camera at once; without it the phone offers its gallery. */
export function Shoot({ onFiles, isCamera = true, className, label, children }: {
  onFiles: (files: File[]) => void;
  isCamera?: boolean;
  className?: string;
  label: string;
  children: ReactNode;
}) {
  return (
    <label className={className}>
      <input
        className={css.file}
        type="file"
        accept="image/*"
        aria-label={label}
        multiple={!isCamera}
        capture={isCamera ? 'environment' : undefined}
        onChange={(event) => {
          const input = event.currentTarget;
          const files = [...(input.files ?? [])];
          // The same photo may be chosen again.
          input.value = '';
          if (files.length) onFiles(files);
        }}
      />
      {children}
    </label>
  );
}
