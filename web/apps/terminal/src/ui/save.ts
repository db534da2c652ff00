/** Has the browser save something under a name. */
export function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it once the click is done.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
