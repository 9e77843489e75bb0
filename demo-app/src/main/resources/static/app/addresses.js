/* Where the shop is, whatever path it is deployed under. */
const root = new URL("../", import.meta.url).pathname;

/** The address of something of the shop. */
export const shop = (path) => root + path;

/** The address of one of our own pages. */
export const page = (path = "") => `${root}app/${path}`;

/** Which of our pages an address is, or null for one of the server's. */
export function pageOf(address) {
  return address.startsWith(page()) ? address.slice(page().length) : null;
}
