/* Client-side routing. */
import { nextTick, shallowRef, watch } from "./vue.js";
import { page, pageOf } from "./addresses.js";

const path = shallowRef(pageOf(location.pathname) ?? "");

export const currentPath = () => path.value;

export function go(target) {
  history.pushState(null, "", page(target));
  path.value = target.split("?")[0];
  scrollTo(0, 0);
}

/** Like go, but replaces the current history entry. */
export function goInstead(target) {
  history.replaceState(null, "", page(target));
  path.value = target.split("?")[0];
}

/** Navigates to a URL, which is a page of the app or of the server. */
export function goTo(address) {
  const target = pageOf(address);
  if (target === null) {
    location.assign(address);
  } else {
    go(target);
  }
}

export const query = (name) => new URLSearchParams(location.search).get(name);

/** Attributes of a link: navigates within the app unless the visitor opens a new tab. */
export function follow(target) {
  return {
    href: page(target),
    onClick(event) {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
        event.preventDefault();
        go(target);
      }
    },
  };
}

addEventListener("popstate", () => {
  path.value = pageOf(location.pathname) ?? "";
});

/* Moves the focus to the heading, so that screen readers announce the new page. */
watch(path, async () => {
  await nextTick();
  document.querySelector("main h1")?.focus();
});
