/*
 * Where QQ sends the visitor back to. Hands what QQ says over to the server, and goes where
 * the answer leads.
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
import { enter } from "./visitor.js";

/** Out of the address at once: a code is good for one use, and nobody shall reload it. */
function takeAnswer() {
  const answer = Object.fromEntries(new URLSearchParams(location.search));
  history.replaceState(null, "", page("callback"));
  return "state" in answer ? answer : null;
}

async function finish(answer, visit) {
  const account = await post("login/oauth2/code/qq", answer);
  await enter(account, visit.remember);
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
    const answer = takeAnswer();
    const visit = readVisit();
    const refused = (thrown) => {
      if (thrown.code === "binding-required") {
        state.pending = thrown.pending;
        goInstead("bind");
      } else {
        problem.value = thrown;
      }
    };
    if (answer) {
      finish(answer, visit).catch(refused);
    } else {
      goInstead(state.person ? "me" : "bind");
    }
    return () =>
      problem.value
        ? problemCard(problem.value, refused, visit)
        : h("section", { class: "card progress", "aria-busy": "true" }, [
            spinner(),
            heading(t("app.callback.title")),
            h("p", { class: "quiet", role: "status" }, t("app.callback.text")),
          ]);
  },
};
