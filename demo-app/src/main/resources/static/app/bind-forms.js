/* The two forms of the bind page. */
import { h } from "./vue.js";
import { page, shop } from "./addresses.js";
import { post } from "./api.js";
import { useForm } from "./form.js";
import { alert, captcha, consent, field, remember, submit } from "./pieces.js";
import { go } from "./router.js";
import { codeButton } from "./code-button.js";
import { state } from "./state.js";
import { t } from "./texts.js";
import { completeLogin } from "./visitor.js";

/** After these errors the pending binding is gone, or this page cannot complete it. */
const FATAL = ["binding-expired", "binding-changed", "too-many-attempts", "no-session", "other-account", "other-qq"];

const AUTOCOMPLETE = { nickname: "nickname", mobile: "tel-national", code: "one-time-code", password: "new-password" };

function useBinding({ pending, visit }, emit, path, values, fields) {
  const send = async (form) => {
    const body = { binding: pending.binding, ...fields(form), ...(form.remember && { "remember-me": true }) };
    const account = await post(path, body, form.captcha);
    await completeLogin(account, form.remember);
    state.done = t("app.bound");
    go(`welcome?next=${encodeURIComponent(account.next ?? visit.next ?? page())}`);
  };
  const onFatal = (problem) => {
    if (FATAL.includes(problem.code)) {
      state.pending = null;
      emit("fatal", problem);
    }
    return FATAL.includes(problem.code);
  };
  return useForm({ remember: visit.remember ?? false, ...values }, send, onFatal);
}

export const BindForm = {
  props: { pending: Object, visit: Object },
  emits: ["fatal"],
  setup(props, { emit }) {
    const fields = ({ username, password }) => ({ username, password });
    const values = { username: "", password: "" };
    const { form, submit: send } = useBinding(props, emit, "login/qq/bind", values, fields);
    return () =>
      h("form", { onSubmit: send, novalidate: true }, [
        alert(form.alert),
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
        submit(form, t("bind.submit")),
        h("p", { class: "links" }, h("a", { href: shop("password/forgotten") }, t("forgotten.link"))),
      ]);
  },
};

/** The fields are declared by the server. */
export const RegisterForm = {
  props: { pending: Object, visit: Object },
  emits: ["fatal"],
  setup(props, { emit }) {
    const declared = props.pending.fields;
    const values = Object.fromEntries(declared.map(({ name, value }) => [name, value ?? ""]));
    const fields = (form) => Object.fromEntries(declared.map(({ name }) => [name, form[name]]));
    const { form, submit: send } = useBinding(props, emit, "login/qq/register", values, fields);
    const code = codeButton(form);
    const shown = (declaredField) => {
      const { name, label, type, maxLength, required } = declaredField;
      if (type === "consent") {
        return consent(form, declaredField);
      }
      const attributes = { name, label, type, maxlength: maxLength, autocomplete: AUTOCOMPLETE[name] };
      const isCode = name === "code";
      return field(
        form,
        { ...attributes, "aria-required": required, inputmode: isCode ? "numeric" : null },
        isCode && code.button(),
        isCode && code.answer(),
      );
    };
    return () =>
      h("form", { onSubmit: send, novalidate: true }, [
        alert(form.alert),
        declared.map(shown),
        captcha(form),
        remember(form),
        submit(form, t("bind.register")),
      ]);
  },
};

/** Creates an account by one click. The button comes first; the server declares consents only. */
export const OneClickForm = {
  props: { pending: Object, visit: Object },
  emits: ["fatal"],
  setup(props, { emit }) {
    const { nickname, fields: declared } = props.pending;
    const values = Object.fromEntries(declared.map(({ name }) => [name, false]));
    const fields = (form) => Object.fromEntries(declared.map(({ name }) => [name, form[name]]));
    const { form, submit: send } = useBinding(props, emit, "login/qq/register", values, fields);
    const text = nickname ? t("bind.continue", nickname) : t("bind.continue.nameless");
    return () =>
      h("form", { onSubmit: send, class: "one-click", novalidate: true }, [
        alert(form.alert),
        submit(form, text),
        declared.map((field) => consent(form, field)),
        remember(form),
      ]);
  },
};
