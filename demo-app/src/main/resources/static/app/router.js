/* The pages and their addresses. */
import { nextTick, shallowRef, watch } from "./vue.js";
import { page, pageOf } from "./addresses.js";

const path = shallowRef(pageOf(location.pathname) ?? "");

export const currentPath = () => path.value;

export function go(target) {
  history.pushState(null, "", page(target));
  path.value = target.split("?")[0];
  scrollTo(0, 0);
}

/** Like go, and the page that is left is not gone back to. */
export function goInstead(target) {
  history.replaceState(null, "", page(target));
  path.value = target.split("?")[0];
}

/** Goes to one of our pages or to one of the server's. */
export function goTo(address) {
  const target = pageOf(address);
  if (target === null) {
    location.assign(address);
  } else {
    go(target);
  }
}

export const query = (name) => new URLSearchParams(location.search).get(name);

/** For links: stays on this page unless the visitor wants another tab. */
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

/* A new page is read out from its heading. */
watch(path, async () => {
  await nextTick();
  document.querySelector("main h1")?.focus();
});
