/* The QQ identity of the signed-in user: linked, not linked, or pending confirmation. */
import { h, nextTick, onMounted, ref } from "./vue.js";
import { post } from "./api.js";
import { useForm } from "./form.js";
import { alert, avatar, field, qqButton, submit } from "./pieces.js";
import { day, dayOrToday, t } from "./texts.js";
import { loadVisitor, signInAgain, startQqLink } from "./visitor.js";

const EVENTS = { props: { account: Object }, emits: ["changed", "problem"] };

/** After these errors the card is outdated; the problem is shown in its place. */
const FATAL = ["binding-expired", "binding-changed", "other-account", "other-qq", "too-many-attempts", "login-required"];

function usePassword(emit, send) {
  return useForm({ password: "" }, send, (problem) => {
    if (FATAL.includes(problem.code)) {
      emit("problem", problem);
    }
    return FATAL.includes(problem.code);
  });
}

/** The hidden username helps password managers. */
const password = (form, username) => [
  h("input", { type: "text", name: "username", autocomplete: "username", value: username, hidden: true }),
  field(form, {
    name: "password",
    label: t("app.qq.password"),
    type: "password",
    autocomplete: "current-password",
  }),
];

/** What a change requires of the user: the password, a new login, or nothing more. */
const proof = (form, { proofRequired, ways = [] }, username) =>
  proofRequired && ways.includes("password") ? password(form, username) : [];

const submitProved = (form, { proofRequired, ways = [] }, text) =>
  !proofRequired || ways.includes("password") ? submit(form, text) : h("p", t("app.qq.proof"));

const again = ({ proofRequired }, wish, emit) =>
  proofRequired &&
  h(
    "button",
    {
      type: "button",
      class: "button plain",
      onClick: () => signInAgain(wish).catch((problem) => emit("problem", problem)),
    },
    t("app.qq.sign-in"),
  );

const otherAccount = (account) => account.otherAccount && h("p", { class: "notice" }, t("app.qq.other"));

const qqName = (nickname) => nickname || t("app.qq.nameless");

export const UnlinkedCard = {
  ...EVENTS,
  setup(props, { emit }) {
    const link = () => startQqLink().catch((problem) => emit("problem", problem));
    return () =>
      h("section", { class: "card qq-card" }, [
        h("h2", t("app.qq.title")),
        h("p", { class: "quiet" }, t("app.qq.none")),
        qqButton({ onClick: link }, t("app.qq.link")),
      ]);
  },
};

export const LinkedCard = {
  ...EVENTS,
  setup(props, { emit }) {
    const asking = ref(false);
    const ask = async () => {
      asking.value = true;
      await nextTick();
      document.querySelector(".qq-card form input:not([hidden]), .qq-card form button").focus();
    };
    const { form, submit: send } = usePassword(emit, async ({ password: typed }) => {
      const account = await post("account/qq/unlink", typed ? { password: typed } : {});
      await loadVisitor();
      emit("changed", account, t("app.qq.unlinked"));
    });
    const question = () =>
      h("form", { onSubmit: send, novalidate: true }, [
        h("p", t("app.qq.unlink.why")),
        alert(form.alert),
        proof(form, props.account.unlink, props.account.username),
        submitProved(form, props.account.unlink, t("app.qq.unlink")),
        again(props.account.unlink, "unlink", emit),
        h("button", { type: "button", class: "button plain", onClick: () => (asking.value = false) }, t("app.qq.keep")),
      ]);
    return () => {
      const { nickname, avatarUrl, boundAt, lastLoginAt } = props.account;
      return h("section", { class: "card qq-card" }, [
        h("h2", t("app.qq.title")),
        otherAccount(props.account),
        h("div", { class: "qq-row" }, [
          avatar(nickname, avatarUrl, "medium"),
          h("div", [
            h("strong", qqName(nickname)),
            h("p", { class: "quiet" }, t("app.qq.bound", day(boundAt), dayOrToday(lastLoginAt))),
          ]),
        ]),
        asking.value
          ? question()
          : h("button", { type: "button", class: "button plain", onClick: ask }, t("app.qq.unlink")),
      ]);
    };
  },
};

export const ConfirmCard = {
  ...EVENTS,
  setup(props, { emit }) {
    const { binding, from } = props.account.pending;
    const question = ref(null);
    onMounted(() => question.value.focus());
    const { form, submit: send } = usePassword(emit, async ({ password: typed }) => {
      const account = await post("account/qq", { binding, ...(typed && { password: typed }), ...(from && { from }) });
      await loadVisitor();
      emit("changed", account, t("app.bound"));
    });
    const dismiss = () =>
      post("account/qq", { binding, dismiss: true }).then(
        (account) => emit("changed", account, null),
        (problem) => emit("problem", problem),
      );
    const words = ({ nickname }, username) =>
      nickname ? t("app.qq.confirm", nickname, username) : t("app.qq.confirm.nameless", username);
    return () => {
      const { pending, username } = props.account;
      return h("section", { class: "card qq-card" }, [
        h("div", { class: "qq-row" }, [
          avatar(pending.nickname, pending.avatarUrl, "medium"),
          h("h2", { ref: question, tabindex: -1 }, words(pending, username)),
        ]),
        otherAccount(props.account),
        from && h("p", { class: "notice" }, t("app.qq.moving", from, username)),
        h("form", { onSubmit: send, novalidate: true }, [
          alert(form.alert),
          proof(form, pending, username),
          submitProved(form, pending, t("app.qq.confirm.yes")),
          again(pending, "confirm", emit),
          h("button", { type: "button", class: "button plain", onClick: dismiss }, t("app.qq.confirm.no")),
        ]),
      ]);
    };
  },
};
