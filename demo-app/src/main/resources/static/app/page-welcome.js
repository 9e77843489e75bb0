/* After every login. */
import { h } from "./vue.js";
import { page } from "./addresses.js";
import { avatar, done, heading, title } from "./pieces.js";
import { follow, goInstead, goTo, query } from "./router.js";
import { state, takeDone } from "./state.js";
import { t } from "./texts.js";

/** A path of this site and nothing else. */
const back = () => {
  const next = query("next") ?? "";
  return /^\/(?![/\\])/.test(next) ? next : page();
};

export const WelcomePage = {
  setup() {
    title(() => t("app.welcome.title"));
    const said = takeDone();
    const next = back();
    if (!state.person) {
      goInstead("login");
    }
    return () =>
      state.person &&
      h("section", { class: "card welcome" }, [
        avatar(state.person.name, state.person.avatarUrl, "large"),
        heading(t("home.welcome", state.person.name)),
        h("p", { class: "quiet" }, t("home.welcome.lead")),
        done(said),
        h("a", { class: "button", ...follow("me") }, t("app.welcome.me")),
        h("button", { type: "button", class: "button plain", onClick: () => goTo(next) }, t("app.welcome.back")),
      ]);
  },
};
