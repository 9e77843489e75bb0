/* The account page: the signed-in user and the QQ identity. */
import { h, nextTick, shallowRef } from "./vue.js";
import { page } from "./addresses.js";
import { get } from "./api.js";
import { avatar, done, heading, spinner, title } from "./pieces.js";
import { problemCard } from "./problem-card.js";
import { go, goInstead } from "./router.js";
import { state, takeDone } from "./state.js";
import { day, t } from "./texts.js";
import { signOut } from "./visitor.js";
import { ConfirmCard, LinkedCard, UnlinkedCard } from "./qq-cards.js";

const row = (name, value) => value && h("div", [h("dt", t(name)), h("dd", value)]);

const leave = async () => {
  await signOut();
  state.done = t("login.signed-out");
  go("login");
};

const personCard = (person, onProblem) =>
  h("section", { class: "card person" }, [
    avatar(person.name, person.avatarUrl, "large"),
    heading(person.name),
    h("dl", [
      row("me.username", person.username),
      row("me.mobile", person.mobile),
      row("me.email", person.email),
      row("me.since", day(person.since)),
    ]),
    h("div", { class: "actions" }, [
      h("button", { type: "button", class: "button plain", onClick: () => leave().catch(onProblem) }, t("me.sign-out")),
    ]),
  ]);

export const MePage = {
  setup() {
    title(() => t("me.title"));
    const account = shallowRef(null);
    const problem = shallowRef(null);
    const message = shallowRef(takeDone());
    const load = () => get("account/qq").then((read) => (account.value = read), showProblem);
    const showProblem = (thrown) => {
      if (thrown.code === "login-required") {
        goInstead(`login?next=${encodeURIComponent(page("me"))}`);
      } else {
        problem.value = thrown;
      }
    };
    const changed = async (read, sentence) => {
      account.value = read;
      message.value = sentence;
      await nextTick();
      document.querySelector("main h1").focus();
    };
    if (state.person) {
      load();
    } else {
      showProblem({ code: "login-required" });
    }
    const card = () => {
      const qq = { account: account.value, onChanged: changed, onProblem: showProblem };
      if (account.value.pending) {
        return h(ConfirmCard, { key: account.value.pending.binding, ...qq });
      }
      return h(account.value.bound ? LinkedCard : UnlinkedCard, qq);
    };
    /* A pending binding comes first, because it requires an action. */
    const cards = () =>
      account.value.pending
        ? [card(), personCard(state.person, showProblem)]
        : [personCard(state.person, showProblem), card()];
    return () =>
      problem.value
        ? problemCard(problem.value, showProblem, { next: page("me") })
        : state.person && [
            done(message.value),
            account.value ? cards() : h("section", { class: "card progress" }, [spinner(), heading(state.person.name)]),
          ];
  },
};
