/* An error message, a button to start again if that may help, and a link to leave. */
import { h } from "./vue.js";
import { page } from "./addresses.js";
import { heading } from "./pieces.js";
import { follow } from "./router.js";
import { state } from "./state.js";
import { t } from "./texts.js";
import { startQqLink, startQqLogin } from "./visitor.js";

/** The label of the button per error code. Other errors have no button. */
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

/** @param show is called with the next problem if starting again fails */
export function problemCard(problem, show, visit = {}) {
  const restart = () =>
    (state.person ? startQqLink() : startQqLogin(visit.next ?? page(), visit.remember)).catch(show);
  const move = () => startQqLink(true).catch(show);
  const plain = problem.movable || AGAIN[problem.code];
  const { text, ...out } = wayOut();
  return h("section", { class: "card problem" }, [
    heading(t("app.problem.title")),
    h("p", { class: "alert", role: "alert" }, problem.detail),
    AGAIN[problem.code] && h("button", { type: "button", class: "button", onClick: restart }, t(AGAIN[problem.code])),
    problem.movable && h("button", { type: "button", class: "button", onClick: move }, t("app.problem.move")),
    h("a", { class: ["button", plain && "plain"], ...out }, text),
    problem.errorId && h("p", { class: "quiet small" }, t("app.problem.id", problem.errorId)),
  ]);
}
