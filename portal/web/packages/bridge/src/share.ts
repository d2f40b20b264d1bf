/** Give a file away: by the system's share sheet where there is one, as a download otherwise. */

/** Save a file on the device. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Share, or save where sharing files is unknown; false when the person thought better of it. */
export async function handOver(file: Blob, name: string, title: string): Promise<boolean> {
  const shared = new File([file], name, { type: file.type });
  if (!navigator.canShare?.({ files: [shared] })) {
    saveFile(file, name);
    return true;
  }
  try {
    await navigator.share({ files: [shared], title });
    return true;
  } catch (problem) {
    if ((problem as Error).name === 'AbortError') return false;
    saveFile(file, name);
    return true;
  }
}
