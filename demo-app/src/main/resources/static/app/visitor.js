/* Login and logout in both modes. */
import { page } from "./addresses.js";
import { get, post, postForm } from "./api.js";
import { dropToken, keepMode, keepToken, keepVisit } from "./login.js";
import { go } from "./router.js";
import { state } from "./state.js";

/** Loads the signed-in user and whether forms require a captcha. */
export async function loadVisitor() {
  try {
    Object.assign(state, await get("app/api/visitor"));
  } catch (problem) {
    state.person = null;
    state.done = problem.detail;
  }
  state.picture += 1;
}

export async function changeMode(mode) {
  state.mode = mode;
  state.pending = null;
  keepMode(mode);
  await loadVisitor();
  state.visit += 1;
}

/** Completes a login: stores the token if the response contains one. */
export async function completeLogin(account, remember) {
  if (state.mode === "token" && account.token) {
    keepToken(account.token, remember);
  }
  state.pending = null;
  await loadVisitor();
}

export async function signIn({ username, password, remember, captcha }) {
  const fields = { username, password, ...(remember && { "remember-me": "true" }) };
  await completeLogin(await postForm("login", fields, captcha), remember);
}

/** Ends the session on the server. A token is only removed here, since the server keeps no record of it. */
export async function signOut() {
  if (state.mode === "cookie") {
    await postForm("logout", {});
  }
  dropToken();
  await loadVisitor();
}

/** Returns the path that starts a QQ login. */
export const qqLoginPath = (next, remember) =>
  `oauth2/authorization/qq?${new URLSearchParams({ next, ...(remember && { "remember-me": "true" }) })}`;

/** Ends a login that is too old, and continues on the account page after the next one. */
export async function signInAgain(wish) {
  await post("account/qq/sign-in", { for: wish });
  dropToken();
  await loadVisitor();
  go(`login?next=${encodeURIComponent(page("me"))}`);
}

/** Redirects to QQ for a login. */
export async function startQqLogin(next, remember) {
  const { authorizationUrl } = await get(qqLoginPath(next, remember));
  redirect({ purpose: "login", next, remember }, authorizationUrl);
}

/** Prepares a login in QQ's component: the request is one of this app, and the tab keeps its purpose. */
export function prepareQqLogin(event, next, remember) {
  Object.assign(event.detail.headers, { "X-Onepage-Login": state.mode });
  keepVisit({ purpose: "login", next, remember });
}

/** Redirects to QQ to link a QQ identity to the signed-in account, or to move it from another account. */
export async function startQqLink(move = false) {
  const { authorizationUrl } = await post("account/qq/link", { next: page("me"), ...(move && { move }) });
  redirect({ purpose: "link", next: page("me") }, authorizationUrl);
}

function redirect(visit, authorizationUrl) {
  keepVisit(visit);
  location.assign(authorizationUrl);
}
