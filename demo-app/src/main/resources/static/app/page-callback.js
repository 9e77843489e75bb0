/*
 * The route of the redirect URI. Posts the parameters from QQ to the server and navigates
 * according to the response.
 */
import { h, shallowRef } from "./vue.js";
import { post } from "./api.js";
import { keepVisit, readVisit } from "./login.js";
import { heading, spinner, title } from "./pieces.js";
import { problemCard } from "./problem-card.js";
import { goInstead } from "./router.js";
import { page } from "./addresses.js";
import { state } from "./state.js";
import { t } from "./texts.js";
import { completeLogin } from "./visitor.js";

/** Removes the parameters from the URL at once, so that a reload does not send a used code. */
function takeParameters() {
  const parameters = Object.fromEntries(new URLSearchParams(location.search));
  history.replaceState(null, "", page("callback"));
  return "state" in parameters ? parameters : null;
}

async function finish(parameters, visit) {
  const account = await post("login/oauth2/code/qq", parameters);
  await completeLogin(account, visit.remember);
  keepVisit({});
  if (visit.purpose === "link" || account.pending) {
    goInstead("me");
  } else {
    goInstead(`welcome?next=${encodeURIComponent(account.next ?? visit.next ?? page())}`);
  }
}

export const CallbackPage = {
  setup() {
    title(() => t("app.callback.title"));
    const problem = shallowRef(null);
    const parameters = takeParameters();
    const visit = readVisit();
    const showProblem = (thrown) => {
      if (thrown.code === "binding-required") {
        state.pending = thrown.pending;
        goInstead("bind");
      } else {
        problem.value = thrown;
      }
    };
    if (parameters) {
      finish(parameters, visit).catch(showProblem);
    } else {
      goInstead(state.person ? "me" : "bind");
    }
    return () =>
      problem.value
        ? problemCard(problem.value, showProblem, visit)
        : h("section", { class: "card progress", "aria-busy": "true" }, [
            spinner(),
            heading(t("app.callback.title")),
            h("p", { class: "quiet", role: "status" }, t("app.callback.text")),
          ]);
  },
};
