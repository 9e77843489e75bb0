/* The base path of the shop, which includes the context path. */
const root = new URL("../", import.meta.url).pathname;

/** Returns the URL of a path of the shop. */
export const shop = (path) => root + path;

/** Returns the URL of a route of the app. */
export const page = (path = "") => `${root}app/${path}`;

/** Returns the route of a URL, or null if the URL is not a page of the app. */
export function pageOf(address) {
  return address.startsWith(page()) ? address.slice(page().length) : null;
}
