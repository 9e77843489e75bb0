/* The page after each login. */
import { h } from "./vue.js";
import { page } from "./addresses.js";
import { avatar, done, heading, title } from "./pieces.js";
import { follow, goInstead, goTo, query } from "./router.js";
import { state, takeDone } from "./state.js";
import { t } from "./texts.js";

/** Returns the target of the login. Only paths of this site are allowed. */
const target = () => {
  const next = query("next") ?? "";
  return /^\/(?![/\\])/.test(next) ? next : page();
};

export const WelcomePage = {
  setup() {
    title(() => t("app.welcome.title"));
    const message = takeDone();
    const next = target();
    if (!state.person) {
      goInstead("login");
    }
    return () =>
      state.person &&
      h("section", { class: "card welcome" }, [
        avatar(state.person.name, state.person.avatarUrl, "large"),
        heading(t("home.welcome", state.person.name)),
        h("p", { class: "quiet" }, t("home.welcome.lead")),
        done(message),
        h("a", { class: "button", ...follow("me") }, t("app.welcome.me")),
        h("button", { type: "button", class: "button plain", onClick: () => goTo(next) }, t("app.welcome.back")),
      ]);
  },
};
