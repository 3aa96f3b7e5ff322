/** What may go wrong before there is a page, and so in English alone. */
export const opening = {
  packBroken: (pack: string): string =>
    `A part of this file (“${pack}”) is not as it was built: it was changed, or the file was cut off. It was not run. Get the file again, compare its SHA-256 with the published one, and open that copy.`,
  insecure: (place: string): string =>
    `The browser allows no cryptography at ${place}, because the page was loaded over plain http. Open it over https, from localhost, or as a file from disk.`,
}
