/* The login page: password and QQ. */
import { h } from "./vue.js";
import { page, pageOf, shop } from "./addresses.js";
import { useForm } from "./form.js";
import { alert, captcha, done, field, heading, qqButton, remember, submit, title } from "./pieces.js";
import { go, goTo, query } from "./router.js";
import { state, takeDone } from "./state.js";
import { t } from "./texts.js";
import { prepareQqLogin, qqLoginPath, signIn, startQqLogin } from "./visitor.js";

/** Returns the target of the login. Only pages of the app are allowed. */
const target = () => {
  const next = query("next");
  return next && pageOf(next) !== null ? next : page();
};

export const LoginPage = {
  setup() {
    title(() => t("login.title"));
    const next = target();
    const message = takeDone();
    const { form, submit: send } = useForm({ username: "", password: "" }, async () => {
      await signIn(form);
      go(`welcome?next=${encodeURIComponent(next)}`);
    });
    const byQq = async () => {
      try {
        await startQqLogin(next, form.remember);
      } catch (problem) {
        form.alert = problem.detail;
      }
    };
    const componentLink = () => ({
      class: "button plain",
      href: shop(qqLoginPath(next, form.remember)),
      "data-qq-login": "",
      onQqlogin: (event) => prepareQqLogin(event, next, form.remember),
      onClick(event) {
        event.preventDefault();
        byQq();
      },
    });
    if (state.person) {
      goTo(next);
    }
    return () =>
      h("section", { class: "card" }, [
        heading(t("login.title")),
        next === page("me") && h("p", { class: "quiet" }, t("login.wanted", t("login.wanted.me"))),
        pageOf(next).startsWith("books/") && h("p", { class: "quiet" }, t("login.wanted", t("login.wanted.book"))),
        done(message),
        alert(form.alert),
        h("form", { onSubmit: send, novalidate: true }, [
          field(form, {
            name: "username",
            label: t("login.username"),
            autocomplete: "username",
            autocapitalize: "none",
            spellcheck: "false",
          }),
          field(form, {
            name: "password",
            label: t("login.password"),
            type: "password",
            autocomplete: "current-password",
          }),
          captcha(form),
          remember(form),
          submit(form, t("login.submit")),
          h("p", { class: "links" }, h("a", { href: shop("password/forgotten") }, t("forgotten.link"))),
          h("p", { class: "or" }, h("span", t("login.or"))),
          qqButton({ onClick: byQq }, t("login.qq")),
          state.lastLogin === "qq" && h("p", { class: "last" }, t("login.last-qq")),
          h("a", componentLink(), t("login.qq-code")),
        ]),
        "simulatedQq" in document.body.dataset && h("p", { class: "notice" }, t("login.simulated")),
      ]);
  },
};
