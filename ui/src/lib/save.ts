/** Offers a text as a file to be saved, under the name that the person can still change. */
export function saveText(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads the file after this click; once it has, the address is good for nothing.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
