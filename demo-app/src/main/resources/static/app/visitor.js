/* Signing in and out, in either mode. */
import { page } from "./addresses.js";
import { get, post, postForm } from "./api.js";
import { dropToken, keepMode, keepToken, keepVisit } from "./login.js";
import { state } from "./state.js";

/** Asks who is signed in, and whether the forms need the picture. */
export async function look() {
  try {
    Object.assign(state, await get("app/api/visitor"));
  } catch (problem) {
    state.person = null;
    state.done = problem.detail;
  }
  state.picture += 1;
}

export async function choose(mode) {
  state.mode = mode;
  state.pending = null;
  keepMode(mode);
  await look();
  state.visit += 1;
}

/** After any login: keeps the token, where the answer brings one. */
export async function enter(account, remember) {
  if (state.mode === "token" && account.token) {
    keepToken(account.token, remember);
  }
  state.pending = null;
  await look();
}

export async function signIn({ username, password, remember, captcha }) {
  const fields = { username, password, ...(remember && { "remember-me": "true" }) };
  await enter(await postForm("login", fields, captcha), remember);
}

/** The server forgets a session; of a token it knows nothing, so forgetting it here is all. */
export async function signOut() {
  if (state.mode === "cookie") {
    await postForm("logout", {});
  }
  dropToken();
  await look();
}

/** Leaves for QQ, to sign in. */
export async function leaveForQq(next, remember) {
  const query = new URLSearchParams({ next, ...(remember && { "remember-me": "true" }) });
  const { authorizationUrl } = await get(`oauth2/authorization/qq?${query}`);
  leave({ purpose: "login", next, remember }, authorizationUrl);
}

/** Leaves for QQ, to link it to the account that is signed in. */
export async function leaveToLink() {
  const { authorizationUrl } = await post("account/qq/link", { next: page("me") });
  leave({ purpose: "link", next: page("me") }, authorizationUrl);
}

function leave(visit, authorizationUrl) {
  keepVisit(visit);
  location.assign(authorizationUrl);
}
