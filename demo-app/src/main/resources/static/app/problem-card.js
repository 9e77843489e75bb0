/* What went wrong, one button that goes on from there, and one way out. */
import { h } from "./vue.js";
import { page } from "./addresses.js";
import { heading } from "./pieces.js";
import { follow } from "./router.js";
import { state } from "./state.js";
import { t } from "./texts.js";
import { leaveForQq, leaveToLink } from "./visitor.js";

/** What the button says where beginning anew may help; by nothing else is it offered. */
const AGAIN = {
  cancelled: "app.problem.try-again",
  expired: "app.problem.start-again",
  "no-session": "app.problem.start-again",
  "binding-changed": "app.problem.start-again",
  "invalid-request": "app.problem.start-again",
  "binding-expired": "app.problem.with-qq",
  "too-many-attempts": "app.problem.with-qq",
  unavailable: "app.problem.retry",
  "not-saved": "app.problem.retry",
  internal: "app.problem.retry",
  offline: "app.problem.retry",
};

const wayOut = () =>
  state.person
    ? { ...follow("me"), text: t("app.problem.back") }
    : { ...follow("login"), text: t("app.problem.other-ways") };

/** @param show told of the next problem, where the button does not work either */
export function problemCard(problem, show, visit = {}) {
  const begin = () =>
    (state.person ? leaveToLink() : leaveForQq(visit.next ?? page(), visit.remember)).catch(show);
  const { text, ...out } = wayOut();
  return h("section", { class: "card problem" }, [
    heading(t("app.problem.title")),
    h("p", { class: "alert", role: "alert" }, problem.detail),
    AGAIN[problem.code] && h("button", { type: "button", class: "button", onClick: begin }, t(AGAIN[problem.code])),
    h("a", { class: ["button", AGAIN[problem.code] && "plain"], ...out }, text),
    problem.errorId && h("p", { class: "quiet small" }, t("app.problem.id", problem.errorId)),
  ]);
}
