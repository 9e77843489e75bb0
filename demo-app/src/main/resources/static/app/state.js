/* State shared by the pages. */
import { reactive } from "./vue.js";
import { readMode } from "./login.js";

export const state = reactive({
  mode: readMode(),
  /** Incremented when the mode changes, so that pages are created again. */
  visit: 0,
  /** The signed-in user. */
  person: null,
  /** Whether forms require a captcha, and the number of the current image. */
  captcha: false,
  picture: 0,
  /** "qq" if this browser last logged in by QQ. */
  lastLogin: null,
  /** The pending binding. */
  pending: null,
  /** A success message for the next page. */
  done: null,
});

/** Returns the message and removes it. */
export function takeDone() {
  const done = state.done;
  state.done = null;
  return done;
}
