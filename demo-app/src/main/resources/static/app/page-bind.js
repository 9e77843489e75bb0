/* The bind page: link the QQ identity to an existing account, or sign up. */
import { h, ref, shallowRef } from "./vue.js";
import { page } from "./addresses.js";
import { get } from "./api.js";
import { BindForm, OneClickForm, RegisterForm } from "./bind-forms.js";
import { readVisit } from "./login.js";
import { avatar, heading, spinner, title } from "./pieces.js";
import { problemCard } from "./problem-card.js";
import { follow } from "./router.js";
import { state } from "./state.js";
import { t } from "./texts.js";
import { startQqLogin } from "./visitor.js";

const greeting = ({ nickname }) => (nickname ? t("bind.greeting", nickname) : t("bind.greeting.nameless"));

const isOneClick = ({ fields }) => fields?.every(({ type }) => type === "consent") ?? false;

function tabs(chosen) {
  const tab = (name, text) =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${name}`,
        "aria-selected": chosen.value === name,
        "aria-controls": "panel",
        tabindex: chosen.value === name ? 0 : -1,
        onClick: () => (chosen.value = name),
      },
      text,
    );
  const switchTab = (event) => {
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      chosen.value = chosen.value === "login" ? "register" : "login";
      event.currentTarget.querySelector(`#tab-${chosen.value}`).focus();
    }
  };
  return h("div", { class: "tabs", role: "tablist", "aria-label": t("bind.tabs"), onKeydown: switchTab }, [
    tab("login", t("bind.tab.login")),
    tab("register", t("bind.tab.register")),
  ]);
}

export const BindPage = {
  setup() {
    title(() => t("bind.title"));
    const chosen = ref("login");
    const problem = shallowRef(null);
    const visit = readVisit();
    const showProblem = (thrown) => (problem.value = thrown);
    if (!state.pending) {
      get("login/qq/bind").then((pending) => (state.pending = pending), showProblem);
    }

    const other = () => startQqLogin(visit.next ?? page(), visit.remember).catch(showProblem);

    const forms = (pending) => [
      h("div", { class: "pending" }, [
        avatar(pending.nickname, pending.avatarUrl, "large"),
        heading(greeting(pending)),
        h("p", { class: "quiet" }, t(isOneClick(pending) ? "bind.lead.first" : "bind.lead")),
      ]),
      ...(isOneClick(pending) ? oneClick(pending) : choice(pending)),
      h("p", { class: "links" }, [
        h("button", { type: "button", class: "link", onClick: other }, t("bind.other-qq")),
        h("a", follow("login"), t("bind.login")),
      ]),
    ];
    const oneClick = (pending) => [
      h(OneClickForm, { pending, visit, onFatal: showProblem }),
      h("details", { class: "existing" }, [
        h("summary", { class: "button plain" }, t("bind.existing")),
        h(BindForm, { pending, visit, onFatal: showProblem }),
      ]),
    ];
    const choice = (pending) => [
      pending.fields && tabs(chosen),
      h("div", { id: "panel", role: pending.fields && "tabpanel", "aria-labelledby": `tab-${chosen.value}` }, [
        chosen.value === "login"
          ? h(BindForm, { pending, visit, onFatal: showProblem })
          : h(RegisterForm, { pending, visit, onFatal: showProblem }),
      ]),
      h("p", { class: "quiet small" }, t("bind.afterwards")),
    ];
    return () => {
      if (problem.value) {
        return problemCard(problem.value, showProblem, visit);
      }
      return h(
        "section",
        { class: ["card", !state.pending && "progress"] },
        state.pending ? forms(state.pending) : [spinner(), heading(t("bind.title"))],
      );
    };
  },
};
