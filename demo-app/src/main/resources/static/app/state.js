/* What the pages share. */
import { reactive } from "./vue.js";
import { readMode } from "./login.js";

export const state = reactive({
  mode: readMode(),
  /** Goes up when the mode was changed, and pages begin anew. */
  visit: 0,
  /** Who is signed in. */
  person: null,
  /** Whether the forms need the picture, and which one it is. */
  captcha: false,
  picture: 0,
  /** The QQ that waits for an account. */
  pending: null,
  /** A sentence about what was done just now, for the next page. */
  done: null,
});

/** The sentence, once. */
export function takeDone() {
  const done = state.done;
  state.done = null;
  return done;
}
